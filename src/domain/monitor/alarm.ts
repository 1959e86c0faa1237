// Section E: the alarm of one runner, over smoothed heart rates in order of time. The monitor feeds it on the phone and
// the server folds it over a file; it must never give a cue from anything but a good value or from silence.
import type { Cue, CuePriority } from '../cue.ts'
import type { MonitorParameters } from '../parameters/monitor.ts'
import { SLACK } from '../rounding.ts'

export const alarmPhases = ['calm', 'over', 'not_easing', 'hard', 'no_signal'] as const
export type AlarmPhase = (typeof alarmPhases)[number]

/** What the alarm judges by; null limits give no cue of their kind. */
export interface AlarmLimits {
  readonly ceilingBpm: number | null
  readonly hardBpm: number | null
  readonly extraWatch: boolean
}

/** Plain data. Times are seconds since the start of the run; null is "this clock does not run". */
export interface AlarmState {
  phase: AlarmPhase
  /** What the phase was when the signal was lost: it decides how urgent the silence is. */
  lostFrom: Exclude<AlarmPhase, 'no_signal'>
  lastGoodS: number
  lastBpm: number | null
  backSinceS: number | null
  overSinceS: number | null
  dipSinceS: number | null
  hardSinceS: number | null
  belowHardSinceS: number | null
  clearSinceS: number | null
  bandSinceS: number | null
  /** The cue that easing off is measured from, re-based when it did ease. */
  cueAtS: number
  cueBpm: number
  firstCueAtS: number
  overAtS: number[]
  repeated: boolean
  /** The line "above the hard limit at …" stays until acknowledged after it ended. */
  latchedAtS: number | null
  mutedUntilS: number | null
  snoozedUntilS: number | null
  snoozes: number
}

export const startAlarm = (startS: number): AlarmState => ({
  phase: 'calm',
  lostFrom: 'calm',
  lastGoodS: startS,
  lastBpm: null,
  backSinceS: null,
  overSinceS: null,
  dipSinceS: null,
  hardSinceS: null,
  belowHardSinceS: null,
  clearSinceS: null,
  bandSinceS: null,
  cueAtS: 0,
  cueBpm: 0,
  firstCueAtS: 0,
  overAtS: [],
  repeated: false,
  latchedAtS: null,
  mutedUntilS: null,
  snoozedUntilS: null,
  snoozes: 0,
})

type Emit = (cue: Cue) => void

const lasted = (sinceS: number | null, atS: number, holdS: number): boolean =>
  sinceS !== null && atS - sinceS >= holdS - SLACK

/** A bad or absent value. Changes the state in place, as all of this file does: `stepMonitor` copies it first. */
export function feedNothing(alarm: AlarmState, atS: number, p: MonitorParameters, emit: Emit): void {
  if (alarm.lastGoodS + p.noSignalS <= atS + SLACK) loseSignal(alarm, p, emit)
  alarm.backSinceS = null
}

/** Time has passed up to, and not including, this moment, and all that was measured before it is known. */
export function passTime(alarm: AlarmState, atS: number, p: MonitorParameters, emit: Emit): void {
  if (alarm.lastGoodS + p.noSignalS < atS - SLACK) loseSignal(alarm, p, emit)
}

/** Rule E1. The moment is computed, so that it does not depend on when somebody looked. */
function loseSignal(alarm: AlarmState, p: MonitorParameters, emit: Emit): void {
  if (alarm.phase === 'no_signal') return
  alarm.lostFrom = alarm.phase
  emit([alarm.lastGoodS + p.noSignalS, 'NO_SIGNAL', alarm.phase === 'calm' ? 'low' : 'medium'])
  enter(alarm, 'no_signal')
  alarm.backSinceS = null
}

