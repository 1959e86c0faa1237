// All paths and their methods. Under /api and /fhir an unknown path gives 404, and a wrong method gives 405. Both come
// before sign-in and before any byte is read. The public OpenAPI document lists the same paths, so the answers tell
// nothing about a person. All other paths belong to the page.
import type { MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { ProblemError, renderProblem } from './problem.ts'

/** A method and a path of the document, e.g. `GET` and `/api/clients/{clientId}`. */
export interface KnownRoute {
  readonly method: string
  readonly path: string
}

/** In the order of the `Allow` header. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Paths that the page has nothing to say about, whether or not something is there. */
export const isServicePath = (path: string): boolean => /^\/(api|fhir)(\/|$)/.test(path)

/** @param routes asked for once, at the first request: by then all are there */
export function refuseUnknown(routes: () => readonly KnownRoute[]): MiddlewareHandler {
  let known: Known | null = null
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

/** The methods of each path. */
type Known = TrieRouter<readonly string[]>

/** Uses the framework's own matching, so that it agrees with the paths that are really served. */
function routerOf(routes: readonly KnownRoute[]): Known {
  const router: Known = new TrieRouter()
  const byPath = Map.groupBy(routes, ({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
  for (const [path, those] of byPath)
    router.add('ALL', path, withOthers(those.map(({ method }) => method.toUpperCase())))
  return router
}

/** A HEAD is a GET without its body, and every path says what it takes. */
const withOthers = (taken: readonly string[]): readonly string[] =>
  methods.filter(
    (method) => taken.includes(method) || method === 'OPTIONS' || (method === 'HEAD' && taken.includes('GET')),
  )

/** Null where there is no such path. */
function allowedAt(router: Known, path: string): readonly string[] | null {
  const [matched] = router.match('ALL', path)
  if (matched.length < 2) return matched[0]?.[0] ?? null
  // A name stands where others have an id.
  return methods.filter((method) => matched.some(([allowed]) => allowed.includes(method)))
}
