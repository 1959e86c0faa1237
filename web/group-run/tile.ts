// What the live screen shows for one runner at one moment, and the order of the runners (rule E8). Pure. A tile never
// shows a number without its age, and shows none when it is too old.
import type { CuePriority } from '../../src/domain/cue.ts'
import { soundOf, urgencyOf } from '../../src/domain/monitor/alarm.ts'
import { limitsOf } from '../../src/domain/monitor/monitor.ts'
import { FRESH_S, isFresh, shownState, type ShownState } from '../../src/domain/monitor/shown-state.ts'
import { elapsedS, type RunnerPhase } from '../../src/formats/phone-recording/runner-state.ts'
import { isHardInPause, type LiveRunner } from './live-runner.ts'

/** A number older than `FRESH_S` is greyed with its age; older than this it is gone. Issue "Straps at a group run", 4. */
const GONE_S = 12
/** Over half a minute, so many beats per minute are a trend (product choice). */
const TREND_BPM = 3
const TREND_MIN_S = 10

export type TileState = ShownState

export interface Tile {
  readonly id: string
  readonly alias: string
  readonly state: TileState
  readonly phase: RunnerPhase
  /** Null where there is none to be shown. */
  readonly heartRateBpm: number | null
  readonly isOld: boolean
  /** Changes with each beat that is shown as the present. */
  readonly beatAtMs: number | null
  /** How long it may stand as that. */
  readonly freshMs: number
  /** Since the last believed heart rate, whole seconds; null before the first. */
  readonly ageS: number | null
  /** The strap says that it lost the skin, or its last value was not believed. */
  readonly doubt: 'contact' | 'value' | null
  readonly ceilingBpm: number | null
  /** Seconds above the ceiling, up to the shown number. */
  readonly overS: number | null
  readonly trend: 'up' | 'down' | 'level' | null
  /** The alarm of this runner, before one of all alarms is chosen. */
  readonly sound: CuePriority | null
  readonly mutedLeftS: number | null
  readonly snoozedLeftS: number | null
  readonly maySnooze: boolean
  /** "Above the hard limit at …" until acknowledged: seconds since the start. */
  readonly latchedAtS: number | null
  readonly startedAtMs: number | null
  /** For how long a pause lasts; null where there is none. */
  readonly pausedForS: number | null
  /** Whether somebody told the runner since the cue that holds. */
  readonly toldAtS: number | null
}

/** @param isClockUnsure nobody can say how long ago anything was: no number is the present one */
export function tileOf(live: LiveRunner, nowMs: number, isClockUnsure = false): Tile {
  const { facts, runner, monitor, believed, heard } = live
  const { alarm, config } = monitor
  const limits = limitsOf(config)
  const nowS = elapsedS(runner, nowMs)
  const isGoing = runner.phase === 'running'
  const isTimeUnsure = isClockUnsure || runner.signal.arrivals.doubt !== null
  const ageOf = (atMs: number) => Math.max(0, (nowMs - atMs) / 1000)
  const good = believed === null ? null : { ...believed, ageS: ageOf(believed.atMs) }
  const lastHeard = heard === null ? null : { ...heard, ageS: ageOf(heard.atMs) }
  const isGone = good === null || good.ageS > GONE_S || runner.phase === 'stopped'
  const isOld = good !== null && (isTimeUnsure || !isFresh(good))
  const hears = lastHeard !== null && !isTimeUnsure && isFresh(lastHeard)
  const leftS = (untilS: number | null) => (untilS !== null && untilS > nowS ? Math.ceil(untilS - nowS) : null)
  const state = shownState({
    phase: runner.phase,
    alarm,
    ceilingBpm: limits.ceilingBpm,
    isHardInPause: isHardInPause(live),
    hasStrap: runner.strap !== null,
    good,
    heard: lastHeard,
    isTimeUnsure,
  })
  return {
    id: facts.id,
    alias: facts.alias,
    state,
    phase: runner.phase,
    heartRateBpm: isGone ? null : good.bpm,
    isOld,
    beatAtMs: good === null || isOld || isGone ? null : good.atMs,
    freshMs: good === null ? 0 : (FRESH_S - good.ageS) * 1000,
    ageS: good === null ? null : Math.floor(good.ageS),
    doubt: !hears || lastHeard.isBelieved ? null : lastHeard.contactLost ? 'contact' : 'value',
    ceilingBpm: limits.ceilingBpm,
    overS:
      isGoing && live.aboveSinceS !== null && !isGone && !isOld
        ? Math.max(0, Math.floor(nowS - live.aboveSinceS))
        : null,
    trend: isGone || isOld ? null : trendOf(live, nowS),
    sound: isGoing ? soundOf(alarm, limits, nowS) : state === 'hard' ? 'high' : null,
    mutedLeftS: leftS(alarm.mutedUntilS),
    snoozedLeftS: leftS(alarm.snoozedUntilS),
    maySnooze: isGoing && alarm.phase === 'over' && !limits.extraWatch && alarm.snoozes < config.parameters.snoozeMax,
    latchedAtS: alarm.phase === 'hard' ? null : alarm.latchedAtS,
    startedAtMs: runner.startedAtMs,
    pausedForS:
      runner.phase === 'paused' && monitor.pausedSinceS !== null
        ? Math.max(0, Math.floor(nowS - monitor.pausedSinceS))
        : null,
    toldAtS: live.toldAtS,
  }
}

function trendOf({ recent }: LiveRunner, nowS: number): Tile['trend'] {
  const [first] = recent
  const last = recent.at(-1)
  if (first === undefined || last === undefined || nowS - last.atS > FRESH_S || last.atS - first.atS < TREND_MIN_S)
    return null
  const change = last.bpm - first.bpm
  return change >= TREND_BPM ? 'up' : change <= -TREND_BPM ? 'down' : 'level'
}

/** Rule E8: most urgent first; those alike stay in the order in which they joined. */
export const sortTiles = (lives: readonly LiveRunner[], nowMs: number, isClockUnsure = false): Tile[] =>
  lives
    .map((live, place) => ({ tile: tileOf(live, nowMs, isClockUnsure), place, live }))
    .map((one) => ({ ...one, urgency: orderOf(one.live, one.tile) }))
    .sort((a, b) => b.urgency - a.urgency || a.place - b.place)
    .map(({ tile }) => tile)

const orderOf = ({ runner, monitor }: LiveRunner, { state }: Tile): number => {
  if (runner.phase === 'running') return urgencyOf(monitor.alarm)
  if (state === 'hard') return urgencyOf({ ...monitor.alarm, phase: 'hard' })
  return runner.phase === 'stopped' ? -2 : -1
}

/** Rule E8: at most one sound at a time, the most urgent; of two alike the first. */
export function soundingTile(tiles: readonly Tile[]): Tile | null {
  const order: readonly (CuePriority | null)[] = ['high', 'medium', 'low', 'info', null]
  const loudest = tiles.reduce<Tile | null>(
    (best, tile) => (order.indexOf(tile.sound) < order.indexOf(best?.sound ?? null) ? tile : best),
    null,
  )
  return loudest
}
