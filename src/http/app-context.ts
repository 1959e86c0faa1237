// What the app is made of besides itself: what a runtime brings. Only clock and ids are ever replaced, and only in tests.
import { OpenAPIHono } from '@hono/zod-openapi'
import { findClient, type ClientSummary } from '../store/clients.ts'
import type { Store } from '../store/database.ts'
import { ProblemError } from './problem.ts'
import type { ReadUpload } from './read-upload.ts'

export interface AppContext {
  readonly store: Store
  readonly nowMs: () => number
  readonly newId: () => string
  readonly readUpload: ReadUpload
}

/** A router whose invalid requests become one problem with every reason in it. */
export const newRouter = () =>
  new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`)
      throw new ProblemError('INVALID_REQUEST', errors.join('; '), { errors })
    },
  })

export async function requireClient({ store }: AppContext, clientId: string): Promise<ClientSummary> {
  const client = await findClient(store.db, clientId)
  if (client === null) throw new ProblemError('NOT_FOUND')
  return client
}

/** Cursors are opaque to others: the sort key of the last item, as JSON in base64url. */
export const toCursor = (key: readonly (string | number)[]): string =>
  btoa(encodeURIComponent(JSON.stringify(key)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export function fromCursor(cursor: string | undefined): readonly [string | number, string] | null {
  if (cursor === undefined) return null
  try {
    const key: unknown = JSON.parse(decodeURIComponent(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))))
    if (Array.isArray(key) && (typeof key[0] === 'string' || typeof key[0] === 'number') && typeof key[1] === 'string')
      return [key[0], key[1]]
  } catch {
    // Falls through to the problem below: a cursor that we did not make.
  }
  throw new ProblemError('INVALID_REQUEST', 'cursor: not one of ours')
}
