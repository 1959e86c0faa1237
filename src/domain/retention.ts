// When a run's raw samples go (section K: raw heart rates are not kept for longer than they serve). Its assessments stay.
// Pure: the store's job asks here which runs it is.

/** What a clinic may choose. */
export const retentionBounds = { min: 30, max: 7300, default: 90 } as const

/** product choice: a file that comes late can be looked at for a week, whatever its age. */
const LOOK_DAYS = 7
const DAY_MS = 86_400_000

export interface RetainedRun {
  readonly startedAtMs: number
  readonly elapsedS: number
  readonly importedAtMs: number
}

/** The moment from which a run's samples are to be gone: so many days after it ended. A clock that ran ahead postpones
 *  nothing: no run ended after it came in. */
export function samplesExpireAtMs({ startedAtMs, elapsedS, importedAtMs }: RetainedRun, retentionDays: number): number {
  const endedAtMs = Math.min(startedAtMs + elapsedS * 1000, importedAtMs)
  return Math.max(endedAtMs + retentionDays * DAY_MS, importedAtMs + LOOK_DAYS * DAY_MS)
}

/** What a phone sent and nobody made a run of: so many days after the last of it came. */
export const batchesExpireAtMs = (lastBatchAtMs: number, retentionDays: number): number =>
  lastBatchAtMs + retentionDays * DAY_MS
