// What the live screen shows of one runner at one moment, and in which order the runners stand (rule E8). Pure: a tile
// never shows a number without its age, and none at all once it is too old.
import type { CuePriority } from '../../src/domain/cue.ts'
import { soundOf, urgencyOf, type AlarmPhase } from '../../src/domain/monitor/alarm.ts'
import { limitsOf } from '../../src/domain/monitor/monitor.ts'
import { elapsedS, type RunnerPhase } from '../../src/formats/runner-stream/runner.ts'
import type { LiveRunner } from './live-runner.ts'

/** A number older than this is greyed with its age; older than that it is gone. Issue "Straps at a group run", 4. */
const OLD_S = 5
const GONE_S = 12
/** Over half a minute, so many beats per minute are a trend (product choice). */
const TREND_BPM = 3
const TREND_MIN_S = 10

export const tileStates = [
  'hard',
  'not_easing',
  'no_signal_over',
  'over',
  'no_signal',
  'no_limit',
  'calm',
  'waiting',
  'paused',
  'stopped',
] as const
export type TileState = (typeof tileStates)[number]

export interface Tile {
  readonly id: string
  readonly alias: string
  readonly state: TileState
  readonly phase: RunnerPhase
  /** Null where there is none to be shown. */
  readonly heartRateBpm: number | null
  readonly isOld: boolean
  /** Since the last believed heart rate, whole seconds; null before the first. */
  readonly ageS: number | null
  /** The strap says that it lost the skin, or its last value was not believed. */
  readonly doubt: 'contact' | 'value' | null
  readonly ceilingBpm: number | null
  /** Seconds above the ceiling. */
  readonly overS: number | null
  readonly trend: 'up' | 'down' | 'level' | null
  /** What should sound, before only one of all sounds. */
  readonly sound: CuePriority | null
  readonly mutedLeftS: number | null
  readonly snoozedLeftS: number | null
  readonly maySnooze: boolean
  /** "Above the hard limit at …" until acknowledged: seconds since the start. */
  readonly latchedAtS: number | null
  readonly startedAtMs: number | null
  /** Whether somebody told the runner since the cue that holds. */
  readonly toldAtS: number | null
}

export function tileOf(live: LiveRunner, nowMs: number): Tile {
  const { facts, runner, monitor, believed, heard } = live
  const { alarm, config } = monitor
  const limits = limitsOf(config)
  const nowS = elapsedS(runner, nowMs)
  const isGoing = runner.phase === 'running'
  const exactS = believed === null ? null : Math.max(0, (nowMs - believed.atMs) / 1000)
  const isGone = exactS === null || exactS > GONE_S || runner.phase === 'stopped'
  const hears = heard !== null && nowMs - heard.atMs <= OLD_S * 1000
  const leftS = (untilS: number | null) => (untilS !== null && untilS > nowS ? Math.ceil(untilS - nowS) : null)
  return {
    id: facts.id,
    alias: facts.alias,
    state: stateOf(live),
    phase: runner.phase,
    heartRateBpm: isGone ? null : (believed?.bpm ?? null),
    isOld: exactS !== null && exactS > OLD_S,
    ageS: exactS === null ? null : Math.floor(exactS),
    doubt: !hears || heard.isBelieved ? null : heard.contactLost ? 'contact' : 'value',
    ceilingBpm: limits.ceilingBpm,
    overS: isGoing && live.aboveSinceS !== null && !isGone ? Math.max(0, Math.floor(nowS - live.aboveSinceS)) : null,
    trend: isGone ? null : trendOf(live, nowS),
    sound: isGoing ? soundOf(alarm, limits, nowS) : null,
    mutedLeftS: leftS(alarm.mutedUntilS),
    snoozedLeftS: leftS(alarm.snoozedUntilS),
    maySnooze: isGoing && alarm.phase === 'over' && !limits.extraWatch && alarm.snoozes < config.parameters.snoozeMax,
    latchedAtS: alarm.phase === 'hard' ? null : alarm.latchedAtS,
    startedAtMs: runner.startedAtMs,
    toldAtS: live.toldAtS,
  }
}

function stateOf({ facts, runner, monitor: { alarm } }: LiveRunner): TileState {
  if (runner.phase !== 'running') return runner.phase
  if (alarm.phase === 'no_signal') return alarm.lostFrom === 'calm' ? 'no_signal' : 'no_signal_over'
  if (alarm.phase === 'calm' && facts.zone.ceilingBpm === null) return 'no_limit'
  return alarm.phase satisfies Exclude<AlarmPhase, 'no_signal'>
}

function trendOf({ recent }: LiveRunner, nowS: number): Tile['trend'] {
  const [first] = recent
  const last = recent.at(-1)
  if (first === undefined || last === undefined || nowS - last.atS > OLD_S || last.atS - first.atS < TREND_MIN_S)
    return null
  const change = last.bpm - first.bpm
  return change >= TREND_BPM ? 'up' : change <= -TREND_BPM ? 'down' : 'level'
}

/** Rule E8: most urgent first; those alike stay in the order in which they joined. */
export const sortTiles = (lives: readonly LiveRunner[], nowMs: number): Tile[] =>
  lives
    .map((live, place) => ({ live, place, urgency: orderOf(live) }))
    .sort((a, b) => b.urgency - a.urgency || a.place - b.place)
    .map(({ live }) => tileOf(live, nowMs))

const orderOf = ({ runner, monitor }: LiveRunner): number =>
  runner.phase === 'running' ? urgencyOf(monitor.alarm) : runner.phase === 'stopped' ? -2 : -1

/** Rule E8: at most one sound at a time, the most urgent; of two alike the first. */
export function soundingTile(tiles: readonly Tile[]): Tile | null {
  const order: readonly (CuePriority | null)[] = ['high', 'medium', 'low', 'info', null]
  const loudest = tiles.reduce<Tile | null>(
    (best, tile) => (order.indexOf(tile.sound) < order.indexOf(best?.sound ?? null) ? tile : best),
    null,
  )
  return loudest
}
