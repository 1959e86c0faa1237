// Rule D2: a heart does not jump. A value out of reach of the last good one is a suspect, until enough suspects agree.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'

/** What the reducer remembers between samples; plain data. */
export interface JumpState {
  /** Null before the first believed sample. */
  lastGoodS: number | null
  lastGoodBpm: number
  lastSeenS: number
  /** Suspects that agree with each other; the last of them stands below. */
  suspects: number
  firstSuspectS: number
  lastSuspectS: number
  lastSuspectBpm: number
}

export const startJump = (): JumpState => ({
  lastGoodS: null,
  lastGoodBpm: 0,
  lastSeenS: 0,
  suspects: 0,
  firstSuspectS: 0,
  lastSuspectS: 0,
  lastSuspectBpm: 0,
})

/** Take one sample that passed D0 and D1, in place.
 *  @returns whether it is believed */
export function stepJump(state: JumpState, atS: number, bpm: number, p: QualityParameters = qualityDefaults): boolean {
  const silentS = atS - state.lastSeenS
  state.lastSeenS = atS
  if (state.lastGoodS === null || silentS > p.jumpHoleS) return believe(state, atS, bpm)
  const isOpen = state.suspects > 0
  if (isInReach(atS - state.lastGoodS, bpm - state.lastGoodBpm, isOpen, p)) return believe(state, atS, bpm)
  const agrees = isOpen && isInReach(atS - state.lastSuspectS, bpm - state.lastSuspectBpm, isOpen, p)
  state.suspects = agrees ? state.suspects + 1 : 1
  if (!agrees) state.firstSuspectS = atS
  if (state.suspects >= p.jumpAgreeing && atS - state.firstSuspectS >= p.jumpAgreeingSpanS)
    return believe(state, atS, bpm)
  state.lastSuspectS = atS
  state.lastSuspectBpm = bpm
  return false
}

function believe(state: JumpState, atS: number, bpm: number): true {
  state.lastGoodS = atS
  state.lastGoodBpm = bpm
  state.suspects = 0
  return true
}

function isInReach(afterS: number, differenceBpm: number, isOpen: boolean, p: QualityParameters): boolean {
  const countedS = isOpen ? Math.min(afterS, p.jumpOpenMaxS) : afterS
  return Math.abs(differenceBpm) <= p.jumpBpmPerS * countedS + p.jumpSlackBpm
}
