// Logs one line for the person who runs the server when something failed for one runner and the others continued. It
// contains no health data and no name: the message of an error may quote data.
import { complain } from './tell.ts'

export function logTrouble(what: string, error: unknown): void {
  const name = error instanceof Error ? error.name : 'unknown'
  complain(`calmpace: ${what}: ${[name, ...codeOf(error)].join(' ')}`)
}

const codeOf = (error: unknown): string[] =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code)
    ? [error.code]
    : []
