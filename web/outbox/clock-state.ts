// The core of the recorder's clock: whole epoch milliseconds that never go back. It follows the page's steady clock,
// which nobody sets. It compares how far the wall clock and the steady clock moved between two readings. If the phone
// slept, it jumps after the wall clock. If somebody set the clock, it continues unbroken and says so. Pure;
// `recorder-clock.ts` reads the page.
import { startArrivals, takeArrival, type Arrivals } from '../../src/formats/strap/arrivals.ts'
import { DECIDE_MS, judgeStep, type Witness } from './clock-step.ts'

/** Such a difference between two readings is no drift … product choice. */
export const STEP_MS = 2000
/** Nobody read the clock for so long though it is read each second: the page was frozen … product choice. */
export const FROZEN_MS = 5000
/** The network moves a clock slowly by up to half of this; so much is followed without a word. */
const DRIFT_SHARE = 0.001
/** A strap that told until so many of its distances ago is a witness. */
const WITNESS_DISTANCES = 1.5

export interface Reading {
  /** `Date.now()` */
  readonly wallMs: number
  /** `performance.now()` */
  readonly steadyMs: number
  /** The page was hidden at some moment since the reading before. */
  readonly wasHidden: boolean
  /** The screen was kept on all the time since then. */
  readonly isHeldAwake: boolean
}

/** Changed in place. */
export interface ClockState {
  /** The clock's time less the steady one. */
  baseMs: number
  /** The wall clock less this clock, as far as it is explained. */
  wallAheadMs: number
  /** As it was last read. */
  lastMs: number
  lastSteadyMs: number
  /** A step of the wall clock that is not explained yet. */
  step: Step | null
  /** Notifications of straps, by the steady clock. */
  readonly straps: Map<string, Arrivals>
}
interface Step {
  aheadMs: number
  readonly sinceMs: number
  readonly seenSteadyMs: number
  readonly wasHidden: boolean
  readonly isHeldAwake: boolean
  readonly witnesses: Map<string, { readonly usualMs: number; readonly lastMs: number; readonly cameMs: number[] }>
}

/** What a clock found out, at `atMs` of its own time. `missed`: what straps sent since then may be missing. `set`: somebody
 *  set the phone's clock by so much. */
export type ClockEvent =
  | { readonly kind: 'missed'; readonly atMs: number; readonly sinceMs: number }
  | { readonly kind: 'set'; readonly atMs: number; readonly setMs: number }

/** @param setMs    by how much the phone's clock was set since the run began; its stream does not follow that
 *  @param notBeforeMs of the last entry on disk; null where there is none */
export function startClock(
  { wallMs, steadyMs }: Pick<Reading, 'wallMs' | 'steadyMs'>,
  notBeforeMs: number | null,
  setMs = 0,
): ClockState {
  const fromMs = Math.floor(Math.max(wallMs - setMs, notBeforeMs ?? -Infinity))
  return {
    baseMs: fromMs - steadyMs,
    wallAheadMs: wallMs - fromMs,
    lastMs: fromMs,
    lastSteadyMs: steadyMs,
    step: null,
    straps: new Map(),
  }
}

/** Some strap told something now. */
export function hearStrap(clock: ClockState, strapId: string, steadyMs: number): void {
  const arrivals = clock.straps.get(strapId) ?? startArrivals(-Infinity)
  clock.straps.set(strapId, arrivals)
  takeArrival(arrivals, steadyMs)
  clock.step?.witnesses.get(strapId)?.cameMs.push(steadyMs)
}

/** @returns what was found out, in order; the time afterwards is `clock.lastMs` */
export function readClock(clock: ClockState, reading: Reading): readonly ClockEvent[] {
  const { wallMs, steadyMs } = reading
  const beforeMs = clock.lastMs
  const wentMs = steadyMs - clock.lastSteadyMs
  const wasFrozen = wentMs > FROZEN_MS
  const aheadMs = wallMs - clock.wallAheadMs - (clock.baseMs + steadyMs)
  const events: ClockEvent[] = []
  clock.lastSteadyMs = steadyMs
  clock.lastMs = Math.max(beforeMs, Math.floor(clock.baseMs + steadyMs))
  if (Math.abs(aheadMs) <= STEP_MS)
    clock.wallAheadMs += Math.sign(aheadMs) * Math.min(Math.abs(aheadMs), wentMs * DRIFT_SHARE)
  else {
    clock.wallAheadMs += aheadMs
    if (aheadMs > 0) noteStep(clock, aheadMs, beforeMs, reading)
    else events.push({ kind: 'set', atMs: clock.lastMs, setMs: Math.round(aheadMs) })
  }
  const found = judge(clock, reading, wasFrozen)
  events.push(...found)
  if (wasFrozen && found.every(({ kind }) => kind !== 'missed'))
    events.push({ kind: 'missed', atMs: clock.lastMs, sinceMs: beforeMs })
  return events
}

/** Decide now, by what is known. */
export const settleClock = (clock: ClockState, reading: Reading): readonly ClockEvent[] => judge(clock, reading, true)

function noteStep(clock: ClockState, aheadMs: number, sinceMs: number, reading: Reading): void {
  const { steadyMs, wasHidden, isHeldAwake } = reading
  if (clock.step !== null) {
    clock.step.aheadMs += aheadMs
    return
  }
  const witnesses: Step['witnesses'] = new Map()
  for (const [id, { hasUsual, usualMs, lastAtMs, doubt }] of clock.straps)
    if (hasUsual && doubt === null && lastAtMs !== null && steadyMs - lastAtMs <= WITNESS_DISTANCES * usualMs)
      witnesses.set(id, { usualMs, lastMs: lastAtMs, cameMs: [] })
  clock.step = { aheadMs, sinceMs, seenSteadyMs: steadyMs, wasHidden, isHeldAwake, witnesses }
}

function judge(clock: ClockState, { steadyMs, wasHidden }: Reading, isLast: boolean): ClockEvent[] {
  const { step } = clock
  if (step === null) return []
  const forMs = isLast ? DECIDE_MS : steadyMs - step.seenSteadyMs
  const witnesses: Witness[] = [...step.witnesses.values()]
  const verdict = judgeStep({ ...step, wasHidden: step.wasHidden || wasHidden, forMs, witnesses })
  if (verdict === null) return []
  clock.step = null
  const setMs = Math.round(step.aheadMs)
  // Whatever came since the step was seen has its time behind it.
  const seenMs = Math.floor(clock.baseMs + step.seenSteadyMs)
  if (verdict === 'set') return [{ kind: 'set', atMs: seenMs, setMs }]
  clock.baseMs += step.aheadMs
  clock.wallAheadMs -= step.aheadMs
  const wokeMs = Math.max(clock.lastMs, Math.floor(clock.baseMs + step.seenSteadyMs))
  clock.lastMs = Math.max(wokeMs, Math.floor(clock.baseMs + steadyMs))
  return [{ kind: 'missed', atMs: wokeMs, sinceMs: step.sinceMs }]
}
