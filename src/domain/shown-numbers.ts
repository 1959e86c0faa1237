// Rule C7: how seconds and shares become the whole numbers that people read. Every sentence, table, page for the file and text
// of a chart takes them from here, so that no two of them contradict each other. Nothing is judged by a shown number.
import { SLACK } from './rounding.ts'

/** Whole minutes, to the nearest. */
export const wholeMinutes = (s: number): number => Math.floor(s / 60 + 0.5 + SLACK)

/** A share as whole percents, rounded down: 89.9 % is not 90 %. */
export const wholePercent = (share: number): number => Math.floor(share * 100 + SLACK)

/** What is left of a share in whole percents: 89.9 % calm is 11 % above, for the two are a hundred. */
export const restPercent = (share: number): number => 100 - wholePercent(1 - share)

export interface ShownMinutes {
  readonly moving: number
  /** Calm and above; with the minutes without a reading it is what was moved. */
  readonly measured: number
  readonly calm: number
  readonly above: number
  readonly unmeasured: number
}

/** The minutes of a run as parts that add up to the minutes moved: each is whole, and the minutes that are left over go to the
 *  parts of which the most was cut off. In doubt none of them goes to the calm part. So a run that was calm for all of its
 *  29:59 was calm for 30 of 30 minutes, and half a minute above is a minute above. */
export function shownMinutes({
  movingS,
  goodS,
  calmS,
}: {
  readonly movingS: number
  readonly goodS: number
  readonly calmS: number
}): ShownMinutes {
  const moving = wholeMinutes(movingS)
  const seconds = [movingS - goodS, goodS - calmS, calmS].map((s) => Math.max(0, s))
  const parts = seconds.map((s) => Math.floor(s / 60 + SLACK))
  const cutOff = seconds.map((s, part) => ({ part, s: s - 60 * (parts[part] ?? 0) }))
  const left = moving - parts.reduce((sum, minutes) => sum + minutes, 0)
  const byMost = cutOff.toSorted((a, b) => (Math.abs(a.s - b.s) > 60 * SLACK ? b.s - a.s : a.part - b.part))
  for (const { part } of byMost.slice(0, Math.max(0, left))) parts[part] = (parts[part] ?? 0) + 1
  const [unmeasured = 0, above = 0, calm = 0] = parts
  return { moving, measured: calm + above, calm, above, unmeasured }
}

/** A stretch of time: seconds while it is under a minute. */
export type ShownTime = { readonly minutes: number } | { readonly seconds: number }

/** @param minutes where it is a part of a run, its part of the minutes of that run */
export function shownTime(s: number, minutes = wholeMinutes(s)): ShownTime {
  const seconds = Math.floor(s + 0.5 + SLACK)
  return seconds < 60 ? { seconds } : { minutes: Math.max(1, minutes) }
}
