// What the app needs from its runtime. Tests replace the clock and the ids, and nothing else.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { Store } from '../store/database.ts'
import type { GuardEnv } from './guard.ts'
import { ProblemError } from './problem.ts'
import type { Imports } from './runs/imports.ts'

export interface AppContext {
  readonly store: Store
  readonly nowMs: () => number
  readonly newId: () => string
  readonly imports: Imports
  /** Signs sessions; kept by the entry. */
  readonly secret: string
  /** The public address where it is known beforehand; null takes it from each request. */
  readonly origin: string | null
  /** The caller's network address, as the runtime knows it. */
  readonly addressOf: (c: Context) => string | null
  /** A clinic of made people, for visitors: its staff need no second factor. Given by `calmpace demo` alone, never by what a
   *  clinic can set. */
  readonly isDemo?: boolean
  /** When the answer to a request has gone out, or the asker has gone; absent where the runtime cannot tell. */
  readonly whenSent?: (c: Context) => Promise<void>
  /** End the connection of an answer that cannot go on; absent where the runtime does it for a stream that fails. */
  readonly cut?: (c: Context) => void
}

/** A router whose invalid requests become one problem with every reason in it. A list over its limit has a code of its own:
 *  who sent it can send less. */
export const newRouter = () =>
  new OpenAPIHono<GuardEnv>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`)
      const isTooMany = result.error.issues.some((issue) => issue.code === 'too_big' && issue.origin === 'array')
      throw new ProblemError(isTooMany ? 'TOO_MANY_ITEMS' : 'INVALID_REQUEST', errors.join('; '), { errors })
    },
  })

/** JSON that was written already, elsewhere. */
export const writtenJson = <T>(c: Context, text: string): TypedResponse<T, 200, 'json'> =>
  c.body(text, 200, { 'content-type': 'application/json' }) as Response as Response & TypedResponse<T, 200, 'json'>

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
