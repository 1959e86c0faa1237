// Writes a line in the log when a signed-in person asks for something and is refused. It works for every route, so
// routes need not do it.
import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import { logRefused, type Asker } from '../../store/people/access.ts'
import type { Store } from '../../store/database.ts'
import { findCode, problems } from '../problem.ts'

/** By method and path of the document, e.g. `GET /api/clients/{clientId}`: what the route asks for. */
export type AskedActions = ReadonlyMap<string, string>

/** Routes that change nothing though they are no GET: what is typed into a form is tried out with each letter. */
const looks: readonly string[] = [
  'POST /api/settings/preview',
  'POST /api/clients/{clientId}/zones/preview',
  'POST /api/break-glass/search',
  'POST /api/erasures/search',
]
/** A HEAD is a GET that asks for no body: it does the same. */
export const lookedBy = (method: string): string => (method === 'HEAD' ? 'GET' : method)

/** Nobody looked at what was asked: it was too much, too slow or not yet its turn. */
const unseen: readonly number[] = [408, 413, 429]

/** It was looked at, and was not what this route takes. */
const askedWrongly: readonly number[] = [400, 415, 422]

/** Write the line of a request that was refused; of an act always, of a look where it was not only asked wrongly.
 *  @param access who asked */
export async function logIfRefused(
  store: Store,
  c: Context,
  actions: AskedActions,
  access: Asker,
  error: unknown,
): Promise<void> {
  const code = findCode(error)
  if (code === null) return
  const method = lookedBy(c.req.method)
  const route = matchedRoutes(c)
    .map(({ path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    .find((one) => actions.has(one))
  // No such route: nothing was asked.
  if (route === undefined) return
  const { status } = problems[code]
  const isLook = method === 'GET' || looks.includes(route)
  if (unseen.includes(status) || status >= 500 || (isLook && askedWrongly.includes(status))) return
  await store.shortly((db) => logRefused(db, access, actions.get(route) ?? '', code))
}
