// Whether something failed because the disk has no room left, whoever found that out: the system, or SQLite.
import { sqliteCodeOf } from './sqlite-code.ts'

const SQLITE_FULL = 13
const systemCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT']

export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (sqliteCodeOf(error) === SQLITE_FULL) return true
  if ('code' in error && systemCodes.includes(error.code)) return true
  // Durable Objects tell it by the message alone.
  if (/\bSQLITE_FULL\b/.test(error.message)) return true
  return isDiskFull(error.cause)
}
