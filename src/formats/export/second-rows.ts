// A run second by second: what was measured in it and what was judged of it. CSV and FHIR are written from here, so that
// neither says anything that the judge did not. Nothing is filled in: what is absent stays null.
import type { BadMark } from '../../domain/assessment.ts'
import type { CalmZone } from '../../domain/calm-zone.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { prepare, type Prepared } from '../../domain/prepare.ts'
import { markOfNumber, OK } from '../../domain/quality/mark-quality.ts'
import type { Recording } from '../../domain/recording.ts'
import type { ExportedRun } from './exported-run.ts'

/** Above includes hard in an assessment's seconds; here each second has one word. */
export type ZoneWord = 'calm' | 'above' | 'hard'

export interface SecondRow {
  /** The second `[elapsedS, elapsedS + 1)`. */
  readonly elapsedS: number
  /** As the sensor stated it in this second, believed or not. */
  readonly measuredBpm: number | null
  /** The same, null where it was marked. */
  readonly believedBpm: number | null
  /** What zones were judged by: smoothed, held as rule C1 says; null where nothing could be judged, and in a pause. */
  readonly judgedBpm: number | null
  /** Of the reading that stands for this second; null where none does. */
  readonly quality: 'ok' | 'no_value' | BadMark | null
  readonly paused: boolean
  readonly zone: ZoneWord | null
  readonly cadencePerMin: number | null
  readonly speedMPerS: number | null
  readonly altitudeM: number | null
  readonly distanceM: number | null
}

/** Where nothing at all was recorded for longer than this, the seconds are left out: a watch left on for weeks must not
 *  become millions of empty rows (product choice). */
const SILENCE_S = 3600

/** The judge's view of a run, under the parameters that it was judged by. */
export const prepareRun = ({ recording, assessment }: ExportedRun): Prepared =>
  prepare(recording, overrideParameters(assessment.parameters).quality)

/** One row a second from the first to the last, in order. */
export function* secondRows(run: ExportedRun): Generator<SecondRow> {
  const { recording, assessment } = run
  const prepared = prepareRun(run)
  const lastSecond = Math.floor(recording.elapsedS)
  let heart = -1
  let motion = -1
  let pause = 0
  for (let second = 0; second <= lastSecond; second++) {
    const { timesS, frame } = prepared
    while (heart + 1 < timesS.length && timesS[heart + 1] < second + 1) heart++
    while (motion + 1 < recording.motion.elapsedS.length && recording.motion.elapsedS[motion + 1] < second + 1) motion++
    while (pause < frame.pauses.length && (frame.pauses[pause]?.[1] ?? 0) <= second) pause++
    const paused = (frame.pauses[pause]?.[0] ?? Infinity) <= second
    yield {
      elapsedS: second,
      ...heartRateOf(recording, prepared, heart, second, assessment.zone),
      paused,
      ...motionOf(recording, motion, second),
    }
    second = skipSilence(recording, heart, motion, second)
  }
}

function heartRateOf(recording: Recording, prepared: Prepared, i: number, second: number, zone: CalmZone) {
  const atS = i < 0 ? -Infinity : prepared.timesS[i]
  const stated = atS >= second
  const holds = i >= 0 && prepared.endsS[i] > Math.max(second, atS)
  const judgedBpm = holds ? orNull(prepared.smoothedBpm[i]) : null
  return {
    measuredBpm: stated ? orNull(recording.heartRate.bpm[i]) : null,
    believedBpm: stated ? orNull(prepared.goodBpm[i]) : null,
    judgedBpm,
    quality: stated || holds ? qualityOf(prepared.marks[i]) : null,
    zone: judgedBpm === null ? null : zoneOf(judgedBpm, zone),
  }
}

const qualityOf = (mark: number): SecondRow['quality'] => (mark === OK ? 'ok' : (markOfNumber(mark) ?? 'no_value'))

/** Rule C4; null where there is no ceiling. */
function zoneOf(bpm: number, { ceilingBpm, hardBpm }: CalmZone): ZoneWord | null {
  if (ceilingBpm === null) return null
  if (bpm <= ceilingBpm) return 'calm'
  return hardBpm !== null && bpm >= hardBpm ? 'hard' : 'above'
}

function motionOf({ motion }: Recording, i: number, second: number) {
  const value = (column: Float32Array) => (i >= 0 && motion.elapsedS[i] >= second ? orNull(column[i]) : null)
  return {
    cadencePerMin: value(motion.cadencePerMin),
    speedMPerS: value(motion.speedMPerS),
    altitudeM: value(motion.altitudeM),
    distanceM: value(motion.distanceM),
  }
}

/** The last second of a long silence, else the same second. */
function skipSilence({ heartRate, motion, elapsedS }: Recording, heart: number, row: number, second: number): number {
  const after = (times: Float64Array, i: number) => (i + 1 < times.length ? times[i + 1] : elapsedS)
  const nextS = Math.min(after(heartRate.elapsedS, heart), after(motion.elapsedS, row))
  return nextS - second > SILENCE_S ? Math.floor(nextS) - 1 : second
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
