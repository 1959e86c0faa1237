// From one decoded activity to a Recording: times since the start, units, pauses, what the device summed up.
import { believePauses } from '../../domain/believed-pauses.ts'
import { believedOffset } from '../../domain/local-offset.ts'
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { DeviceSummary, Recording, SpanS } from '../../domain/recording.ts'
import { isOnFoot } from '../../domain/sport.ts'
import { toStepsPerMin } from '../../domain/steps-per-min.ts'
import { uniteSpans } from '../../domain/time-in-zone/spans.ts'
import { fillHeartRate } from './fill-heart-rate.ts'
import { FIT_EPOCH_S, type FitTime } from './fit-time.ts'
import type { FitPart, FitSession, TimerEvent } from './part.ts'
import { sportWord, subSports } from './profile.ts'
import { deviceWords, sensorKindOf } from './sensor.ts'
import { isIn, outingsOf, splitDays, type Outing } from './sessions.ts'
import { buildTimeline, type Timeline } from './timeline.ts'
import { stoppedSpans } from './timer.ts'

/** A stored RR interval may drift this far from its record before it is anchored again. */
export const RR_DRIFT_S = 2

/** One recording per activity of the part (rule T6).
 *  @param nowS of reading, UTC epoch seconds */
export function toRecordings(part: FitPart, nowS: number): Recording[] {
  const placed = (outing: Outing) => {
    const { times, isMoved } = timelineOf(part, outing, nowS, () => undefined)
    return isMoved ? null : times
  }
  return outingsOf(part).flatMap((outing) => {
    const days = splitDays(part, outing, () => placed(outing))
    return days.map((day) => toRecording(part, day, nowS, days.length > 1 ? ['DAYS_APART'] : []))
  })
}

const isAll = ({ fromTime, toTime }: Outing): boolean => fromTime === -Infinity && toTime === Infinity

const pressesOf = (part: FitPart, outing: Outing): readonly TimerEvent[] => {
  const counts = isIn(outing)
  return part.timerEvents.filter(({ atTime }) => counts(atTime))
}

function timelineOf(part: FitPart, outing: Outing, nowS: number, warn: (code: ReadingWarning) => void): Timeline {
  return buildTimeline(
    {
      records: part.records,
      isIn: isAll(outing) ? null : isIn(outing),
      pauses: stoppedSpans(pressesOf(part, outing), ({ atTime }) => atTime),
      nowS,
    },
    warn,
  )
}

function toRecording(part: FitPart, outing: Outing, nowS: number, of: readonly ReadingWarning[]): Recording {
  const warnings = new Set<ReadingWarning>([...part.warnings, ...of])
  const warn = (code: ReadingWarning) => void warnings.add(code)
  const { sessions } = outing
  const timeline = timelineOf(part, outing, nowS, warn)
  const { times, lastTime } = timeline
  const session = sessions[0]
  if (times.length === 0) warn('NO_RECORDS')
  const startTime = times.length > 0 ? times[0] : startWithoutRecords(session)
  const endTime = times.length > 0 ? times[times.length - 1] : startTime + known(session?.elapsedS)
  const elapsedS = endTime - startTime
  const timesS = new Float64Array(times.length)
  for (let i = 0; i < times.length; i++) timesS[i] = times[i] - startTime
  const sport = sportOf(sessions.length > 0 ? sessions : part.sessions)
  const stopped = stoppedSpans(pressesOf(part, outing), ({ atTime, behind }) => timeline.place(atTime, behind))
  const measured = {
    elapsedS,
    heartRate: heartRateColumns(fillHeartRate(part, sessions, timeline, warn), timesS),
    motion: motionColumns(timeline, timesS, isOnFoot(sport)),
    summary: summaryOf(sessions),
  }
  const written = pausesOf(stopped, startTime, elapsedS)
  const { pauses, warnings: ofPauses } = believePauses(written, measured)
  for (const warning of ofPauses) warn(warning)
  // Without records the end of the session is the last that is known.
  const stampedAt = Number.isNaN(lastTime) ? known(session?.endTime) : lastTime
  return {
    format: 'fit',
    startedAtMs: (startTime + FIT_EPOCH_S) * 1000,
    localOffsetS: part.stamp === null ? null : believedOffset(part.stamp, stampedAt),
    sport,
    subSport: session === undefined || sport === 'multisport' ? null : (subSports[session.subSport] ?? null),
    sensor: sensorKindOf(part.devices),
    device: deviceWords(part),
    ...measured,
    rr: rrColumns(part, timeline, outing, startTime, elapsedS),
    pauses,
    ...(timeline.strays === 0 ? {} : { strayPoints: timeline.strays }),
    warnings: [...warnings],
  }
}

