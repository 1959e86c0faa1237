// The fold of one runner's entries: when the run began and paused, which strap speaks, and what each entry means to the
// monitor. The phone feeds it entry by entry and steps the monitor with the outcome; the server collects the same outcome
// into a recording (to-recording.ts). So the cues that were given are the cues that are judged.
import type { CheckInResult } from '../../domain/check-in/check-in.ts'
import type { Guidance, GuidedFrom } from '../../domain/guidance.ts'
import type { CueResponseKind } from '../../domain/cue-response.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { SensorKind } from '../../domain/recording.ts'
import { doubtArrivals } from '../strap/arrivals.ts'
import { receiveNotification, startStrapSignal, type StrapSignal } from '../strap/strap-signal.ts'
import { isHeard, type FoldEntry, type MarkEntry } from './entry.ts'

export type RunnerPhase = 'waiting' | 'running' | 'paused' | 'stopped'

/** Changed in place by `applyEntry`. Times are epoch ms of the recorder's clock. */
export interface RunnerState {
  phase: RunnerPhase
  joined: Extract<MarkEntry, { kind: 'joined' }> | null
  /** The last before the start; one that came later only where there was none. */
  guidance: Guidance | null
  /** What was taken over after it. */
  readonly guidedLater: GuidedFrom[]
  checkIn: { readonly result: CheckInResult; readonly zoneNeedsReview: boolean } | null
  startedAtMs: number | null
  stoppedAtMs: number | null
  lastAtMs: number | null
  /** When a strap last said something, or a hand did. */
  heardAtMs: number | null
  /** Nobody pressed stop: the phone ended it. */
  endedByItself: boolean
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
  /** Part of the stream before here is lost: whatever mark is missing may have been in it. */
  isPartLost: boolean
  /** Marks that were lost, as far as they follow from what is there. */
  readonly inferred: Set<InferredWarning>
}
type InferredWarning = Extract<
  ReadingWarning,
  'START_MISSING' | 'STRAP_MISSING' | 'RESUME_MISSING' | 'CONTINUED_MISSING'
>

