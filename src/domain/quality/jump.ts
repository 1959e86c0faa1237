// Rule D2: a heart does not jump. A value out of reach of the last good one is a suspect, until enough suspects agree.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'

/** What the reducer remembers between samples; plain data. */
export interface JumpState {
  readonly lastGood: Point | null
  readonly lastSeenS: number
  readonly suspects: number
  readonly firstSuspectS: number
  readonly lastSuspect: Point | null
}
interface Point {
  readonly atS: number
  readonly bpm: number
}

export const noJumpYet: JumpState = {
  lastGood: null,
  lastSeenS: 0,
  suspects: 0,
  firstSuspectS: 0,
  lastSuspect: null,
}

/** Take one sample that passed D0 and D1.
 *  @returns whether it is believed, and the state for the next one */
export function stepJump(
  state: JumpState,
  atS: number,
  bpm: number,
  p: QualityParameters = qualityDefaults,
): { readonly ok: boolean; readonly state: JumpState } {
  const believed: JumpState = { ...noJumpYet, lastGood: { atS, bpm }, lastSeenS: atS }
  const { lastGood, lastSuspect } = state
  if (lastGood === null || atS - state.lastSeenS > p.jumpHoleS) return { ok: true, state: believed }
  const open = state.suspects > 0
  const reach = (from: Point) => {
    const dt = atS - from.atS
    return p.jumpBpmPerS * (open ? Math.min(dt, p.jumpOpenMaxS) : dt) + p.jumpSlackBpm
  }
  if (Math.abs(bpm - lastGood.bpm) <= reach(lastGood)) return { ok: true, state: believed }
  const agrees = lastSuspect !== null && Math.abs(bpm - lastSuspect.bpm) <= reach(lastSuspect)
  const suspects = agrees ? state.suspects + 1 : 1
  const firstSuspectS = agrees ? state.firstSuspectS : atS
  if (suspects >= p.jumpAgreeing && atS - firstSuspectS >= p.jumpAgreeingSpanS) return { ok: true, state: believed }
  return { ok: false, state: { lastGood, lastSeenS: atS, suspects, firstSuspectS, lastSuspect: { atS, bpm } } }
}
