// Rule I: a strap whose notifications cannot be read again and again is a bad sensor. The driver of a strap asks, worn or not.

const BAD_ERRORS = 3
const BAD_WINDOW_MS = 10_000

/** Of the times of a strap's errors those that still count. */
export const recentErrors = (errorsAtMs: readonly number[], nowMs: number): readonly number[] =>
  errorsAtMs.filter((atMs) => nowMs - atMs <= BAD_WINDOW_MS)

/** Three errors in ten seconds. */
export const isBadSensor = (errorsAtMs: readonly number[], nowMs: number): boolean =>
  recentErrors(errorsAtMs, nowMs).length >= BAD_ERRORS
