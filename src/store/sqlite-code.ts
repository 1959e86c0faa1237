// What SQLite says went wrong, by its primary result code: Node's driver puts the extended one on its errors.

/** @returns null where the error is none of SQLite's
 *  @source https://sqlite.org/rescode.html */
export const sqliteCodeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null
