// Which moments there are for us: those that a date of four digits can show. Every reader of bytes and of requests asks it, so
// that no time further in has no date.

/** The last millisecond of the year 9999, UTC. */
export const LAST_MS = 253_402_300_799_999

/** Whole milliseconds, as a moment or as a step between two. */
export const isMs = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= LAST_MS
