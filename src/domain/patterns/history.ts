// A client's history as the pattern rules see it. Facts come in as arguments, the moment of judging too.
import type { Verdict } from '../assessment.ts'
import type { CheckInResult } from '../check-in/check-in.ts'
import type { RunFlagKind } from '../finding.ts'
import type { SensorKind, SpanS } from '../recording.ts'

export interface HistoryRun {
  readonly id: string
  readonly startedAtMs: number
  /** Local time minus UTC at its start, kept with the run: by its device, or by the clinic's zone when it came in. Null in
   *  runs of earlier versions: the clinic's zone of today. */
  readonly localOffsetS: number | null
  /** It counts as of the day on which it came in, and nobody knows its hour (rule T4). */
  readonly isUndated?: boolean
  readonly elapsedS: number
  readonly pauses: readonly SpanS[]
  /** Only moving time counts. */
  readonly movingS: number
  /** The FIT profile's word; no other sport than running and walking is in a history. */
  readonly sport: string
  /** Of the better of its sources (rule D9). */
  readonly sensor: SensorKind
  readonly verdict: Verdict
  readonly calmShare: number | null
  readonly calmS: number
  readonly goodS: number
  /** HARD, or NOT_EASING while somebody was guided, from good data, or HARD that a person confirmed: what rules F9 and F10 call
   *  attention. */
  readonly urgent: boolean
  /** At or above the hard limit, whatever became of it (F2, F9, F10). */
  readonly hard: boolean
  /** Rules of section F that are attention. */
  readonly attention: readonly RunFlagKind[]
  /** CR10, null where nobody asked. */
  readonly rpe: number | null
}

/** What a client told on one day, only where they agreed to share it; null is "not told". */
export interface HistoryCheckIn {
  readonly atMs: number
  readonly result: CheckInResult
  /** Hours of the night before. */
  readonly sleepH: number | null
  readonly mood: number | null
  readonly energy: number | null
  readonly painNrs: number | null
  /** "I skipped meals to run, or ran to make up for eating." */
  readonly mealsForRunning: boolean
  /** The therapist's note: upset when a rest day was advised. */
  readonly upsetByRest: boolean
}

export interface AgreedPlan {
  readonly weekMin: number | null
  /** 1 is Monday; null where no days were agreed. */
  readonly weekdays: readonly number[] | null
}

export interface History {
  /** In any order; doubles taken out. */
  readonly runs: readonly HistoryRun[]
  readonly checkIns: readonly HistoryCheckIn[]
  readonly plan: AgreedPlan
  readonly timeZone: string
}