/** One good smoothed heart rate. */
export function feedHeartRate(
  alarm: AlarmState,
  limits: AlarmLimits,
  atS: number,
  bpm: number,
  p: MonitorParameters,
  emit: Emit,
): void {
  passTime(alarm, atS, p, emit)
  const silentS = atS - alarm.lastGoodS
  alarm.lastGoodS = atS
  alarm.lastBpm = bpm
  if (alarm.phase === 'no_signal') {
    if (alarm.backSinceS === null || silentS > p.backGapS) alarm.backSinceS = atS
    if (!lasted(alarm.backSinceS, atS, p.backHoldS)) return
    emit([atS, 'SIGNAL_BACK', 'info'])
    restartClocks(alarm)
  }
  const { ceilingBpm, hardBpm } = limits
  // The limit that the alarm is about was taken away: nothing could end it any more.
  if (alarm.phase !== 'calm' && ceilingBpm === null && (alarm.phase !== 'hard' || hardBpm === null)) {
    emit([atS, alarm.phase === 'hard' ? 'HARD_ENDED' : 'CLEARED', 'info'])
    restartClocks(alarm)
  }
  if (hardBpm !== null) {
    alarm.hardSinceS = bpm >= hardBpm ? (alarm.hardSinceS ?? atS) : null
    if (alarm.phase === 'hard') return easeFromHard(alarm, limits, hardBpm, atS, bpm, p, emit)
    if (lasted(alarm.hardSinceS, atS, p.hardHoldS)) {
      enter(alarm, 'hard')
      alarm.belowHardSinceS = null
      alarm.latchedAtS = atS
      return emit([atS, 'HARD', 'high'])
    }
  }
  if (ceilingBpm === null) return
  if (alarm.phase === 'calm') watchCeiling(alarm, limits, ceilingBpm, atS, bpm, p, emit)
  else watchEasing(alarm, limits, ceilingBpm, atS, bpm, p, emit)
}

/** Calm, with every clock at zero. Latch, repeats and snoozes stay: they belong to the run. */
export function restartClocks(alarm: AlarmState): void {
  enter(alarm, 'calm')
  alarm.backSinceS = null
  alarm.overSinceS = null
  alarm.dipSinceS = null
  alarm.hardSinceS = null
  alarm.belowHardSinceS = null
  alarm.clearSinceS = null
  alarm.bandSinceS = null
}

/** Rule E2: how HARD ends. */
function easeFromHard(
  alarm: AlarmState,
  limits: AlarmLimits,
  hardBpm: number,
  atS: number,
  bpm: number,
  p: MonitorParameters,
  emit: Emit,
): void {
  alarm.belowHardSinceS = bpm <= hardBpm - p.hardMarginBpm ? (alarm.belowHardSinceS ?? atS) : null
  if (!lasted(alarm.belowHardSinceS, atS, p.hardClearHoldS)) return
  emit([atS, 'HARD_ENDED', 'info'])
  restartClocks(alarm)
  if (limits.ceilingBpm !== null && bpm > limits.ceilingBpm) giveOver(alarm, atS, bpm, p, emit)
}

/** Rule E3: from calm to OVER. A dip shorter than 5 s does not reset the clock. */
function watchCeiling(
  alarm: AlarmState,
  limits: AlarmLimits,
  ceilingBpm: number,
  atS: number,
  bpm: number,
  p: MonitorParameters,
  emit: Emit,
): void {
  if (lasted(alarm.dipSinceS, atS, p.dipToleranceS)) {
    alarm.overSinceS = null
    alarm.dipSinceS = null
  }
  if (bpm <= ceilingBpm) {
    if (alarm.overSinceS !== null) alarm.dipSinceS ??= atS
    return
  }
  alarm.dipSinceS = null
  alarm.overSinceS ??= atS
  if (lasted(alarm.overSinceS, atS, limits.extraWatch ? p.overHoldExtraS : p.overHoldS))
    giveOver(alarm, atS, bpm, p, emit)
}

/** Rules E4 and E5: from OVER or NOT_EASING back to calm, or on from OVER to NOT_EASING. */
function watchEasing(
  alarm: AlarmState,
  limits: AlarmLimits,
  ceilingBpm: number,
  atS: number,
  bpm: number,
  p: MonitorParameters,
  emit: Emit,
): void {
  alarm.clearSinceS = bpm <= ceilingBpm - p.clearMarginBpm ? (alarm.clearSinceS ?? atS) : null
  alarm.bandSinceS = bpm <= ceilingBpm ? (alarm.bandSinceS ?? atS) : null
  if (lasted(alarm.clearSinceS, atS, p.clearHoldS) || lasted(alarm.bandSinceS, atS, p.bandHoldS)) {
    emit([atS, 'CLEARED', 'info'])
    return restartClocks(alarm)
  }
  const easeAfterS = limits.extraWatch ? p.easeAfterExtraS : p.easeAfterS
  if (alarm.phase !== 'over' || bpm <= ceilingBpm || !lasted(alarm.cueAtS, atS, easeAfterS)) return
  if (alarm.cueBpm - bpm < p.easeDropBpm - SLACK || lasted(alarm.firstCueAtS, atS, p.easeMaxS)) {
    enter(alarm, 'not_easing')
    emit([atS, 'NOT_EASING', 'high'])
  } else {
    alarm.cueAtS = atS
    alarm.cueBpm = bpm
  }
}

