// Checks names that people type in a form.
import { isReadableName } from '../domain/readable-name.ts'
import { ProblemError } from './problem.ts'

/** @throws ProblemError NAME_UNREADABLE */
export function requireReadableName(name: string): void {
  if (!isReadableName(name)) throw new ProblemError('NAME_UNREADABLE')
}
