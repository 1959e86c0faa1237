// One runner's state during the run: the fold of their entries, and the monitor over it. Given the same entries, live
// or after a reload, it reaches the same state. It stores no history, so memory does not grow for hours.
import type { Limits } from '../../src/domain/calm-zone.ts'
import type { Cue } from '../../src/domain/cue.ts'
import type { Guidance } from '../../src/domain/guidance.ts'
import {
  monitorParametersOf,
  overrideParameters,
  type ParameterOverrides,
} from '../../src/domain/parameters/parameters.ts'
import {
  limitsOf,
  startMonitor,
  takeEvent,
  type MonitorConfig,
  type MonitorState,
} from '../../src/domain/monitor/monitor.ts'
import { OK } from '../../src/domain/quality/mark-quality.ts'
import { isEnd, type FoldEntry } from '../../src/formats/phone-recording/entry.ts'
import {
  elapsedS,
  newRunnerState,
  applyEntry,
  type RunnerState,
  type RunnerEvent,
} from '../../src/formats/phone-recording/runner-state.ts'
import { isLifeless, startLife, type Life } from './lifeless.ts'

/** The runner, and the limits by which the phone judges. */
export interface RunnerFacts {
  /** Participation id. */
  readonly id: string
  readonly alias: string
  readonly zone: Limits
  readonly extraWatch: boolean
  readonly parameters: ParameterOverrides
}

/** Changed in place. Times in epoch ms of the recorder's clock, seconds since the runner's start. */
export interface LiveRunner {
  facts: RunnerFacts
  readonly runner: RunnerState
  monitor: MonitorState
  /** The last believed heart rate, and when its beat was at the earliest. */
  believed: { readonly atMs: number; readonly bpm: number; readonly smoothedBpm: number } | null
  /** The last notification that could be read and whose time is its own: what it said of itself. */
  heard: { readonly atMs: number; readonly contactLost: boolean; readonly isBelieved: boolean } | null
  /** Since when the smoothed heart rate is above the ceiling, without a hole. */
  aboveSinceS: number | null
  /** Since when the heart rate of a pause is at or above the hard limit, without a hole. */
  hardInPause: { readonly sinceS: number; readonly untilS: number } | null
  life: Life
  /** Smoothed heart rates of the last half minute, for the trend. */
  readonly recent: { readonly atS: number; readonly bpm: number }[]
  /** When stop was pressed last, also for a runner who had not started. */
  stopAtMs: number | null
  /** The last "told" since the current cue began. */
  toldAtS: number | null
  /** Cues so far: few, and a line each. */
  readonly cues: Cue[]
}

const RECENT_S = 30
/** Over a longer hole there is no trend. */
const TREND_HOLE_S = 5
const MOST_CUES = 200

export const newLiveRunner = (facts: RunnerFacts): LiveRunner => ({
  facts,
  runner: newRunnerState(),
  monitor: startMonitor(configOf(facts)),
  believed: null,
  heard: null,
  aboveSinceS: null,
  hardInPause: null,
  life: startLife(),
  recent: [],
  stopAtMs: null,
  toldAtS: null,
  cues: [],
})

const configOf = ({ zone, extraWatch, parameters }: RunnerFacts): MonitorConfig => ({
  zone,
  extraWatch,
  sensorFacts: { sensor: 'unknown', sport: 'running', notifications: true },
  arrivalWindowS: 0,
  parameters: monitorParametersOf(overrideParameters(parameters)),
})

/** Other limits from here on. Before the start nothing has been judged yet; after it what was goes on. */
function beGuided(live: LiveRunner, { ceilingBpm, hardBpm, watchLevel, parameters }: Guidance): void {
  const zone = { ceilingBpm, hardBpm }
  live.facts = { ...live.facts, zone, extraWatch: watchLevel === 'extra', parameters }
  const { sensorFacts } = live.monitor.config
  live.monitor = { ...live.monitor, config: { ...configOf(live.facts), sensorFacts } }
  live.aboveSinceS = null
}

/** Take the next entry.
 *  @returns the cues that it brought */
