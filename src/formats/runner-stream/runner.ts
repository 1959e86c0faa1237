// The fold of one runner's entries: when the run began and paused, which strap speaks, and what each entry means to the
// monitor. The phone feeds it entry by entry and steps the monitor with the outcome; the server collects the same outcome
// into a recording (to-recording.ts). So the cues that were given are the cues that are judged.
import type { CheckInResult } from '../../domain/check-in/check-in.ts'
import type { Guidance } from '../../domain/guidance.ts'
import type { HandKind } from '../../domain/hand.ts'
import type { SensorKind } from '../../domain/recording.ts'
import { doubtArrivals } from '../strap/arrivals.ts'
import { hearNotification, startStrapSignal, type StrapSignal } from '../strap/strap-signal.ts'
import type { MarkEntry, StreamEntry } from './entry.ts'

export type RunnerPhase = 'waiting' | 'running' | 'paused' | 'stopped'

/** Changed in place by `takeEntry`. Times are epoch ms of the recorder's clock. */
export interface Runner {
  phase: RunnerPhase
  joined: Extract<MarkEntry, { kind: 'joined' }> | null
  /** The last before the start; one that came later only where there was none. */
  guidance: Guidance | null
  checkIn: { readonly result: CheckInResult; readonly zoneNeedsReview: boolean } | null
  startedAtMs: number | null
  stoppedAtMs: number | null
  lastAtMs: number | null
  /** Of the first strap that was heard: the live marks go by it to the end. */
  sensor: SensorKind | null
  /** The strap that the runner wears now. */
  strap: { readonly sensor: SensorKind; readonly device: string | null } | null
  signal: StrapSignal
  /** Stops of the run that were taken back: each leaves a hole. */
  stopsTakenBack: number
  /** Notifications of the run that could not be read. */
  malformed: number
  /** Notifications of the run that came out of a queue: they stay in the stream, and have no second of their own. */
  late: number
}

export const newRunner = (): Runner => ({
  phase: 'waiting',
  joined: null,
  guidance: null,
  checkIn: null,
  startedAtMs: null,
  stoppedAtMs: null,
  lastAtMs: null,
  sensor: null,
  strap: null,
  signal: startStrapSignal(-Infinity),
  stopsTakenBack: 0,
  malformed: 0,
  late: 0,
})

/** What an entry means, in seconds since the start of the run. A sample has the shape of the monitor's. */
export type RunnerEvent =
  | {
      readonly kind: 'sample'
      readonly atS: number
      readonly bpm: number | null
      readonly contactLost: boolean
      readonly rrMs: readonly number[]
      /** End of each beat. */
      readonly rrEndS: readonly number[]
      readonly cadencePerMin: null
      /** The beat may be older than `atS` by this much. */
      readonly delayS: number
    }
  | { readonly kind: 'pause' | 'resume'; readonly atS: number }
  | { readonly kind: 'told'; readonly atS: number; readonly by: string }
  | { readonly kind: Exclude<HandKind, 'told'>; readonly atS: number; readonly by: string }

/** Take the next entry.
 *  @returns null where it means nothing to a running run: before the start, after the stop, a double, a late one */
export function takeEntry(runner: Runner, entry: StreamEntry): RunnerEvent | null {
  runner.lastAtMs = entry.atMs
  const { kind, atMs } = entry
  switch (kind) {
    case 'joined':
      runner.joined ??= entry
      return null
    case 'guided':
      if (runner.startedAtMs === null || runner.guidance === null) runner.guidance = toGuidance(entry)
      return null
    case 'checked_in':
      runner.checkIn = { result: entry.result, zoneNeedsReview: entry.zoneNeedsReview }
      return null
    case 'strap':
      runner.strap = entry.sensor === null ? null : { sensor: entry.sensor, device: entry.device }
      runner.signal = startStrapSignal(Math.max(atMs, runner.startedAtMs ?? atMs), runner.signal)
      return null
    case 'start':
      if (runner.phase !== 'waiting') return null
      runner.phase = 'running'
      runner.startedAtMs = atMs
      runner.signal = startStrapSignal(atMs, runner.signal)
      return null
    case 'pause':
    case 'resume':
      return changePace(runner, kind, atMs)
    case 'stop':
      return stop(runner, atMs)
    case 'continued':
      return goOn(runner, atMs)
    case 'notification':
      return hear(runner, atMs, entry.bytes)
    case 'told':
    case 'acknowledge':
    case 'snooze':
      return isGoing(runner) ? { kind, atS: elapsedS(runner, atMs), by: entry.by } : null
    case 'missed':
      doubtArrivals(runner.signal.arrivals, atMs, atMs - entry.sinceMs)
      return null
    case 'clock':
      return null
  }
}

const isGoing = ({ phase }: Runner): boolean => phase === 'running' || phase === 'paused'

/** Seconds since the start; 0 before it. */
export const elapsedS = ({ startedAtMs }: Runner, atMs: number): number =>
  startedAtMs === null ? 0 : (atMs - startedAtMs) / 1000

function changePace(runner: Runner, kind: 'pause' | 'resume', atMs: number): RunnerEvent | null {
  if (runner.phase !== (kind === 'pause' ? 'running' : 'paused')) return null
  runner.phase = kind === 'pause' ? 'paused' : 'running'
  return { kind, atS: elapsedS(runner, atMs) }
}

/** A pause ends with the run. Who stops before the start does not run after all. */
function stop(runner: Runner, atMs: number): RunnerEvent | null {
  const { phase } = runner
  if (phase === 'stopped') return null
  runner.phase = 'stopped'
  if (phase === 'waiting') return null
  runner.stoppedAtMs = atMs
  return phase === 'paused' ? { kind: 'resume', atS: elapsedS(runner, atMs) } : null
}

/** The stop is taken back: the runner runs again, whatever they did before it; no pause may hide what comes. Until here
 *  nobody listened, and no beat is placed there. */
function goOn(runner: Runner, atMs: number): null {
  if (runner.phase !== 'stopped') return null
  runner.phase = runner.startedAtMs === null ? 'waiting' : 'running'
  if (runner.phase === 'running') runner.stopsTakenBack++
  runner.stoppedAtMs = null
  runner.signal = startStrapSignal(atMs, runner.signal)
  return null
}

const toGuidance = ({ atMs: _atMs, kind: _kind, ...guidance }: Extract<MarkEntry, { kind: 'guided' }>): Guidance =>
  guidance

function hear(runner: Runner, atMs: number, bytes: Uint8Array): RunnerEvent | null {
  if (!isGoing(runner) || runner.strap === null) return null
  const heard = hearNotification(runner.signal, atMs, bytes)
  if (heard.kind === 'malformed') runner.malformed++
  if (heard.kind === 'late') runner.late++
  if (heard.kind !== 'sample') return null
  runner.sensor ??= runner.strap.sensor
  const { heartRateBpm, contactLost, beats, delayMs } = heard.sample
  return {
    kind: 'sample',
    atS: elapsedS(runner, atMs),
    bpm: heartRateBpm,
    contactLost,
    rrMs: beats.map(({ rrMs }) => rrMs),
    rrEndS: beats.map(({ endMs }) => elapsedS(runner, endMs)),
    cadencePerMin: null,
    delayS: delayMs / 1000,
  }
}
