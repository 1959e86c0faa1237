// A run as the lines of a small drawing that does not depend on a screen: pure, numbers in, coordinates out. The page draws by it for paper,
// and everything of a client is drawn by it for the zip that they take along.

/** What was judged, as columns: null where nothing could be. */
interface Judged {
  readonly elapsedS: readonly number[]
  readonly bpm: readonly (number | null)[]
}

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

/** @param range lowest and highest heart rate of the drawing
 *  @param size  of the drawing, where it is not that of paper */
export const scaleOf = (
  elapsedS: number,
  [lowest, highest]: readonly [number, number],
  { width, height, bottom } = { width: WIDTH, height: HEIGHT, bottom: BOTTOM },
): Scale => ({
  x: (atS) => round(LEFT + (Math.min(Math.max(atS, 0), elapsedS) / Math.max(1, elapsedS)) * (width - LEFT - RIGHT)),
  y: (bpm) =>
    round(
      TOP + (1 - (Math.min(Math.max(bpm, lowest), highest) - lowest) / (highest - lowest)) * (height - TOP - bottom),
    ),
})

export interface Point {
  readonly atS: number
  readonly bpm: number
}

/** The judged line in a few hundred points: of each bucket its lowest and highest, so that peaks stay. A sample holds for at
 *  most `holdLimitS` (rule C1): after a longer silence, or where nothing could be judged, the line breaks.
 *  @returns stretches without a hole */
export function thin(
  { smoothed, holdLimitS }: { readonly smoothed: Judged; readonly holdLimitS: number },
  elapsedS: number,
  mostBuckets = BUCKETS,
): Point[][] {
  const bucketS = Math.max(1, elapsedS / mostBuckets)
  return stretchesOf(smoothed, holdLimitS).map((stretch) => {
    const buckets = Map.groupBy(stretch, ({ atS }) => Math.floor(atS / bucketS))
    return [...buckets.values()].flatMap((points) => {
      const byBpm = points.toSorted((one, other) => one.bpm - other.bpm)
      const ends = [byBpm[0], byBpm.at(-1)].filter((point) => point !== undefined)
      return [...new Set(ends)].sort((one, other) => one.atS - other.atS)
    })
  })
}

function stretchesOf({ elapsedS, bpm }: Judged, holdLimitS: number): Point[][] {
  const stretches: Point[][] = []
  let open: Point[] | null = null
  elapsedS.forEach((atS, i) => {
    const value = bpm[i] ?? null
    const before = open?.at(-1)
    if (value === null || (before !== undefined && atS - before.atS > holdLimitS)) open = null
    if (value === null) return
    if (open === null) stretches.push((open = []))
    open.push({ atS, bpm: value })
  })
  return stretches
}

/** A stretch as the `d` of a path. */
export const pathOf = (stretch: readonly Point[], { x, y }: Scale): string =>
  // A lone point is a line to itself: with round ends it is a dot.
  (stretch.length === 1 ? [...stretch, ...stretch] : stretch)
    .map(({ atS, bpm }, i) => `${i === 0 ? 'M' : 'L'}${x(atS)} ${y(bpm)}`)
    .join('')

/** Whole steps of minutes along a run, about eight of them. */
export function minuteTicks(elapsedS: number): number[] {
  const minutes = elapsedS / 60
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 240].find((one) => minutes / one <= 8) ?? 480
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => i * step)
}

const round = (value: number): number => Math.round(value * 10) / 10