export const newRunnerState = (): RunnerState => ({
  phase: 'waiting',
  joined: null,
  guidance: null,
  guidedLater: [],
  checkIn: null,
  startedAtMs: null,
  stoppedAtMs: null,
  lastAtMs: null,
  heardAtMs: null,
  endedByItself: false,
  sensor: null,
  strap: null,
  signal: startStrapSignal(-Infinity),
  stopsTakenBack: 0,
  malformed: 0,
  late: 0,
  isPartLost: false,
  inferred: new Set(),
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
  | { readonly kind: Exclude<CueResponseKind, 'told'>; readonly atS: number; readonly by: string }

/** Take the next entry.
 *  @returns null where it means nothing to a running run: before the start, after the stop, a double, a late one */
export function applyEntry(runner: RunnerState, entry: FoldEntry): RunnerEvent | null {
  runner.lastAtMs = entry.atMs
  if (isHeard(entry)) runner.heardAtMs = entry.atMs
  const { kind, atMs } = entry
  if (runner.isPartLost && onlyWhileGoing(kind)) inferGoing(runner, kind, atMs)
  switch (kind) {
    case 'joined':
      runner.joined ??= entry
      return null
    case 'guided':
      guide(runner, entry)
      return null
    case 'checked_in':
      runner.checkIn = { result: entry.result, zoneNeedsReview: entry.zoneNeedsReview }
      return null
    case 'strap':
      runner.strap = entry.sensor === null ? null : { sensor: entry.sensor, device: entry.device }
      runner.signal = startStrapSignal(Math.max(atMs, runner.startedAtMs ?? atMs), runner.signal)
      return null
    case 'start':
      return start(runner, atMs)
    case 'pause':
    case 'resume':
      return changePace(runner, kind, atMs)
    case 'stop':
      return stop(runner, atMs)
    case 'ended_by_itself':
      runner.endedByItself ||= isGoing(runner)
      return stop(runner, runner.heardAtMs ?? atMs)
    case 'continued':
      return goOn(runner, atMs)
    case 'notification':
      return hear(runner, atMs, entry.bytes)
    case 'told':
    case 'acknowledge':
    case 'snooze':
      return isGoing(runner) ? { kind, atS: elapsedS(runner, atMs), by: entry.by } : null
    case 'lost':
      return lose(runner, atMs)
    case 'missed':
      doubtArrivals(runner.signal.arrivals, atMs, atMs - entry.sinceMs)
      return null
    case 'clock':
      return null
  }
}

const isGoing = ({ phase }: RunnerState): boolean => phase === 'running' || phase === 'paused'

/** Seconds since the start; 0 before it. */
export const elapsedS = ({ startedAtMs }: RunnerState, atMs: number): number =>
  startedAtMs === null ? 0 : (atMs - startedAtMs) / 1000

function start(runner: RunnerState, atMs: number): null {
  if (runner.phase !== 'waiting') return null
  runner.phase = 'running'
  runner.startedAtMs = atMs
  runner.signal = startStrapSignal(atMs, runner.signal)
  return null
}

function changePace(runner: RunnerState, kind: 'pause' | 'resume', atMs: number): RunnerEvent | null {
  if (runner.phase !== (kind === 'pause' ? 'running' : 'paused')) return null
  runner.phase = kind === 'pause' ? 'paused' : 'running'
  return { kind, atS: elapsedS(runner, atMs) }
}

/** A pause ends with the run. Who stops before the start does not run after all. */
function stop(runner: RunnerState, atMs: number): RunnerEvent | null {
  const { phase } = runner
  if (phase === 'stopped') return null
  runner.phase = 'stopped'
  if (phase === 'waiting') return null
  runner.stoppedAtMs = atMs
  return phase === 'paused' ? { kind: 'resume', atS: elapsedS(runner, atMs) } : null
}

/** The stop is taken back: the runner runs again, whatever they did before it; no pause may hide what comes. Until here
 *  nobody listened, and no beat is placed there. */
function goOn(runner: RunnerState, atMs: number): null {
  if (runner.phase !== 'stopped') return null
  runner.phase = runner.startedAtMs === null ? 'waiting' : 'running'
  if (runner.phase === 'running') runner.stopsTakenBack++
  runner.stoppedAtMs = null
  runner.endedByItself = false
  runner.signal = startStrapSignal(atMs, runner.signal)
  return null
}

/** What was lost may have ended a pause, and a hard run must not be silenced by that. */
function lose(runner: RunnerState, atMs: number): RunnerEvent | null {
  runner.isPartLost = true
  if (runner.phase !== 'paused') return null
  runner.inferred.add('RESUME_MISSING')
  return changePace(runner, 'resume', atMs)
}

/** A recorder writes these down of a running run only. */
const onlyWhileGoing = (kind: FoldEntry['kind']): boolean =>
  kind === 'notification' || kind === 'pause' || kind === 'resume'

/** The start, or that a stop was taken back, was in what is lost: the run goes from here on. So may the strap be. */
function inferGoing(runner: RunnerState, kind: FoldEntry['kind'], atMs: number): void {
  if (runner.phase === 'waiting' || runner.startedAtMs === null) {
    runner.inferred.add('START_MISSING')
    runner.phase = 'waiting'
    start(runner, atMs)
  } else if (runner.phase === 'stopped') {
    runner.inferred.add('CONTINUED_MISSING')
    goOn(runner, atMs)
  }
  if (kind !== 'notification' || runner.strap !== null) return
  runner.inferred.add('STRAP_MISSING')
  runner.strap = { sensor: 'unknown', device: null }
}

function guide(runner: RunnerState, entry: Extract<MarkEntry, { kind: 'guided' }>): void {
  const guidance = toGuidance(entry)
  if (runner.startedAtMs === null || runner.guidance === null) runner.guidance = guidance
  else runner.guidedLater.push([elapsedS(runner, entry.atMs), guidance])
}

const toGuidance = ({ atMs: _atMs, kind: _kind, ...guidance }: Extract<MarkEntry, { kind: 'guided' }>): Guidance =>
  guidance

function hear(runner: RunnerState, atMs: number, bytes: Uint8Array): RunnerEvent | null {
  if (!isGoing(runner) || runner.strap === null) return null
  const heard = receiveNotification(runner.signal, atMs, bytes)
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
