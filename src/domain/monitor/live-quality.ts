// Section D while the samples arrive: each gets the mark that can be known by then. What only shows later (the first 90 s
// of a frozen sensor, a dry strap, the beginning of a cadence lock) is marked again by `markQuality` in the report.
import { NO_VALUE, OK, markNumber } from '../quality/mark-quality.ts'
import { canCountSteps, isLockedAtEnd } from '../quality/cadence-lock.ts'
import { startJump, stepJump, type JumpState } from '../quality/jump.ts'
import { markRange } from '../quality/range.ts'
import { eachHeld } from '../quality/resample.ts'
import type { QualityParameters } from '../parameters/quality.ts'
import type { MonitorParameters } from '../parameters/monitor.ts'
import type { SensorKind } from '../recording.ts'

/** What a sensor said at one moment. */
export interface LiveSample {
  readonly atS: number
  /** Null where it said "no value"; 0 stays 0 (rule D1: a dropout). */
  readonly bpm: number | null
  readonly contactLost: boolean
  /** RR intervals that ended since the sample before, oldest first. */
  readonly rrMs: readonly number[]
  /** Steps per minute, null where unknown. */
  readonly cadencePerMin: number | null
}

/** Plain data. */
export interface LiveQualityState {
  jump: JumpState
  /** The stretch of one identical value that is running. */
  still: Still | null
  rrList: { rrMs: readonly number[]; count: number }
  /** In-range samples of the last minute and a bit, for the rules that look back: D5's roughness, D6. */
  recent: RecentSample[]
  /** Rule D6: the last sample was a step count; so is every next one that follows the steps. */
  locked: boolean
}
interface Still {
  bpm: number
  sinceS: number
  lastS: number
  rrCount: number
  rrKinds: number[]
}
interface RecentSample {
  readonly atS: number
  readonly bpm: number
  readonly cadencePerMin: number | null
}

export const startLiveQuality = (): LiveQualityState => ({
  jump: startJump(),
  still: null,
  rrList: { rrMs: [], count: 0 },
  recent: [],
  locked: false,
})

export interface SensorFacts {
  readonly sensor: SensorKind
  readonly sport: string
  /** Whether the samples are a strap's own notifications, each with its RR list. */
  readonly notifications: boolean
}

/** Mark one sample, in order of time; changes the state in place.
 *  @returns the mark number, as `markQuality` gives them */
export function markLive(
  state: LiveQualityState,
  sample: LiveSample,
  facts: SensorFacts,
  p: QualityParameters & MonitorParameters,
): number {
  const { atS, bpm } = sample
  if (sample.contactLost) return markNumber('no_contact')
  const range = markRange(bpm, p)
  if (range === null || bpm === null) return NO_VALUE
  if (range !== 'ok') return markNumber(range)
  const believed = stepJump(state.jump, atS, bpm, p)
  const frozen = isStill(state, sample, bpm, p) || (facts.notifications && isRepeating(state, sample.rrMs, p))
  const mayLock = canCountSteps(facts)
  const looksBack = mayLock || atS <= p.checkStrapFirstS
  if (looksBack) remember(state, sample, bpm, mayLock ? p.lockWindowS + p.lockRiseS : p.checkStrapWindowS)
  else if (state.recent.length > 0) state.recent = []
  state.locked = mayLock && isLocked(state, p)
  if (!believed) return markNumber('jump')
  if (frozen) return markNumber('frozen')
  return state.locked ? markNumber('cadence_lock') : OK
}

/** A pause ends a stretch of one value. */
export function pauseLiveQuality(state: LiveQualityState): void {
  state.still = null
}

/** Rule D5 live: the signal of the last minute is as rough as a dry strap's, early in the run. It proves nothing. */
export function isRough(
  state: LiveQualityState,
  atS: number,
  facts: SensorFacts,
  p: QualityParameters & MonitorParameters,
): boolean {
  if (atS > p.checkStrapFirstS || facts.sensor === 'wrist' || facts.sensor === 'arm') return false
  let steps = 0
  let rough = 0
  for (let i = 1; i < state.recent.length; i++) {
    const [before, after] = [state.recent[i - 1], state.recent[i]]
    if (before.atS <= atS - p.checkStrapWindowS || after.atS - before.atS > p.dryRoughStepMaxS) continue
    steps++
    if (Math.abs(after.bpm - before.bpm) >= p.dryRoughStepBpm) rough++
  }
  return steps > 0 && rough / steps >= p.dryRoughShare
}

