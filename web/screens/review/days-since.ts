// How long ago something was, in calendar days of the reader.

/** 0 is today; what lies ahead by a clock that ran wrong is today too. */
export function daysSince(atMs: number, nowMs: number): number {
  const [then, now] = [new Date(atMs), new Date(nowMs)]
  const dayOf = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.max(0, Math.round((dayOf(now) - dayOf(then)) / 86_400_000))
}
