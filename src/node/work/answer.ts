// The type of a thread's answer.
import { ExpectedError } from '../../store/expected-error.ts'

/** An error is told as its words, and by its code where it has one of ours: no class comes through between threads. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string | null; readonly message: string; readonly stack: string }

export function failed(error: unknown): Answer {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return { ok: false, code: error instanceof ExpectedError ? error.code : null, message, stack }
}
