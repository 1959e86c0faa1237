// The error of a failed request. request.ts throws it.
import type { AnswerMeaning } from './answer-meanings.ts'

export class ApiError extends Error {
  readonly code: string
  readonly errors: readonly string[]
  readonly meaning: AnswerMeaning
  /** How long the server asks to be left alone; null where it does not say. */
  readonly retryAfterMs: number | null
  /** The whole answer of the server; null if there was none. */
  readonly problem: unknown
  constructor(
    code: string,
    errors: readonly string[] = [],
    meaning: AnswerMeaning = 'refused',
    retryAfterMs: number | null = null,
    problem: unknown = null,
  ) {
    super(code)
    this.code = code
    this.errors = errors
    this.meaning = meaning
    this.retryAfterMs = retryAfterMs
    this.problem = problem
  }
}

/** The code of what was caught; what did not come of asking the server is a fault of this page's own. */
export const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : 'PAGE_FAILED')

/** By what the log of the server tells of it; null where the fault is none of the server's own. */
export function requestIdOf(error: unknown): string | null {
  const problem = error instanceof ApiError ? error.problem : null
  const id: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'requestId') : null
  return typeof id === 'string' ? id : null
}

/** What it means; what is no answer of the server's, nor a silence of it, is trouble of this page's own. */
export const meaningOf = (error: unknown): AnswerMeaning => (error instanceof ApiError ? error.meaning : 'trouble')
