// A run as the lines of a small drawing that does not depend on a screen: pure, numbers in, coordinates out.
import type { Series } from '../../api/api.ts'

export const WIDTH = 680
export const HEIGHT = 190
export const LEFT = 34
const RIGHT = 14
export const BOTTOM = 20
export const TOP = 14

/** More points than dots on paper serve nobody. */
const BUCKETS = 340

export interface Scale {
  readonly x: (atS: number) => number
  readonly y: (bpm: number) => number
}

/** @param range lowest and highest heart rate of the drawing */
export const scaleOf = (elapsedS: number, [lowest, highest]: readonly [number, number]): Scale => ({
  x: (atS) => round(LEFT + (Math.min(Math.max(atS, 0), elapsedS) / Math.max(1, elapsedS)) * (WIDTH - LEFT - RIGHT)),
  y: (bpm) =>
    round(
      TOP + (1 - (Math.min(Math.max(bpm, lowest), highest) - lowest) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM),
    ),
})

export interface Point {
  readonly atS: number
  readonly bpm: number
}

/** The judged line in at most a few hundred points, each with its lowest and highest: peaks stay, and holes stay holes.
 *  @returns stretches without a hole */
export function thin({ smoothed }: Pick<Series, 'smoothed'>, elapsedS: number): Point[][] {
  const widthS = Math.max(1, elapsedS / BUCKETS)
  const buckets: ({ low: Point; high: Point } | null)[] = Array.from({ length: BUCKETS + 1 }, () => null)
  smoothed.elapsedS.forEach((atS, i) => {
    const bpm = smoothed.bpm[i] ?? null
    const at = Math.min(BUCKETS, Math.floor(atS / widthS))
    if (bpm === null || atS < 0) return
    const before = buckets[at] ?? null
    const point = { atS, bpm }
    buckets[at] = {
      low: before === null || bpm < before.low.bpm ? point : before.low,
      high: before === null || bpm > before.high.bpm ? point : before.high,
    }
  })
  const stretches: Point[][] = [[]]
  for (const bucket of buckets) {
    if (bucket === null) stretches.push([])
    else {
      const both = bucket.low.atS < bucket.high.atS ? [bucket.low, bucket.high] : [bucket.high, bucket.low]
      stretches.at(-1)?.push(...(bucket.low === bucket.high ? [bucket.low] : both))
    }
  }
  return stretches.filter((stretch) => stretch.length > 0)
}

/** A stretch as the `d` of a path. */
export const pathOf = (stretch: readonly Point[], { x, y }: Scale): string =>
  stretch.map(({ atS, bpm }, i) => `${i === 0 ? 'M' : 'L'}${x(atS)} ${y(bpm)}`).join('')

/** Whole steps of minutes along a run, about eight of them. */
export function minuteTicks(elapsedS: number): number[] {
  const minutes = elapsedS / 60
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 240].find((one) => minutes / one <= 8) ?? 480
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => i * step)
}

const round = (value: number): number => Math.round(value * 10) / 10
