// Rule T1: which rows of a recording are stray points, a few that a device wrote with a time far from its run. They are left
// out before anything is computed; the original file keeps them. Every reader and the strap streams ask here.
import { countPausedS, type PauseSpan } from './paused-seconds.ts'

/** product choice: a longer step forward, that no pause covers, is a border. */
export const STEP_S = 600
const DAY_S = 86_400
/** product choice: a part is small that lasts less than this and holds less than this share of the rows of the largest. */
const SMALL_S = 60
const SMALL_SHARE = 0.05
/** Rule C5: what is shorter is too short to be judged. */
const JUDGED_S = 300
/** product choice: what lies so close to the rest is out of order and no stray (rule T2). */
const NEAR_S = 60
/** 1985-01-01: nobody carried such a device before. */
const FIRST_S = 473_385_600
const AHEAD_S = 2 * DAY_S

/** What stands between two borders. */
interface Part {
  readonly from: number
  /** The row behind its last one. */
  to: number
  readonly firstS: number
  lastS: number
  /** Of a time that cannot be true. */
  readonly isOutside: boolean
}

/** The rows that are no strays, in the order of the file; null where all are.
 *  @param times UTC epoch seconds, in the order of the file
 *  @param pauses what the device says of its timer, in UTC epoch seconds; one that nobody ended lasts to Infinity
 *  @param nowS of reading; Infinity where nobody knows it, then no time lies ahead */
export function leaveOutStrays(
  times: ArrayLike<number>,
  pauses: readonly PauseSpan[],
  nowS: number,
): Int32Array | null {
  const pausedS = countPausedS(pauses)
  const parts = partsOf(times, pausedS, nowS)
  if (parts.length < 2) return null
  const main = mainOf(parts)
  const sure = new Set(parts.filter((part) => part === main || !isStray(part, main)))
  const near = withNear(parts, sure, main)
  const far = parts.filter((part) => !near.has(part))
  const strays = fewOf(withoutDivided(parts, new Set(far), pausedS), main)
  return strays.size === 0 ? null : rowsOf(parts.filter((part) => !strays.has(part)))
}

const isIn = (some: ReadonlySet<Part>) => (part: Part) => some.has(part)
const lengthOf = ({ from, to }: Part): number => to - from

function rowsOf(parts: readonly Part[]): Int32Array {
  const rows = new Int32Array(parts.reduce((sum, part) => sum + lengthOf(part), 0))
  let count = 0
  for (const { from, to } of parts) for (let row = from; row < to; row++) rows[count++] = row
  return rows
}

function partsOf(times: ArrayLike<number>, pausedS: (fromS: number, toS: number) => number, nowS: number): Part[] {
  const parts: Part[] = []
  let part: Part | null = null
  for (let row = 0; row < times.length; row++) {
    const timeS = times[row]
    if (part !== null && coversStep(part.lastS, timeS, pausedS)) {
      part.to = row + 1
      part.lastS = timeS
      continue
    }
    const isOutside = timeS < FIRST_S || timeS > nowS + AHEAD_S
    part = { from: row, to: row + 1, firstS: timeS, lastS: timeS, isOutside }
    parts.push(part)
  }
  return parts
}

/** Whether one row can follow the other without a border. A pause covers a day at most: no run goes on after longer. */
export function coversStep(beforeS: number, timeS: number, pausedS: (fromS: number, toS: number) => number): boolean {
  const stepS = timeS - beforeS
  if (stepS >= 0 && stepS <= STEP_S) return true
  return stepS > 0 && stepS <= DAY_S && stepS - pausedS(beforeS, timeS) <= STEP_S
}

/** The largest part of times that can be true, unless it is short beside a larger one; else the largest. */
function mainOf(parts: readonly Part[]): Part {
  const largest = (some: readonly Part[]) => some.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a))
  const all = largest(parts)
  const inside = parts.filter(({ isOutside }) => !isOutside)
  if (inside.length === 0) return all
  const main = largest(inside)
  return lastsLong(main) || lengthOf(main) >= lengthOf(all) ? main : all
}

const lastsLong = ({ firstS, lastS }: Part): boolean => lastS - firstS >= SMALL_S

const isUntimely = (part: Part, main: Part): boolean => part.isOutside && !main.isOutside

/** What lasts long enough to be judged (rule C5) is never left out, whatever its clock says: it may be what matters. */
const isStray = (part: Part, main: Part): boolean =>
  isUntimely(part, main)
    ? part.lastS - part.firstS < JUDGED_S
    : !lastsLong(part) && lengthOf(part) < SMALL_SHARE * lengthOf(main)

/** Strays but for those that a smaller one alone divides from the rest: without it no border stands between them. */
function withoutDivided(
  parts: readonly Part[],
  strays: ReadonlySet<Part>,
  pausedS: (fromS: number, toS: number) => number,
): Part[] {
  const divided = new Set<Part>()
  const look = (some: readonly Part[], follows: (kept: Part, part: Part) => boolean) => {
    let [kept, between]: [Part | null, number] = [null, 0]
    for (const part of some) {
      if (!strays.has(part)) {
        kept = part
        between = 0
        continue
      }
      const isLarger = between > 0 && lengthOf(part) > between
      if (kept !== null && isLarger && !part.isOutside && follows(kept, part)) divided.add(part)
      between = Math.max(between, lengthOf(part))
    }
  }
  look(parts, (kept, part) => coversStep(kept.lastS, part.firstS, pausedS))
  look(parts.toReversed(), (kept, part) => coversStep(part.lastS, kept.firstS, pausedS))
  return parts.filter((part) => strays.has(part) && !divided.has(part))
}

/** Those that are a few points all together too: many small parts are how somebody ran, or how a clock behaved. */
function fewOf(strays: readonly Part[], main: Part): ReadonlySet<Part> {
  const untimely = strays.filter((part) => isUntimely(part, main))
  const small = strays.filter((part) => !untimely.includes(part))
  const rows = small.reduce((sum, part) => sum + lengthOf(part), 0)
  const smallAreFew = holdsS(small) < SMALL_S || rows < SMALL_SHARE * lengthOf(main)
  return new Set([...(smallAreFew ? small : []), ...(holdsS(untimely) <= JUDGED_S ? untimely : [])])
}

/** A single row is worth a second. */
const holdsS = (parts: readonly Part[]): number => parts.reduce((sum, { firstS, lastS }) => sum + lastS - firstS + 1, 0)

/** The sure parts, with the small ones that lie in their time or right beside it: a clock that trembles. */
function withNear(parts: readonly Part[], sure: ReadonlySet<Part>, main: Part): ReadonlySet<Part> {
  const kept = new Set(sure)
  const byTime = parts
    .filter((part) => sure.has(part) || part.isOutside === main.isOutside)
    .sort((a, b) => a.firstS - b.firstS)
  let group: Part[] = []
  let untilS = -Infinity
  const close = () => {
    if (group.some(isIn(sure))) for (const part of group) kept.add(part)
    group = []
  }
  for (const part of byTime) {
    if (part.firstS > untilS + NEAR_S) close()
    group.push(part)
    untilS = Math.max(untilS, part.lastS)
  }
  close()
  return kept
}
