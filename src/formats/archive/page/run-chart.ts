// The heart rate of one run as a drawing that needs no script: what was judged, and the calm limit. Its text is the caption, which is
// read once; to who listens the drawing itself says nothing more.
import type { ExportedRun } from '../../export/exported-run.ts'
import { prepareRun } from '../../export/second-rows.ts'
import { LEFT, minuteTicks, pathOf, scaleOf, thin, type Scale } from '../../drawing/geometry.ts'
import { element, escapeHtml } from './html.ts'
import type { PageWords } from './words.ts'

/** product choice: an archive of years holds thousands of drawings in one page. */
const BUCKETS = 120
/** High enough to be seen on a phone. */
const SIZE = { width: 460, height: 210, bottom: 34 }
/** Beside the drawing, for numbers that are written larger on a phone. */
const ROOM = 16
/** Room that the unit needs at the end of the axis. */
const UNIT = 30

/** @param isLimitFromLater whether the limit was set after the run
 *  @returns null where nothing could be judged */
export function drawRun(run: ExportedRun, words: PageWords, isLimitFromLater: boolean): string | null {
  const { timesS, smoothedBpm, frame } = prepareRun(run)
  const { elapsedS } = run.recording
  const smoothed = {
    elapsedS: Array.from(timesS),
    bpm: Array.from(smoothedBpm, (bpm) => (Number.isNaN(bpm) ? null : bpm)),
  }
  const stretches = thin({ smoothed, holdLimitS: frame.holdLimitS }, elapsedS, BUCKETS)
  const rates = stretches.flat().map(({ bpm }) => bpm)
  if (rates.length === 0) return null
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)]
  const { ceilingBpm } = run.assessment.zone
  const range = [Math.min(lowest, 80) - 5, Math.max(highest, (ceilingBpm ?? 0) + 10, 120) + 6] as const
  const scale = scaleOf(elapsedS, range, SIZE)
  const rateLines = Array.from({ length: 12 }, (_, i) => i * 20)
    .filter((bpm) => bpm > range[0] && bpm < range[1])
    .map(
      (bpm) =>
        lineAt('grid', scale.y(bpm)) + `<text x="${LEFT - 5}" y="${scale.y(bpm) + 4}" text-anchor="end">${bpm}</text>`,
    )
  const lines = stretches.map((stretch) => `<path class="rate" d="${pathOf(stretch, scale)}"/>`)
  const limit =
    ceilingBpm === null
      ? ''
      : lineAt('limit', scale.y(ceilingBpm)) +
        `<text class="limit" x="${SIZE.width - 2}" y="${scale.y(ceilingBpm) - 5}" text-anchor="end">${escapeHtml(words.ceiling(ceilingBpm, isLimitFromLater))}</text>`
  const caption = words.chart(Math.round(lowest), Math.round(highest), ceilingBpm, isLimitFromLater)
  const drawing = [...rateLines, axisOf(elapsedS, scale, words), ...lines].join('') + limit
  return element(
    'figure',
    `<svg viewBox="${-ROOM} 0 ${SIZE.width + ROOM} ${SIZE.height}" aria-hidden="true">${drawing}</svg>` +
      element('figcaption', escapeHtml(caption)),
  )
}

const lineAt = (name: string, y: number): string =>
  `<line class="${name}" x1="${LEFT}" x2="${SIZE.width}" y1="${y}" y2="${y}"/>`

/** Whole minutes and their unit; of a run of a minute or less its seconds. */
function axisOf(elapsedS: number, scale: Scale, words: PageWords): string {
  const isShort = elapsedS < 120
  const unit = isShort ? `${Math.round(elapsedS)} ${words.secondsUnit}` : words.minutesUnit
  const ticks = isShort ? [0] : minuteTicks(elapsedS)
  const before = scale.x(elapsedS) - UNIT
  return (
    ticks
      .map((minute) => ({ minute, x: scale.x(minute * 60) }))
      .filter(({ x }) => x <= before)
      .map(({ minute, x }) => tick(x, 'middle', String(minute)))
      .join('') + tick(SIZE.width, 'end', escapeHtml(unit))
  )
}

const tick = (x: number, anchor: 'middle' | 'end', text: string): string =>
  `<text x="${x}" y="${SIZE.height - 12}" text-anchor="${anchor}">${text}</text>`
