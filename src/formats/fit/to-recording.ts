// From one decoded activity to a Recording: times since the start, units, pauses, what the device summed up.
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { DeviceSummary, Recording, SpanS } from '../../domain/recording.ts'
import { isOnFoot } from '../../domain/sport.ts'
import { uniteSpans } from '../../domain/time-in-zone/spans.ts'
import { fillHeartRate } from './fill-heart-rate.ts'
import { FIT_EPOCH_S, type FitPart, type FitTime, type Session, type TimerEvent } from './part.ts'
import { sportWord, subSports, timerStart, timerStops } from './profile.ts'
import { NOT_STATED } from './record-column.ts'
import { deviceWords, sensorKindOf } from './sensor.ts'
import { buildTimeline, type Timeline } from './timeline.ts'

/** A stored RR interval may drift this far from its record before it is anchored again. */
export const RR_DRIFT_S = 2

/** @param nowS of reading, UTC epoch seconds */
export function toRecording(part: FitPart, nowS: number): Recording {
  const warnings = new Set<ReadingWarning>(part.warnings)
  const warn = (code: ReadingWarning) => void warnings.add(code)
  const stopped = stoppedSpans(part.timerEvents)
  const timeline = buildTimeline(part, stopped, nowS, warn)
  const { times } = timeline
  const session = part.sessions[0]
  if (times.length === 0) warn('NO_RECORDS')
  const startTime = times.length > 0 ? times[0] : startWithoutRecords(session)
  const endTime = times.length > 0 ? times[times.length - 1] : startTime + known(session?.elapsedS)
  const elapsedS = endTime - startTime
  const timesS = new Float64Array(times.length)
  for (let i = 0; i < times.length; i++) timesS[i] = times[i] - startTime
  const sport = sportOf(part.sessions)
  return {
    format: 'fit',
    startedAtMs: (startTime + FIT_EPOCH_S) * 1000,
    elapsedS,
    localOffsetS: part.localOffsetS,
    sport,
    subSport: session === undefined || sport === 'multisport' ? null : (subSports[session.subSport] ?? null),
    sensor: sensorKindOf(part.devices),
    device: deviceWords(part),
    heartRate: heartRateColumns(fillHeartRate(part, timeline, warn), timesS),
    motion: motionColumns(timeline, timesS, isOnFoot(sport)),
    rr: rrColumns(part, startTime, elapsedS),
    pauses: pausesOf(stopped, startTime, elapsedS),
    summary: summaryOf(part.sessions),
    ...(timeline.strays === 0 ? {} : { strayPoints: timeline.strays }),
    warnings: [...warnings],
  }
}

const known = (value: number | undefined): number => (value === undefined || Number.isNaN(value) ? 0 : value)

function startWithoutRecords(session: Session | undefined): FitTime {
  return known(session?.startTime) || known(session?.endTime)
}

/** The rows that state a heart rate; the columns as they are where all do. */
function heartRateColumns(bpm: Float32Array, timesS: Float64Array) {
  let rows = 0
  while (rows < bpm.length && bpm[rows] !== NOT_STATED) rows++
  if (rows === bpm.length) return { elapsedS: timesS, bpm }
  const elapsedS = timesS.slice()
  const stated = bpm.slice()
  for (let i = rows; i < bpm.length; i++) {
    if (bpm[i] === NOT_STATED) continue
    elapsedS[rows] = timesS[i]
    stated[rows++] = bpm[i]
  }
  return { elapsedS: elapsedS.slice(0, rows), bpm: stated.slice(0, rows) }
}

function motionColumns(timeline: Timeline, timesS: Float64Array, onFoot: boolean) {
  return {
    elapsedS: timesS,
    cadencePerMin: cadenceColumn(timeline, onFoot ? 2 : 1),
    speedMPerS: timeline.column('speed'),
    altitudeM: timeline.column('altitude'),
    distanceM: timeline.column('distance'),
    temperatureC: timeline.column('temperature'),
  }
}

/** @param feet a watch counts the steps of one foot only (rule D6) */
function cadenceColumn({ column, has }: Timeline, feet: number): Float32Array {
  const perMin = column('cadence', feet)
  if (!has('fractionalCadence')) return perMin
  const fraction = column('fractionalCadence', feet)
  for (let i = 0; i < perMin.length; i++) perMin[i] += fraction[i] || 0
  return perMin
}

/** Beats follow each other; where their sum leaves the records' clock by more than 2 s they are anchored to it again. */
function rrColumns(part: FitPart, startTime: FitTime, elapsedS: number) {
  const { values: rrMs, times: after } = part.beats
  const ends = new Float64Array(rrMs.length)
  let end = Number.NaN
  for (let i = 0; i < rrMs.length; i++) {
    const anchorS = Math.max(0, Math.min(elapsedS, after[i] - startTime))
    const next = end + rrMs[i] / 1000
    // Never back in time: beats are in order, whatever the clock says.
    end = Math.abs(next - anchorS) <= RR_DRIFT_S ? next : Math.max(anchorS, Number.isNaN(end) ? anchorS : end)
    ends[i] = end
  }
  return { elapsedS: ends, rrMs: rrMs.slice() }
}

/** Timer stops to the next start, or to Infinity, in FIT time. */
function stoppedSpans(events: readonly TimerEvent[]): PauseSpan[] {
  const spans: PauseSpan[] = []
  let stoppedAt: number | null = null
  for (const { atTime, eventType } of [...events].sort((a, b) => a.atTime - b.atTime)) {
    if (timerStops.has(eventType)) stoppedAt ??= atTime
    else if (eventType === timerStart && stoppedAt !== null) {
      spans.push([stoppedAt, atTime])
      stoppedAt = null
    }
  }
  if (stoppedAt !== null) spans.push([stoppedAt, Infinity])
  return spans
}

/** Where the timer was stopped is a pause (rule C2). */
const pausesOf = (stopped: readonly PauseSpan[], startTime: FitTime, elapsedS: number): SpanS[] =>
  uniteSpans(
    stopped.map(([from, to]): SpanS => [from - startTime, to - startTime]),
    0,
    elapsedS,
  )

/** `transition` between two sports is no sport of its own. */
function sportOf(sessions: readonly Session[]): string {
  const words = new Set<string>()
  for (const { sport } of sessions) if (!Number.isNaN(sport)) words.add(sportWord(sport))
  if (words.size > 1) words.delete('transition')
  const [first] = words
  return words.size > 1 ? 'multisport' : (first ?? 'unknown')
}

function summaryOf(sessions: readonly Session[]): DeviceSummary {
  const numbers = (pick: (session: Session) => number) => sessions.map(pick).filter((value) => !Number.isNaN(value))
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
