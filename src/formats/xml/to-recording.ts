// From one activity of a TCX or GPX file to a Recording, by the same rules as the FIT reader: rows of one second merged,
// rows in order, no heart rate that was not stated.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { DeviceSummary, HeartRateColumns, Recording } from '../../domain/recording.ts'
import { findDaysApart, stepsOverDays, windowsBetween } from '../../domain/days-apart.ts'
import { stepRangeOf } from '../../domain/rising-times.ts'
import { isOnFoot } from '../../domain/sport.ts'
import type { LostTimes } from './lost-times.ts'
import { motionColumns } from './motion.ts'
import { findPauses, type Lap } from './pauses.ts'
import type { SportWords } from './sports.ts'
import { buildTimeline, type XmlTimeline } from './timeline.ts'
import type { TrackPoints } from './track-points.ts'

export interface XmlActivity {
  readonly format: 'tcx' | 'gpx'
  readonly words: SportWords
  /** What the file says wrote it. It never says which sensor measured. */
  readonly device: string | null
  readonly localOffsetS: number | null
  readonly points: TrackPoints
  /** Empty where the format has none. */
  readonly laps: readonly Lap[]
  readonly warnings: Set<ReadingWarning>
  readonly lostTimes: LostTimes
}

/** One recording for each stretch of days (see `findDaysApart`); as nearly always one.
 *  @param nowS of reading, UTC epoch seconds */
export function toRecordings(activity: XmlActivity, nowS: number): Recording[] {
  return splitDays(activity, nowS).map((one) => toRecording(one, nowS))
}

function splitDays(activity: XmlActivity, nowS: number): XmlActivity[] {
  const { points, laps } = activity
  if (!stepsOverDays(stepRangeOf(points.epochS))) return [activity]
  const { times, isMoved } = buildTimeline(points, nowS, () => undefined)
  const borders = isMoved ? [] : findDaysApart(times)
  if (borders.length === 0) return [activity]
  return windowsBetween(borders).map(([fromS, toS]) => {
    const within = points.within(fromS, toS)
    return {
      ...activity,
      warnings: new Set<ReadingWarning>([...activity.warnings, 'DAYS_APART']),
      points: within,
      // A lap of several days sums up none of them; and how many points stand before it is another number here.
      laps: laps
        .filter(({ startEpochS, timerS }) => startEpochS >= fromS && startEpochS + timerS < toS)
        .map((lap) => ({ ...lap, behind: within.epochS.filter((epochS) => epochS < lap.startEpochS).length })),
    }
  })
}

function toRecording(activity: XmlActivity, nowS: number): Recording {
  const warnings = new Set(activity.warnings)
  const warn = (code: ReadingWarning) => void warnings.add(code)
  const timeline = buildTimeline(activity.points, nowS, warn)
  const { times } = timeline
  const { laps, words } = activity
  if (times.length === 0) warn('NO_RECORDS')
  const summary = summaryOf(laps)
  const startS = times[0] ?? laps.find(({ startEpochS }) => !Number.isNaN(startEpochS))?.startEpochS ?? 0
  const elapsedS = times.length > 0 ? times[times.length - 1] - startS : (summary.timerS ?? 0)
  return {
    format: activity.format,
    startedAtMs: startS * 1000,
    elapsedS,
    localOffsetS: activity.localOffsetS,
    sport: words.sport,
    subSport: words.subSport,
    sensor: 'unknown',
    device: activity.device,
    heartRate: heartRateColumns(timeline),
    motion: motionColumns(timeline, isOnFoot(words.sport)),
    rr: { elapsedS: new Float64Array(), rrMs: new Float32Array() },
    pauses: findPauses(timeline, laps),
    summary,
    ...(timeline.strays === 0 ? {} : { strayPoints: timeline.strays }),
    warnings: [...warnings],
  }
}

function heartRateColumns({ times, columns }: XmlTimeline): HeartRateColumns {
  const bpm = inBpm(columns.heartRateBpm)
  const stated = Array.from(times.keys()).filter((row) => bpm[row] >= 0)
  return {
    elapsedS: Float64Array.from(stated, (row) => times[row] - times[0]),
    bpm: Float32Array.from(stated, (row) => bpm[row]),
  }
}

/** Faster than this no heart beats in a second. */
const MOST_PER_S = 5

/** Suunto counts beats in a second: then no value is above 5, and hardly any is whole. */
function inBpm(rates: readonly number[]): readonly number[] {
  const beating = rates.filter((rate) => rate > 0)
  const arePerS = beating.length > 0 && beating.every((rate) => rate <= MOST_PER_S)
  if (!arePerS || beating.every((rate) => Number.isInteger(rate))) return rates
  return rates.map((rate) => Math.round(rate * 60))
}

function summaryOf(laps: readonly Lap[]): DeviceSummary {
  const sum = (values: readonly number[]) => {
    const known = values.filter((value) => !Number.isNaN(value))
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
  }
  const timed = laps.filter(({ meanHeartRateBpm, timerS }) => !Number.isNaN(meanHeartRateBpm) && timerS > 0)
  const beats = sum(timed.map(({ meanHeartRateBpm, timerS }) => meanHeartRateBpm * timerS))
  const timedS = sum(timed.map(({ timerS }) => timerS))
  const maxHeartRateBpm = laps.reduce((max, lap) => (lap.maxHeartRateBpm > max ? lap.maxHeartRateBpm : max), 0)
  return {
    meanHeartRateBpm: beats === null || timedS === null ? null : beats / timedS,
    maxHeartRateBpm: maxHeartRateBpm === 0 ? null : maxHeartRateBpm,
    timerS: sum(laps.map(({ timerS }) => timerS)),
    distanceM: sum(laps.map(({ distanceM }) => distanceM)),
  }
}
