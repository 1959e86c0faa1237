// Positions of a client's answers over eight weeks on a small chart. A day is a day of the local calendar, like its
// labels and like the rules count (G13); a number of hours does not decide it. Pure.
import { localMoment } from '../../src/domain/patterns/local-day.ts'
import { heightOf, middleOf } from './weeks/geometry.ts'

const DAYS = 56

interface SelfReport {
  readonly atMs: number
  /** Null where it was not told. */
  readonly value: number | null
}

export interface UsualPoints {
  /** The top of the chart: `least`, or the highest value where that is more. */
  readonly most: number
  /** Oldest first. */
  readonly points: readonly { readonly atMs: number; readonly value: number; readonly x: number; readonly y: number }[]
  /** Days since 1970 from left to right. */
  readonly days: readonly number[]
}

/** @param timeZone IANA name */
export function usualPoints(told: readonly SelfReport[], least: number, nowMs: number, timeZone: string): UsualPoints {
  const first = localMoment(nowMs, timeZone).day - DAYS + 1
  const shown = told
    .flatMap(({ atMs, value }) => {
      const index = localMoment(atMs, timeZone).day - first
      return value === null || index < 0 || index >= DAYS ? [] : [{ atMs, value, x: middleOf(index, DAYS) }]
    })
    .toSorted((a, b) => a.atMs - b.atMs)
  const most = Math.max(least, ...shown.map(({ value }) => value))
  return {
    most,
    points: shown.map((one) => ({ ...one, y: heightOf(one.value, most) })),
    days: Array.from({ length: DAYS }, (_, i) => first + i),
  }
}

/** As the `d` of a path. */
export const pathOf = (points: UsualPoints['points']): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
