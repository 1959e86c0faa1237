// How far the clock of each recorder of a participation is off, learnt from what it sends: its own time of sending against the
// moment of receiving. Pure; `receive-batches.ts` learns, `compose-run.ts` corrects by it.
export interface RecorderClock {
  readonly recorderId: string
  /** The server's clock less the recorder's, the way there included. */
  readonly offsetMs: number
  /** How long after its last entry the batch was sent that says so. */
  readonly lagMs: number
}

/** Below this no time is touched: a request may be on its way for half a minute … product choice. */
const CORRECTED_FROM_MS = 60_000
/** Sent so soon after its last entry, and nobody set the clock in between while no page was open … product choice. */
const FRESH_MS = 120_000
/** An entry may be stamped a moment later than the clock shows. */
const STAMPED_AHEAD_MS = 1000

/** What one batch says.
 *  @param lastEntryMs of it, by the recorder's clock
 *  @returns null where the two are not one clock: entries later than their sending, so it was set back since */
export function hearClock(
  recorderId: string,
  sentAtMs: number,
  receivedAtMs: number,
  lastEntryMs: number,
): RecorderClock | null {
  const lagMs = sentAtMs - lastEntryMs
  return lagMs < -STAMPED_AHEAD_MS ? null : { recorderId, offsetMs: receivedAtMs - sentAtMs, lagMs: Math.max(0, lagMs) }
}

/** What was known with what was heard. The way to the server only adds, so of fresh ones the least counts; one that was sent
 *  days later may be by a clock that was set meanwhile, and counts only where nothing was heard sooner. */
export function learnClocks(
  known: readonly RecorderClock[],
  heard: readonly (RecorderClock | null)[],
): readonly RecorderClock[] {
  const best = new Map(known.map((clock) => [clock.recorderId, clock]))
  for (const clock of heard) {
    if (clock === null) continue
    const before = best.get(clock.recorderId)
    if (before === undefined || isBetter(clock, before)) best.set(clock.recorderId, clock)
  }
  return [...best.values()]
}

function isBetter(clock: RecorderClock, before: RecorderClock): boolean {
  const isFresh = clock.lagMs <= FRESH_MS
  if (isFresh && before.lagMs <= FRESH_MS) return clock.offsetMs < before.offsetMs
  return isFresh || clock.lagMs < before.lagMs
}

/** By how much to correct which, recorder to ms; the others are near enough. */
export const offsetsOf = (clocks: readonly RecorderClock[]): ReadonlyMap<string, number> =>
  new Map(
    clocks
      .filter(({ offsetMs }) => Math.abs(offsetMs) > CORRECTED_FROM_MS)
      .map(({ recorderId, offsetMs }) => [recorderId, offsetMs]),
  )
