// Which paths there are and what each takes. Under /api and /fhir an unknown path is a 404 and a known one asked by another
// method is a 405, both before anybody signs in and before a byte is read: what there is stands in the OpenAPI document, which
// everybody may read, so neither says anything of anybody. Other paths are the page's.
import type { MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { ProblemError, renderProblem } from './problem.ts'

/** A method and a path of the document, e.g. `GET` and `/api/clients/{clientId}`. */
export interface KnownRoute {
  readonly method: string
  readonly path: string
}

/** In the order in which they are told. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Paths that the page has nothing to say about, whether or not something is there. */
export const isServicePath = (path: string): boolean => /^\/(api|fhir)(\/|$)/.test(path)

/** @param routes asked for once, at the first request: by then all are there */
export function refuseUnknown(routes: () => readonly KnownRoute[]): MiddlewareHandler {
  let known: TrieRouter<string> | null = null
  return async (c, next) => {
    known ??= routerOf(routes())
    const allowed = allowedAt(known, c.req.path)
    if (allowed === null) return isServicePath(c.req.path) ? renderProblem(new ProblemError('NOT_FOUND')) : next()
    const { method } = c.req
    if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: allowed.join(', ') } })
    return allowed.includes(method) ? next() : refuseMethod(allowed)
  }
}

/** @param allowed methods that the path takes */
export const refuseMethod = (allowed: readonly string[]): Response =>
  renderProblem(new ProblemError('METHOD_NOT_ALLOWED'), { allow: allowed.join(', ') })

/** The framework's own matching, so that nothing is told of a path that it would not serve. */
function routerOf(routes: readonly KnownRoute[]): TrieRouter<string> {
  const router = new TrieRouter<string>()
  for (const { method, path } of routes) router.add('ALL', path.replaceAll(/\{(\w+)\}/g, ':$1'), method.toUpperCase())
  return router
}

/** Null where there is no such path. */
function allowedAt(router: TrieRouter<string>, path: string): readonly string[] | null {
  const [matched] = router.match('ALL', path)
  if (matched.length === 0) return null
  const taken = new Set(matched.map(([method]) => method))
  // A HEAD is a GET without its body, and every path says what it takes.
  if (taken.has('GET')) taken.add('HEAD')
  taken.add('OPTIONS')
  return methods.filter((method) => taken.has(method))
}