function giveOver(alarm: AlarmState, atS: number, bpm: number, p: MonitorParameters, emit: Emit): void {
  enter(alarm, 'over')
  alarm.clearSinceS = null
  alarm.bandSinceS = null
  alarm.cueAtS = atS
  alarm.cueBpm = bpm
  alarm.firstCueAtS = atS
  alarm.overAtS = [...alarm.overAtS.filter((earlierS) => atS - earlierS <= p.repeatWindowS + SLACK), atS]
  emit([atS, 'OVER', 'medium'])
  // Rule E6: once a run.
  if (alarm.repeated || alarm.overAtS.length < p.repeatCount) return
  alarm.repeated = true
  emit([atS, 'REPEATED', 'medium'])
}

/** Rule E7: a new higher state un-mutes. */
function enter(alarm: AlarmState, phase: AlarmPhase): void {
  if (phaseUrgency[phase] > phaseUrgency[alarm.phase]) {
    alarm.mutedUntilS = null
    alarm.snoozedUntilS = null
  }
  alarm.phase = phase
}

const phaseUrgency: Readonly<Record<AlarmPhase, number>> = { calm: 0, no_signal: 1, over: 2, not_easing: 3, hard: 4 }

/** Rule E7: mutes the sound for 60 s, or takes down the latched line once HARD is over. */
export function acknowledge(alarm: AlarmState, atS: number, p: MonitorParameters, emit: Emit): void {
  if (alarm.latchedAtS !== null && alarm.phase !== 'hard') {
    alarm.latchedAtS = null
    emit([atS, 'ACK_LATCH', 'info'])
  } else if (alarm.phase !== 'calm') emit([atS, 'ACK', 'info'])
  if (alarm.phase !== 'calm') alarm.mutedUntilS = atS + p.muteS
}

/** Rule E7: silences OVER for 180 s, at most twice a run; it never stops the escalation. */
export function snooze(alarm: AlarmState, limits: AlarmLimits, atS: number, p: MonitorParameters, emit: Emit): void {
  if (alarm.phase !== 'over' || limits.extraWatch || alarm.snoozes >= p.snoozeMax)
    return emit([atS, 'SNOOZE_REFUSED', 'info'])
  alarm.snoozes++
  alarm.snoozedUntilS = atS + p.snoozeS
  emit([atS, 'SNOOZE', 'info'])
}

/** Rules E4, E7: what should sound now. Silent while muted or snoozed, and once the heart rate is back at or under the
 *  limit that its state is about.
 *  @returns null for silence */
export function soundOf(alarm: AlarmState, limits: AlarmLimits, atS: number): CuePriority | null {
  if ((alarm.mutedUntilS ?? 0) > atS || (alarm.phase === 'over' && (alarm.snoozedUntilS ?? 0) > atS)) return null
  const isAbove = (limitBpm: number | null) => limitBpm !== null && alarm.lastBpm !== null && alarm.lastBpm > limitBpm
  switch (alarm.phase) {
    case 'calm':
      return null
    case 'no_signal':
      return alarm.lostFrom === 'calm' ? 'low' : 'medium'
    case 'over':
      return isAbove(limits.ceilingBpm) ? 'medium' : null
    case 'not_easing':
      return isAbove(limits.ceilingBpm) ? 'high' : null
    case 'hard':
      return isAbove(limits.ceilingBpm ?? limits.hardBpm) ? 'high' : null
  }
}

/** Rule E8: the order of tiles, most urgent highest. A silent runner who was over comes before one who is only over. */
export function urgencyOf(alarm: AlarmState): number {
  const order: readonly AlarmPhase[] = ['calm', 'no_signal', 'over', 'not_easing', 'hard']
  if (alarm.phase === 'no_signal' && alarm.lostFrom !== 'calm') return order.indexOf('over') + 0.5
  return order.indexOf(alarm.phase)
}
