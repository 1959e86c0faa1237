// Rule T3: which pauses of a device are believed, where its own rows and its own timer say that it went on. Asked by the reader of
// files that have a timer; in the others no row can lie in a pause.
import type { ReadingWarning } from './reading-codes.ts'
import type { DeviceSummary, HeartRateColumns, MotionColumns, SpanS } from './recording.ts'
import { firstAfter, firstAtOrAfter } from './rising-times.ts'
import { holdEndsS, holdLimitS } from './time-in-zone/hold.ts'
import { lengthOfSpansS } from './time-in-zone/spans.ts'

/** What a recording says beside its pauses. */
export interface TimerEvidence {
  readonly elapsedS: number
  readonly heartRate: Pick<HeartRateColumns, 'elapsedS' | 'bpm'>
  readonly motion: Pick<MotionColumns, 'elapsedS' | 'distanceM' | 'speedMPerS' | 'cadencePerMin'>
  readonly summary: Pick<DeviceSummary, 'timerS'>
}

/** product choice: heart rates over this share of a pause, or long enough to be judged (rule C5), say that it may have been none. */
const COVERED_SHARE = 0.5
const JUDGED_S = 300
/** product choice: the device's own total may differ so much from the time outside pauses. */
const TIMER_DIFFERS_S = 60
/** product choice: slower than this nobody walks, and a position that trembles moves on. */
const MOVES_M_PER_S = 0.5
/** product choice: what lies longer between two rows was not written down by anybody. */
const HOLE_S = 60
/** product choice: so much that was measured in pauses, all together, is worth a word: nothing that was measured goes unsaid. */
const MEASURED_S = 60

export interface BelievedPauses {
  readonly pauses: readonly SpanS[]
  readonly warnings: readonly ReadingWarning[]
}

/** A pause, and what was measured in it. */
interface Pause {
  readonly span: SpanS
  /** Seconds for which heart rates hold that were taken inside it (rule C1). */
  readonly measuredS: number
  /** Where rows go on in it: later than its begin where nothing was written down for long. */
  readonly goesOnS: number
}

/** @param pauses sorted and disjoint, in seconds since the start
 *  @returns those that are believed, and what is to be told of the others and of what was measured in these */
export function believePauses(pauses: readonly SpanS[], evidence: TimerEvidence): BelievedPauses {
  if (pauses.length === 0) return { pauses, warnings: [] }
  const measuredIn = countMeasuredS(evidence.heartRate)
  const all = pauses.map((span) => ({ span, measuredS: measuredIn(span), goesOnS: goesOnS(span, evidence) }))
  const doubted = doubt(all, evidence)
  const warnings: ReadingWarning[] = []
  if (doubted.size > 0) warnings.push('TIMER_CONTRADICTED')
  const keptS = all.reduce((sum, pause) => sum + (doubted.has(pause) ? 0 : pause.measuredS), 0)
  if (keptS >= MEASURED_S) warnings.push('MEASURED_IN_PAUSE')
  if (doubted.size === 0) return { pauses, warnings }
  // A start that was lost: nobody wrote anything until the rows go on.
  const kept = all.flatMap((pause): SpanS[] => {
    if (!doubted.has(pause)) return [pause.span]
    const [fromS] = pause.span
    return pause.goesOnS > fromS ? [[fromS, pause.goesOnS]] : []
  })
  return { pauses: kept, warnings }
}

function doubt(all: readonly Pause[], evidence: TimerEvidence): ReadonlySet<Pause> {
  const { elapsedS, motion, summary } = evidence
  const hasWay = tellsWay(motion)
  // A total of 0 is what a program writes that has none.
  const totalS = summary.timerS ?? 0
  const covered = all.filter(
    ({ span, measuredS }) => measuredS >= JUDGED_S || measuredS >= COVERED_SHARE * lengthOfSpansS([span]),
  )
  const isOpen = ({ span }: Pause) => span[1] >= elapsedS
  const restS = ({ span, goesOnS }: Pause) => span[1] - goesOnS
  const doubted = new Set(
    covered.filter(
      (pause) =>
        (hasWay ? movesOn(pause, motion) : stepsOn(pause.span, motion)) ||
        (isOpen(pause) && totalS === 0 && !(hasWay ? saysWay : saysSteps)(pause.span, motion)),
    ),
  )
  let runningS = elapsedS - lengthOfSpansS(all.map(({ span }) => span))
  for (const pause of doubted) runningS += restS(pause)
  // The longest first: one that is wrong can explain the whole difference.
  for (const pause of covered.toSorted((a, b) => restS(b) - restS(a))) {
    if (doubted.has(pause) || !(totalS > runningS + TIMER_DIFFERS_S)) continue
    doubted.add(pause)
    runningS += restS(pause)
  }
  return doubted
}

