// What the server's log says about an error: its kind, never its own message, because that may quote data.

export interface Cause {
  readonly name: string
  readonly code?: string
  /** SQLite's own code, and its own words for that code. @source https://sqlite.org/rescode.html */
  readonly sqlite?: { readonly code: number; readonly message: string }
  /** Behind it. */
  readonly cause?: Cause
}

/** An error of an error of an error: nobody needs more. */
const MOST_DEEP = 3

/** Names of tables and columns alone: SQLite quotes no value here, for values are never written into a statement. */
const ofNames =
  /^(?:(?:UNIQUE|NOT NULL|FOREIGN KEY) constraint failed(?:: \w+\.\w+(?:, \w+\.\w+)*)?|no such (?:table|column): \w+(?:\.\w+)?)$/

export function causeOf(error: unknown, deep = 1): Cause {
  if (!(error instanceof Error)) return { name: 'unknown' }
  const name = /^\w{1,80}$/.test(error.name) ? error.name : 'Error'
  const code =
    'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,80}$/.test(error.code) ? error.code : null
  const sqlite = sqliteOf(error)
  return {
    name,
    ...(code === null ? {} : { code }),
    ...(sqlite === undefined ? {} : { sqlite }),
    ...(error.cause instanceof Error && deep < MOST_DEEP ? { cause: causeOf(error.cause, deep + 1) } : {}),
  }
}

function sqliteOf(error: Error): Cause['sqlite'] {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined
  const words = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : ''
  return { code: error.errcode, message: ofNames.test(error.message) ? error.message : words }
}

/** Where it was thrown: our own lines first. */
export function whereFrom(error: Error): string[] {
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at (\S+ )*\(?(file:|node:|\/)\S+:\d+:\d+\)?$/.test(line))
  const own = frames.filter((line) => !line.includes('/node_modules/'))
  return [...own, ...frames].slice(0, 3).map((line) => line.trim())
}
