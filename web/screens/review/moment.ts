// The part of a run that a flag is about, and how much around it a chart shows.
import { firstSpanOf } from '../../../src/domain/review/moment-of-flag.ts'

/** product choice: what led to it and what came of it. */
const AROUND_S = 240

/** The first stretch that the rule used; null where it points at the run as a whole. */
export const momentOfFlag = firstSpanOf

/** Null shows the whole run. */
export function windowAround(
  moment: readonly [number, number] | null,
  elapsedS: number,
): readonly [number, number] | null {
  if (moment === null) return null
  const from = Math.max(0, moment[0] - AROUND_S)
  const to = Math.min(elapsedS, moment[1] + AROUND_S)
  return to - from > 30 ? [from, to] : null
}
