// Asking the server: the typed client, and failures as an ApiError with the server's code, or `offline`. Being signed out
// and lacking a second factor are told to `web/session`, whatever was asked.
import { hc } from 'hono/client'
import type { AppType } from '../../src/http/app.ts'

export const client = hc<AppType>(location.origin)

export class ApiError extends Error {
  readonly code: string
  readonly errors: readonly string[]
  constructor(code: string, errors: readonly string[] = []) {
    super(code)
    this.code = code
    this.errors = errors
  }
}

interface Answer<T> {
  readonly ok: boolean
  readonly status: number
  json: () => Promise<T>
}

const refusals = new Set<(code: string) => void>()
/** Hear of every refusal's code. */
export const onRefusal = (hear: (code: string) => void): void => void refusals.add(hear)

interface Asking {
  /** Nobody at the screen asked for it: whoever hears of refusals does not hear of this one. */
  readonly background?: boolean
}

/** @throws ApiError */
export async function read<T>(request: Promise<Answer<T>>, asking: Asking = {}): Promise<T> {
  return (await answered(request, asking)).json()
}

/** For an answer without a body. @throws ApiError */
export async function done(request: Promise<Answer<unknown>>): Promise<void> {
  await answered(request)
}

async function answered<A extends Answer<unknown>>(
  request: Promise<A>,
  { background = false }: Asking = {},
): Promise<A> {
  const response = await request.catch(() => {
    throw new ApiError('offline')
  })
  if (response.ok) return response
  const problem: unknown = await response.json().catch(() => null)
  const code = memberOf(problem, 'code', isGateway(response.status) ? 'offline' : 'INTERNAL')
  if (!background) for (const hear of refusals) hear(code)
  throw new ApiError(code, listOf(problem))
}

/** Somebody in between answers that the server does not. */
const isGateway = (status: number): boolean => status >= 502 && status <= 504

/** The code of what was caught. */
export const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : 'INTERNAL')

const memberOf = (value: unknown, name: string, fallback: string): string => {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null
  return typeof member === 'string' ? member : fallback
}
const listOf = (value: unknown): string[] => {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'errors') : null
  return Array.isArray(list) ? list.map(String) : []
}
