// Logs one line for the person who runs the server when something failed for one runner and the others continued. It
// contains no health data and no name: the message of an error may quote data.
import { complain } from './tell.ts'

/** A full disk is found by every request: it is said once a minute. */
const FULL_EVERY_MS = 60_000
let fullSaidMs = Number.NEGATIVE_INFINITY

export function logFullDisk(): void {
  if (performance.now() - fullSaidMs < FULL_EVERY_MS) return
  fullSaidMs = performance.now()
  complain('calmpace: the disk is full: requests that write are refused (507) until there is room')
}

export function logTrouble(what: string, error: unknown): void {
  complain(`calmpace: ${what}: ${kindOf(error)}`)
}

/** Name and codes of an error, the database's own number with them, never its message.
 *  @source https://sqlite.org/rescode.html */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const words = [error.name]
  if ('code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code)) words.push(error.code)
  if ('errcode' in error && typeof error.errcode === 'number') words.push(String(error.errcode))
  return words.join(' ')
}