/** Rule D3, from the moment that 90 s are reached. */
function isStill(state: LiveQualityState, { atS, rrMs }: LiveSample, bpm: number, p: QualityParameters): boolean {
  const { still } = state
  if (still === null || still.bpm !== bpm || atS - still.lastS > p.holdMaxS) {
    state.still = restart(still, bpm, atS)
    return false
  }
  still.lastS = atS
  still.rrCount += rrMs.length
  for (const rr of rrMs)
    if (still.rrKinds.length < p.frozenRrKinds && !still.rrKinds.includes(rr)) still.rrKinds.push(rr)
  const isAlive = still.rrCount >= p.frozenRrCount && still.rrKinds.length >= p.frozenRrKinds
  return atS - still.sinceS >= p.frozenS && !isAlive
}

function restart(still: Still | null, bpm: number, atS: number): Still {
  if (still === null) return { bpm, sinceS: atS, lastS: atS, rrCount: 0, rrKinds: [] }
  still.bpm = bpm
  still.sinceS = atS
  still.lastS = atS
  still.rrCount = 0
  if (still.rrKinds.length > 0) still.rrKinds = []
  return still
}

/** Rule D3: ten notifications in a row with the very same RR list. */
function isRepeating(state: LiveQualityState, rrMs: readonly number[], p: QualityParameters): boolean {
  const last = state.rrList.rrMs
  const same = rrMs.length > 0 && rrMs.length === last.length && rrMs.every((rr, i) => rr === last[i])
  state.rrList = { rrMs, count: same ? state.rrList.count + 1 : 1 }
  return state.rrList.count >= p.frozenRrRepeats
}

function remember(state: LiveQualityState, sample: LiveSample, bpm: number, windowS: number): void {
  const { atS, cadencePerMin } = sample
  while (state.recent.length > 0 && state.recent[0].atS <= atS - windowS) state.recent.shift()
  state.recent.push({ atS, bpm, cadencePerMin })
}

/** Rule D6 over the minute that ends here, with the 20 s before it. */
function isLocked({ recent, locked }: LiveQualityState, p: QualityParameters): boolean {
  const last = recent[recent.length - 1]
  if (!isInBand(last, p)) return false
  if (locked) return true
  // Cheap first: resampling a minute at every heartbeat is worth it only where most of what came lately follows the steps.
  if (!isMostlyInBand(recent, last.atS - p.lockJumpWindowS, p)) return false
  const seconds = p.lockWindowS + p.lockRiseS
  const fromS = Math.floor(last.atS) - seconds + 1
  const times: number[] = []
  for (const { atS } of recent) times.push(atS)
  const [bpm, cadence]: [number[], number[]] = [[], []]
  eachHeld(times, fromS, seconds, p.holdMaxS, (i) => {
    bpm.push(i < 0 ? Number.NaN : recent[i].bpm)
    cadence.push(i < 0 ? Number.NaN : (recent[i].cadencePerMin ?? Number.NaN))
  })
  return isLockedAtEnd(bpm, cadence, p)
}

const isInBand = ({ bpm, cadencePerMin }: RecentSample, { lockBandPerMin }: QualityParameters): boolean =>
  cadencePerMin !== null && Math.abs(bpm - cadencePerMin) <= lockBandPerMin

/** At least half of the samples after this moment. */
function isMostlyInBand(recent: readonly RecentSample[], afterS: number, p: QualityParameters): boolean {
  let [count, inBand] = [0, 0]
  for (let i = recent.length - 1; i >= 0 && recent[i].atS > afterS; i--) {
    count++
    if (isInBand(recent[i], p)) inBand++
  }
  return 2 * inBand >= count
}
