// One line for whoever runs the server about what failed for one runner, and went on for the others. No health data, no name:
// an error's message may quote what it read.
import { complain } from './tell.ts'

export function logTrouble(what: string, error: unknown): void {
  const name = error instanceof Error ? error.name : 'unknown'
  complain(`calmpace: ${what}: ${[name, ...codeOf(error)].join(' ')}`)
}

const codeOf = (error: unknown): string[] =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code)
    ? [error.code]
    : []