const known = (value: number | undefined): number => (value === undefined || Number.isNaN(value) ? 0 : value)

function startWithoutRecords(session: FitSession | undefined): FitTime {
  return known(session?.startTime) || known(session?.endTime)
}

/** The rows that have a heart rate, of 0 too; the columns as they are where all do. "No value" is none (rule T9). */
function heartRateColumns(bpm: Float32Array, timesS: Float64Array) {
  let rows = 0
  while (rows < bpm.length && bpm[rows] >= 0) rows++
  if (rows === bpm.length) return { elapsedS: timesS, bpm }
  const elapsedS = timesS.slice()
  const stated = bpm.slice()
  for (let i = rows; i < bpm.length; i++) {
    if (!(bpm[i] >= 0)) continue
    elapsedS[rows] = timesS[i]
    stated[rows++] = bpm[i]
  }
  return { elapsedS: elapsedS.slice(0, rows), bpm: stated.slice(0, rows) }
}

function motionColumns(timeline: Timeline, timesS: Float64Array, onFoot: boolean) {
  return {
    elapsedS: timesS,
    cadencePerMin: onFoot ? toStepsPerMin(cadenceColumn(timeline)) : cadenceColumn(timeline),
    speedMPerS: timeline.column('speed'),
    altitudeM: timeline.column('altitude'),
    distanceM: timeline.column('distance'),
    temperatureC: timeline.column('temperature'),
  }
}

/** As the device counts: one foot, or both (rule T7). */
function cadenceColumn({ column, has }: Timeline): Float32Array {
  const perMin = column('cadence')
  if (!has('fractionalCadence')) return perMin
  const fraction = column('fractionalCadence')
  for (let i = 0; i < perMin.length; i++) perMin[i] += fraction[i] || 0
  return perMin
}

/** Beats follow each other; where their sum leaves the records' clock by more than 2 s they are anchored to it again. */
function rrColumns(
  { beats, beatsBehind }: FitPart,
  timeline: Timeline,
  outing: Outing,
  startTime: FitTime,
  elapsedS: number,
) {
  const isPlain = isAll(outing) && !timeline.isMoved
  const counts = isIn(outing)
  const rows = isPlain ? null : Array.from(beats.times.keys()).filter((row) => counts(beats.times[row]))
  const rrMs = rows === null ? beats.values.slice() : Float32Array.from(rows, (row) => beats.values[row])
  const after =
    rows === null
      ? beats.times
      : Float64Array.from(rows, (row) => timeline.place(beats.times[row], beatsBehind[row] ?? 0))
  const ends = new Float64Array(rrMs.length)
  let end = Number.NaN
  for (let i = 0; i < rrMs.length; i++) {
    const anchorS = Math.max(0, Math.min(elapsedS, after[i] - startTime))
    const next = end + rrMs[i] / 1000
    // Never back in time: beats are in order, whatever the clock says.
    end = Math.abs(next - anchorS) <= RR_DRIFT_S ? next : Math.max(anchorS, Number.isNaN(end) ? anchorS : end)
    ends[i] = end
  }
  return { elapsedS: ends, rrMs }
}

/** Where the timer was stopped is a pause (rule C2). */
const pausesOf = (stopped: readonly PauseSpan[], startTime: FitTime, elapsedS: number): SpanS[] =>
  uniteSpans(
    stopped.map(([from, to]): SpanS => [from - startTime, to - startTime]),
    0,
    elapsedS,
  )

/** `transition` between two sports is no sport of its own. */
function sportOf(sessions: readonly FitSession[]): string {
  const words = new Set<string>()
  for (const { sport } of sessions) if (!Number.isNaN(sport)) words.add(sportWord(sport))
  if (words.size > 1) words.delete('transition')
  const [first] = words
  return words.size > 1 ? 'multisport' : (first ?? 'unknown')
}

function summaryOf(sessions: readonly FitSession[]): DeviceSummary {
  const numbers = (pick: (session: FitSession) => number) => sessions.map(pick).filter((value) => !Number.isNaN(value))
  const sum = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
  const timed = sessions.filter(({ meanHeartRateBpm, timerS }) => !Number.isNaN(meanHeartRateBpm) && timerS > 0)
  const timedS = timed.reduce((total, { timerS }) => total + timerS, 0)
  const maxima = numbers(({ maxHeartRateBpm }) => maxHeartRateBpm)
  return {
    meanHeartRateBpm:
      timedS > 0 ? timed.reduce((total, one) => total + one.meanHeartRateBpm * one.timerS, 0) / timedS : null,
    maxHeartRateBpm: maxima.length === 0 ? null : Math.max(...maxima),
    timerS: sum(numbers(({ timerS }) => timerS)),
    distanceM: sum(numbers(({ distanceM }) => distanceM)),
  }
}