function countMeasuredS({ elapsedS, bpm }: TimerEvidence['heartRate']): (span: SpanS) => number {
  let limitS: number | null = null
  return ([fromS, toS]) => {
    const first = firstAfter(elapsedS, fromS)
    const behind = firstAtOrAfter(elapsedS, toS)
    if (first >= behind) return 0
    limitS ??= holdLimitS(elapsedS)
    // With the row behind them, which ends the hold of the last.
    const rows = elapsedS.subarray(first, behind + 1)
    const ends = holdEndsS(rows, { startS: 0, endS: Infinity, pauses: [], holdLimitS: limitS })
    let sum = 0
    for (let row = first; row < behind; row++) if (bpm[row] > 0) sum += Math.min(ends[row - first], toS) - elapsedS[row]
    return sum
  }
}

function goesOnS([fromS, toS]: SpanS, { heartRate, motion }: TimerEvidence): number {
  const next = ({ elapsedS }: { readonly elapsedS: Float64Array }) => elapsedS[firstAfter(elapsedS, fromS)] ?? Infinity
  const nextS = Math.min(toS, next(heartRate), next(motion))
  return nextS - fromS > HOLE_S ? nextS : fromS
}

type Motion = TimerEvidence['motion']

/** Whether way or speed say that anybody moved at all: on a treadmill they stay 0 or absent, and only steps can tell. */
function tellsWay({ distanceM, speedMPerS }: Motion): boolean {
  let firstM = Number.NaN
  for (const distance of distanceM) {
    if (Number.isNaN(firstM)) firstM = distance
    else if (distance > firstM) return true
  }
  return speedMPerS.some((speed) => speed >= MOVES_M_PER_S)
}

/** Whether anything tells of motion in it. A stop that nothing ends, and that nothing but a press speaks for, swallows no run. */
const saysWay = (span: SpanS, { elapsedS, distanceM, speedMPerS }: Motion): boolean =>
  rowsIn(span, elapsedS).some((row) => distanceM[row] >= 0 || speedMPerS[row] >= 0)

/** The same of steps, where any were counted at all. */
const saysSteps = (span: SpanS, { elapsedS, cadencePerMin }: Motion): boolean =>
  cadencePerMin.some((steps) => steps > 0) && rowsIn(span, elapsedS).some((row) => cadencePerMin[row] >= 0)

/** Whether steps were counted in most of it. */
function stepsOn(span: SpanS, { elapsedS, cadencePerMin }: Motion): boolean {
  let [steps, still] = [0, 0]
  for (const row of rowsIn(span, elapsedS))
    if (cadencePerMin[row] > 0) steps++
    else if (cadencePerMin[row] >= 0) still++
  return steps > still
}

function rowsIn([fromS, toS]: SpanS, elapsedS: Float64Array): number[] {
  const rows: number[] = []
  for (let row = firstAfter(elapsedS, fromS); row < elapsedS.length && elapsedS[row] < toS; row++) rows.push(row)
  return rows
}

/** Whether the way made, or the speed, says that somebody moved in it, for as long as anything was written down. */
function movesOn({ span: [fromS, toS], measuredS }: Pause, { elapsedS, distanceM, speedMPerS }: Motion) {
  let [firstM, lastM, lastAtS, toldS, fast, slow] = [Number.NaN, Number.NaN, Number.NaN, 0, 0, 0]
  for (let i = firstAfter(elapsedS, fromS); i < elapsedS.length && elapsedS[i] < toS; i++) {
    if (!Number.isNaN(distanceM[i])) {
      if (Number.isNaN(firstM)) firstM = distanceM[i]
      else toldS += Math.min(HOLE_S, elapsedS[i] - lastAtS)
      lastM = distanceM[i]
      lastAtS = elapsedS[i]
    }
    if (speedMPerS[i] >= MOVES_M_PER_S) fast++
    else if (speedMPerS[i] >= 0) slow++
  }
  return lastM - firstM >= MOVES_M_PER_S * Math.max(toldS, measuredS) || fast > slow
}
