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

/** product choice: a server that was off for a week's holiday deletes at its next start as ever. */
const LONGEST_GAP_DAYS = 7
/** product choice: whoever keeps the machine has so long to see that its clock is wrong. */
const WAIT_MS = 20 * 3_600_000
/** product choice: a wait of before last week says nothing about the clock of now. */
const WAIT_STANDS_MS = 3 * DAY_MS
/** product choice: so much at once is deleted only when a person said so. */
const MOST_SHARE = 0.2
/** product choice: few runs are easily a large share of all. */
const MOST_RUNS = 50
/** product choice: runs of years that came in lately are over all at once, a week after; that is no clock. */
const CAME_LATELY_DAYS = 30

/** Whether deleting now may be the work of a wrong clock. */
export const cameLately = (importedAtMs: number, nowMs: number): boolean =>
  importedAtMs > nowMs - (LOOK_DAYS + CAME_LATELY_DAYS) * DAY_MS

export interface RetentionFacts {
  readonly nowMs: number
  /** When retention ran last; null where it never did. */
  readonly ranAtMs: number | null
  /** When it waited last; null where it never did. */
  readonly waitedAtMs: number | null
  /** When a person last said that the clock is right and what is due may go, or chose how long samples are kept. */
  readonly confirmedAtMs: number | null
  /** Runs whose samples would go now, without those that came in lately. */
  readonly due: number
  /** Runs that have samples. */
  readonly kept: number
}

/** Whether retention runs now, or waits: a server whose clock is wrong for one start deletes nothing.
 *  @returns why it waits; null where it runs */
export function whyRetentionWaits(facts: RetentionFacts): 'clock' | 'many' | null {
  const { nowMs, ranAtMs, waitedAtMs, confirmedAtMs, due, kept } = facts
  const isConfirmed =
    confirmedAtMs !== null &&
    confirmedAtMs <= nowMs &&
    // A run at a time to come was of a clock that ran ahead: no word was used up by it.
    (ranAtMs === null || ranAtMs > nowMs || confirmedAtMs > ranAtMs) &&
    nowMs - confirmedAtMs < WAIT_STANDS_MS
  if (isConfirmed || due === 0) return null
  if (due > Math.max(MOST_RUNS, MOST_SHARE * kept)) return 'many'
  const jumped = ranAtMs !== null && nowMs - ranAtMs > LONGEST_GAP_DAYS * DAY_MS
  if (!jumped) return null
  const waitedMs = waitedAtMs === null ? null : nowMs - waitedAtMs
  return waitedMs !== null && waitedMs >= WAIT_MS && waitedMs < WAIT_STANDS_MS ? null : 'clock'
}
