// What a sensor said during one activity, in columns, before anybody judged it. Every reader in `formats` ends here,
// every rule starts here. It holds what was measured and nothing filled in: an absent value stays absent.
import type { Guidance, GuidedFrom } from './guidance.ts'
import type { CueResponse } from './cue-response.ts'
import type { ReadingWarning } from './reading-codes.ts'

/** Kinds of heart-rate sensor, in the order of trust of rule D9 (chest first). */
export const sensorKinds = ['chest', 'arm', 'wrist', 'unknown'] as const
export type SensorKind = (typeof sensorKinds)[number]

/** Worn by a strap or a band. At the wrist, and where nobody says what measured, steps and cold are taken for a heart rate more
 *  often (rules D6, D9). */
export const isTrusted = (sensor: SensorKind): boolean => sensor === 'chest' || sensor === 'arm'

export const recordingFormats = ['fit', 'tcx', 'gpx', 'strap'] as const
export type RecordingFormat = (typeof recordingFormats)[number]

/** `[fromS, toS)` in seconds since the start of the recording. */
export type SpanS = readonly [fromS: number, toS: number]

/** One row for each time the device stated a heart rate, oldest first, times strictly rising; from a file at most one per
 *  second, from a strap one per notification. `bpm` is 0 where it said 0 (rule D1: a dropout). A moment at which a file says "no value",
 *  or nothing, has no row: the value before it holds as rule C1 says (rule T9). Live, a strap that says "no value" has a row of
 *  NaN, which ends that hold. */
export interface HeartRateColumns {
  readonly elapsedS: Float64Array
  readonly bpm: Float32Array
  /** 1 where the strap said that it lost contact (rule D0); absent where the sensor does not tell. */
  readonly contactLost?: Uint8Array
  /** How many RR intervals came with this row; absent where the rows are no strap's notifications. */
  readonly rrCount?: Uint8Array
}

/** Movement beside the heart rate, on its own times (strictly rising, at most one row per second); NaN is "absent". */
export interface MotionColumns {
  readonly elapsedS: Float64Array
  /** Steps per minute for sports on foot (rule D6), revolutions per minute for all others. */
  readonly cadencePerMin: Float32Array
  readonly speedMPerS: Float32Array
  readonly altitudeM: Float32Array
  readonly distanceM: Float32Array
  readonly temperatureC: Float32Array
}

/** One row per beat; `elapsedS` is the end of the beat. */
export interface RrColumns {
  readonly elapsedS: Float64Array
  readonly rrMs: Float32Array
}

/** What the device itself summed up. Shown beside our own numbers, never used in their place. */
export interface DeviceSummary {
  readonly meanHeartRateBpm: number | null
  readonly maxHeartRateBpm: number | null
  readonly timerS: number | null
  readonly distanceM: number | null
}

/** Whether a phone gave the cues while it was recorded: a group run's stream, alone or with a watch's file beside it. */
export const isGuided = ({ format, guided }: Pick<Recording, 'format' | 'guided'>): boolean =>
  format === 'strap' || guided === true

/** Whether anything at all was measured; a file can hold a device's summary and nothing else. */
export const hasReadings = ({ heartRate, motion, rr }: Pick<Recording, 'heartRate' | 'motion' | 'rr'>): boolean =>
  heartRate.bpm.length + motion.elapsedS.length + rr.rrMs.length > 0

/** Whether its clock knows UTC: text files hold local times too, and then a zone may be lost. */
export const clockIsSure = ({ format, localOffsetS }: Pick<Recording, 'format' | 'localOffsetS'>): boolean =>
  format === 'fit' || format === 'strap' || localOffsetS !== null

/** The part of a recording that is no column. */
export type RecordingHead = Omit<Recording, 'heartRate' | 'motion' | 'rr'>

export interface Recording {
  readonly format: RecordingFormat
  /** UTC epoch milliseconds of the first record, or of the session where there is no record. */
  readonly startedAtMs: number
  /** From the first to the last record, pauses included. */
  readonly elapsedS: number
  /** Local time minus UTC as the device itself wrote it, seconds; null where it did not. */
  readonly localOffsetS: number | null
  /** The FIT profile's word (`running`, `walking`, …); `unknown` where nothing says it; `multisport` for several. */
  readonly sport: string
  readonly subSport: string | null
  readonly sensor: SensorKind
  /** Maker and product in the FIT profile's words or numbers; never a serial number. */
  readonly device: string | null
  readonly heartRate: HeartRateColumns
  readonly motion: MotionColumns
  readonly rr: RrColumns
  /** Sorted, disjoint, inside `[0, elapsedS]` (rule C2). */
  readonly pauses: readonly SpanS[]
  readonly summary: DeviceSummary
  /** Of two sources put together: one of them was guided. */
  readonly guided?: boolean
  /** What people did with the runner's cues, oldest first; absent where nobody was there. */
  readonly hands?: readonly CueResponse[]
  /** What a phone guided by while it was recorded; absent where none did, or none wrote it down. */
  readonly guidance?: Guidance
  /** By what else from a moment on (seconds since the start): limits that were taken over while it was made. */
  readonly guidedLater?: readonly GuidedFrom[]
  /** How many points were left out as strays (rule T1); absent where none were. */
  readonly strayPoints?: number
  /** In order of discovery, each code once. */
  readonly warnings: readonly ReadingWarning[]
}
