// Requests to the server: the typed client. A failure becomes an ApiError with the server's code, or with a code of the
// table of meanings (answer-meanings.ts). It tells `web/session` when the person is signed out or lacks a second
// factor, whatever the request was.
import { hc } from 'hono/client'
import type { AppType } from '../../src/http/app.ts'
import { readAnswer, readNoAnswer, readRetryAfter, type AnswerMeaning } from './answer-meanings.ts'
import { ApiError } from './api-error.ts'

// The caller also catches the error.
export { ApiError, codeOf, meaningOf, requestIdOf } from './api-error.ts'

export const client = hc<AppType>(location.origin)

/** Said along with what the page asks by itself, again and again: it keeps no session alive (`src/http/sign-in/quiet.ts`,
 *  which the page cannot import). */
export const quietly = { headers: { 'x-calmpace-quiet': '1' } }

interface Answer<T> {
  readonly ok: boolean
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  json: () => Promise<T>
}

const refusals = new Set<(code: string) => void>()
/** Hear of every refusal's code. */
export const onRefusal = (hear: (code: string) => void): void => void refusals.add(hear)

interface Asking {
  /** The page sent it by itself, so listeners for refusals are not called. */
  readonly background?: boolean
  /** Whether it has the shape of an answer to this: a guest network answers with JSON of its own as well. */
  readonly isOurs?: (value: unknown) => boolean
}

/** @throws ApiError */
export async function read<T>(request: Promise<Answer<T>>, asking: Asking = {}): Promise<T> {
  const response = await answered(request, asking)
  const value = await response.json().catch((error: unknown) => {
    // Cut off on its way; or no JSON at all, so not the server's.
    throw error instanceof SyntaxError ? ofMeaning('away') : noAnswer(error)
  })
  if (asking.isOurs?.(value) === false) throw ofMeaning('away')
  return value
}

/** For an answer that may have no body: null then. @throws ApiError */
export async function readAny<T>(request: Promise<Answer<T>>): Promise<T | null> {
  const response = await answered(request)
  return response.status === 204 ? null : read(Promise.resolve(response))
}

/** For an answer without a body. @throws ApiError */
export async function done(request: Promise<Answer<unknown>>): Promise<void> {
  await answered(request)
}

async function answered<A extends Answer<unknown>>(
  request: Promise<A>,
  { background = false }: Asking = {},
): Promise<A> {
  const response = await request.catch((error: unknown) => {
    throw noAnswer(error)
  })
  if (response.ok) {
    // The server answers no question with a page: a guest network does, and would have it that all went well.
    if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) throw ofMeaning('away')
    return response
  }
  // An answer without JSON has no code of the server's; that is what the table needs to know.
  const problem: unknown = await response.json().catch(() => null)
  const { meaning, code } = readAnswer(response.status, codeIn(problem))
  if (!background) for (const hear of refusals) hear(code)
  const header = response.headers.get('retry-after') ?? response.headers.get('x-retry-after')
  throw new ApiError(code, listOf(problem), meaning, readRetryAfter(header, Date.now()), problem)
}

const ofMeaning = (meaning: AnswerMeaning): ApiError => new ApiError(meaning, [], meaning)

function noAnswer(error: unknown): ApiError {
  const { meaning, code } = readNoAnswer(error instanceof Error ? error.name : '', navigator.onLine)
  return new ApiError(code, [], meaning)
}

const codeIn = (value: unknown): string | null => {
  const code: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'code') : null
  return typeof code === 'string' ? code : null
}
const listOf = (value: unknown): string[] => {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'errors') : null
  return Array.isArray(list) ? list.map(String) : []
}