export function applyLiveEntry(live: LiveRunner, entry: FoldEntry): readonly Cue[] {
  const { runner, monitor } = live
  const hadSensor = runner.sensor
  const wasStopped = runner.phase === 'stopped'
  const event = applyEntry(runner, entry)
  if (entry.kind === 'guided') beGuided(live, entry)
  if (isEnd(entry) && !wasStopped) live.stopAtMs = entry.atMs
  // The marks go by the first strap that was heard, here as on the server.
  if (runner.sensor !== hadSensor && runner.sensor !== null)
    live.monitor = {
      ...monitor,
      config: { ...monitor.config, sensorFacts: { ...monitor.config.sensorFacts, sensor: runner.sensor } },
    }
  if (isEnd(entry) && !wasStopped && runner.stoppedAtMs !== null) {
    // A pause ends with the run.
    const ended = event?.kind === 'resume' ? step(live, event) : noCues
    return [...ended, ...step(live, { kind: 'end', atS: elapsedS(runner, runner.stoppedAtMs) })]
  }
  // What another strap said, or what was measured before a stop that is taken back or a pause, says nothing of now.
  if (entry.kind === 'strap' || entry.kind === 'continued') forgetSignal(live)
  if (event === null) return noCues
  if (event.kind === 'pause') live.aboveSinceS = null
  if (event.kind === 'pause' || event.kind === 'resume') live.hardInPause = null
  if (event.kind === 'told') {
    live.toldAtS = event.atS
    return noCues
  }
  const cues = step(live, event)
  if (event.kind === 'sample') note(live, entry.atMs, event)
  return cues
}

/** It is now that late. @returns the cues that silence brought */
export const passLive = (live: LiveRunner, nowMs: number): readonly Cue[] =>
  live.runner.phase === 'running' ? step(live, { kind: 'time', atS: elapsedS(live.runner, nowMs) }) : noCues

const noCues: readonly Cue[] = []

function step(live: LiveRunner, event: Parameters<typeof takeEvent>[1]): readonly Cue[] {
  let cues: Cue[] | null = null
  takeEvent(live.monitor, event, (cue) => void (cues ??= []).push(cue))
  if (cues === null) return noCues
  for (const cue of cues as Cue[]) {
    live.cues.push(cue)
    // Another cue to tell of.
    if (cue[1] === 'OVER' || cue[1] === 'NOT_EASING' || cue[1] === 'HARD') live.toldAtS = null
  }
  if (live.cues.length > MOST_CUES) live.cues.splice(0, live.cues.length - MOST_CUES)
  return cues
}

function forgetSignal(live: LiveRunner): void {
  live.believed = null
  live.heard = null
  live.aboveSinceS = null
  live.hardInPause = null
  live.life = startLife()
  live.recent.length = 0
}

/** A pause stops the monitor, but not a heart: HARD holds in any state (rule E2). */
function noteInPause(live: LiveRunner, atS: number, bpm: number | null): void {
  const { config, pausedSinceS } = live.monitor
  const { hardBpm } = limitsOf(config)
  const before = live.hardInPause
  const isHard = pausedSinceS !== null && hardBpm !== null && bpm !== null && bpm >= hardBpm
  const goesOn = before !== null && atS - before.untilS <= TREND_HOLE_S
  live.hardInPause = isHard ? { sinceS: goesOn ? before.sinceS : atS, untilS: atS } : null
}

/** Whether a paused runner has been at or above the hard limit long enough for HARD. */
export const isHardInPause = ({ hardInPause, monitor: { config } }: LiveRunner): boolean =>
  hardInPause !== null && hardInPause.untilS - hardInPause.sinceS >= config.parameters.hardHoldS

function note(live: LiveRunner, arrivedMs: number, sample: Extract<RunnerEvent, { kind: 'sample' }>): void {
  const { atS, bpm, contactLost, delayS } = sample
  const { last, alarm, config } = live.monitor
  const isBelieved = !isLifeless(live.life, sample) && last?.atS === atS && last.mark === OK && bpm !== null
  const smoothedBpm = last?.atS === atS ? last.smoothedBpm : null
  const atMs = arrivedMs - delayS * 1000
  noteInPause(live, atS, isBelieved ? bpm : null)
  live.heard = { atMs, contactLost, isBelieved }
  if (isBelieved) live.believed = { atMs, bpm, smoothedBpm: smoothedBpm ?? bpm }
  // Nobody knows what was in a hole: the time above the ceiling begins anew, as the alarm's clocks do (rule E1).
  if (alarm.phase === 'no_signal') live.aboveSinceS = null
  if (smoothedBpm === null) return
  const { ceilingBpm } = limitsOf(config)
  // A dip that stops no clock of the alarm stops none here (rule E3).
  const aboveSinceS = live.aboveSinceS ?? (alarm.phase === 'calm' ? alarm.overSinceS : null) ?? atS
  live.aboveSinceS = ceilingBpm !== null && smoothedBpm > ceilingBpm ? aboveSinceS : null
  const { recent } = live
  const before = recent.at(-1)
  if (before !== undefined && atS - before.atS > TREND_HOLE_S) recent.length = 0
  while (recent.length > 0 && (recent[0]?.atS ?? 0) < atS - RECENT_S) recent.shift()
  recent.push({ atS, bpm: smoothedBpm })
}
