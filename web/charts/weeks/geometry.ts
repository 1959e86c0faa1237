// Positions of the marks in the small charts: numbers in, coordinates in a box of `WIDTH` by `HEIGHT` out. Pure.

export const WIDTH = 220
export const HEIGHT = 110
/** Room for the axis' words at the left and below. */
export const LEFT = 34
export const BOTTOM = 18
const TOP = 8
const RIGHT = 4

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const innerWidth = WIDTH - LEFT - RIGHT
const innerHeight = HEIGHT - TOP - BOTTOM

/** The middle of one of `count` places along x. */
export const middleOf = (index: number, count: number): number => LEFT + ((index + 0.5) / count) * innerWidth

/** A letter of an axis' words is at most so wide. */
const LETTER = 5.5

/** The middle of a word below one of `count` places: its own place, as far as the word stays in the box. */
export const wordAt = (index: number, count: number, text: string): number => {
  const half = (text.length * LETTER) / 2
  return Math.max(half, Math.min(WIDTH - half, middleOf(index, count)))
}

/** Up is more. @param most the top of the chart, over 0 */
export const heightOf = (value: number, most: number): number =>
  TOP + innerHeight * (1 - Math.min(1, Math.max(0, value / most)))

/** Bars from the ground up; null leaves a hole, 0 a line that can still be seen. */
export function barsOf(values: readonly (number | null)[], most: number): (Box | null)[] {
  const width = (innerWidth / values.length) * 0.64
  return values.map((value, i) => {
    if (value === null) return null
    const y = heightOf(value, most)
    const height = Math.max(1, HEIGHT - BOTTOM - y)
    return { x: middleOf(i, values.length) - width / 2, y: HEIGHT - BOTTOM - height, width, height }
  })
}

/** A line as the `d` of a path; holes stay holes. */
export function lineOf(values: readonly (number | null)[], most: number): string {
  let isDrawing = false
  return values
    .map((value, i) => {
      if (value === null) {
        isDrawing = false
        return ''
      }
      const command = isDrawing ? 'L' : 'M'
      isDrawing = true
      return `${command}${round(middleOf(i, values.length))} ${round(heightOf(value, most))}`
    })
    .join('')
}

/** A round number at or above the highest value, for the top of a chart.
 *  @param least never below this */
export function topOf(values: readonly (number | null)[], least: number): number {
  const most = Math.max(least, ...values.map((value) => value ?? 0))
  const step = 10 ** Math.floor(Math.log10(most)) / 2
  return Math.ceil(most / step) * step
}

/** Of a run in a week: weeks along x with their days inside, the hour of the day from midnight at the top downwards. */
export const dotOf = (week: number, weeks: number, weekday: number, hour: number, minute: number) => ({
  x: round(LEFT + ((week + (weekday - 0.5) / 7) / weeks) * innerWidth),
  y: round(hourY(hour + minute / 60)),
})

/** Where an hour of the day lies; midnight is the top, the next one the bottom. */
export const hourY = (hour: number): number => TOP + (hour / 24) * innerHeight

const round = (value: number): number => Math.round(value * 10) / 10
