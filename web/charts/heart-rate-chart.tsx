// Heart rate over time with limits, marks and pauses. The only file that uses uPlot.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Run, Series } from '../api/api.ts'
import { t } from '../messages/translate.ts'
import { clock, moveWindow, toChartData, toSourceSpans } from './chart-data.ts'

const HEIGHT_PX = 320
const steps = ['in', 'out', 'left', 'right', 'all'] as const
const labels = { in: 'run.zoomIn', out: 'run.zoomOut', left: 'run.left', right: 'run.right', all: 'run.reset' } as const
const signs = { in: '+', out: '−', left: '◀', right: '▶', all: '⤢' } as const
const keys: Readonly<Record<string, (typeof steps)[number]>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  '0': 'all',
}

/** Something that happened at one moment. */
interface ChartMark {
  readonly atS: number
  /** One character, drawn at the top. */
  readonly sign: string
}
const noMarks: readonly ChartMark[] = []

export function HeartRateChart({
  run,
  series,
  alt,
  window = null,
  span = null,
  marks = noMarks,
  showsHardLimit = true,
}: {
  run: Run
  series: Series
  alt: string
  /** The part that is shown first; null is the whole run. */
  window?: readonly [number, number] | null
  /** The stretch that is pointed at. */
  span?: readonly [number, number] | null
  marks?: readonly ChartMark[]
  showsHardLimit?: boolean
}) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const endS = Math.max(1, run.elapsedS)
  const [shown, setShown] = useState<readonly [number, number]>([0, endS])
  // Drawn in the same frame as its text.
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const made = makePlot(element, run, series, { span, marks, showsHardLimit }, setShown)
    plot.current = made
    if (window !== null) made.setScale('x', { min: window[0], max: window[1] })
    const resize = new ResizeObserver(() => {
      // The observer also tells the width that it begins with: that is drawn already.
      if (element.clientWidth !== made.width) made.setSize({ width: element.clientWidth, height: HEIGHT_PX })
    })
    resize.observe(element)
    return () => {
      resize.disconnect()
      made.destroy()
    }
  }, [run, series])
  const move = (step: (typeof steps)[number]) => {
    const [min, max] = moveWindow(shown, endS, step)
    plot.current?.setScale('x', { min, max })
  }
  return (
    <figure
      class="chart"
      data-from-s={Math.round(shown[0])}
      data-to-s={Math.round(shown[1])}
      onKeyDown={(event) => {
        const step = keys[event.key]
        if (step === undefined || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        move(step)
      }}
    >
      <div ref={place} role="img" aria-label={alt} tabIndex={0} />
      <div class="tools">
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            aria-label={t(labels[step])}
            title={t(labels[step])}
            onClick={() => move(step)}
          >
            {signs[step]}
          </button>
        ))}
      </div>
    </figure>
  )
}

interface Pointed {
  readonly span: readonly [number, number] | null
  readonly marks: readonly ChartMark[]
  readonly showsHardLimit: boolean
}

function makePlot(
  element: HTMLElement,
  run: Run,
  series: Series,
  pointed: Pointed,
  show: (shown: readonly [number, number]) => void,
): uPlot {
  const { timesS, measuredBpm, judgedBpm } = toChartData(series)
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`)
  const { ceilingBpm, hardBpm } = run.assessment.zone
  const highest = Math.max(run.heartRateBpm.max ?? 0, hardBpm ?? 0, (ceilingBpm ?? 0) + 10, 120)
  const lowest = Math.min(run.heartRateBpm.min ?? 60, 80)
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT_PX,
      scales: {
        x: { time: false, range: (_plot, min, max) => [min ?? 0, max ?? run.elapsedS] },
        y: { range: [lowest - 5, highest + 8] },
      },
      legend: { show: false },
      cursor: { drag: { x: true, y: false } },
      axes: [
        {
          stroke: colour('text'),
          grid: { stroke: colour('line') },
          incrs: [...TICK_STEPS_S],
          values: (_plot, ticks) => ticks.map(clock),
        },
        { stroke: colour('text'), grid: { stroke: colour('line') }, size: 46 },
      ],
      series: [
        {},
        { stroke: colour('faint'), width: 1, points: { show: false } },
        { stroke: (plot) => calmOrHard(plot, ceilingBpm, colour), width: 2.5, points: { show: false } },
      ],
      hooks: {
        drawClear: [(plot) => drawPointed(plot, pointed.span, colour), (plot) => drawSpans(plot, run, series, colour)],
        draw: [
          (plot) => {
            if (ceilingBpm !== null)
              drawLimit(plot, ceilingBpm, t('run.ceilingLine', { bpm: ceilingBpm }), colour('calm'), [])
            if (hardBpm !== null && pointed.showsHardLimit)
              drawLimit(plot, hardBpm, t('run.hardLine', { bpm: hardBpm }), colour('hard'), [8, 5])
            drawMarks(plot, pointed.marks, colour('text'))
          },
        ],
        setScale: [
          (plot, scale) => {
            const { min, max } = plot.scales['x'] ?? {}
            if (scale === 'x' && min != null && max != null) show([min, max])
          },
        ],
      },
    },
    [
      [0, ...timesS, run.elapsedS],
      [null, ...measuredBpm, null],
      [null, ...judgedBpm, null],
    ],
    element,
  )
}

/** Blue up to the calm limit, amber above it (section L); the limit's own line says the same without colour. Without a limit
 *  it has neither colour: nothing is calm then. */
function calmOrHard(plot: uPlot, ceilingBpm: number | null, colour: (name: string) => string): string | CanvasGradient {
  const { ctx, bbox } = plot
  if (ceilingBpm === null || bbox.height === 0) return colour('text')
  const share = (plot.valToPos(ceilingBpm, 'y', true) - bbox.top) / bbox.height
  const at = Math.min(1, Math.max(0, share))
  const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height)
  for (const [stop, name] of [
    [0, 'hard'],
    [at, 'hard'],
    [at, 'calm'],
    [1, 'calm'],
  ] as const)
    gradient.addColorStop(stop, colour(name))
  return gradient
}

const TICK_STEPS_S = [1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600]

function drawLimit(plot: uPlot, bpm: number, label: string, colour: string, dash: number[]): void {
  const { ctx, bbox } = plot
  const y = plot.valToPos(bpm, 'y', true)
  ctx.save()
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = 2
  ctx.setLineDash(dash)
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.textAlign = 'left'
  ctx.textBaseline = 'bottom'
  ctx.font = `${13 * devicePixelRatio}px system-ui, sans-serif`
  ctx.fillText(label, bbox.left + 6, y - 5)
  ctx.restore()
}

/** The stretch that a flag points at, as a soft band with edges. */
function drawPointed(plot: uPlot, span: Pointed['span'], colour: (name: string) => string): void {
  if (span === null) return
  const { ctx, bbox } = plot
  const inside = (atS: number) => Math.min(Math.max(plot.valToPos(atS, 'x', true), bbox.left), bbox.left + bbox.width)
  const left = inside(span[0])
  const width = inside(span[1]) - left
  ctx.save()
  ctx.fillStyle = colour('hard-soft')
  ctx.strokeStyle = colour('hard')
  ctx.fillRect(left, bbox.top, width, bbox.height)
  ctx.strokeRect(left, bbox.top, width, bbox.height)
  ctx.restore()
}

function drawMarks(plot: uPlot, marks: readonly ChartMark[], colour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = colour
  ctx.strokeStyle = colour
  ctx.textAlign = 'center'
  ctx.textBaseline = 'top'
  ctx.font = `${13 * devicePixelRatio}px system-ui, sans-serif`
  ctx.setLineDash([2, 4])
  for (const { atS, sign } of marks) {
    const x = plot.valToPos(atS, 'x', true)
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top + 16 * devicePixelRatio)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.fillText(sign, x, bbox.top + 2)
  }
  ctx.restore()
}

/** Pauses in plain shade, marked samples hatched: two patterns, so that colour is not needed to tell them apart. */
function drawSpans(plot: uPlot, run: Run, series: Series, colour: (name: string) => string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = colour('shade')
  ctx.strokeStyle = colour('hatch')
  const edges = (fromS: number, toS: number) => {
    const left = plot.valToPos(fromS, 'x', true)
    return [left, Math.max(2, plot.valToPos(toS, 'x', true) - left)] as const
  }
  for (const [fromS, toS] of series.pauses) {
    const [left, width] = edges(fromS, toS)
    ctx.fillRect(left, bbox.top, width, bbox.height)
  }
  for (const { fromS, toS } of run.assessment.markedSpans) {
    const [left, width] = edges(fromS, toS)
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, bbox.top, width, bbox.height)
    ctx.clip()
    ctx.lineWidth = 1.5
    ctx.beginPath()
    for (let x = left - bbox.height; x < left + width; x += 10) {
      ctx.moveTo(x, bbox.top + bbox.height)
      ctx.lineTo(x + bbox.height, bbox.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  // The second source's band is half as high, so the two differ without colour too.
  for (const { source, fromS, toS } of toSourceSpans(series)) {
    const [left, width] = edges(fromS, toS)
    const height = (source === 1 ? 8 : 4) * devicePixelRatio
    ctx.fillStyle = colour(source === 1 ? 'calm' : 'hard')
    ctx.fillRect(left, bbox.top + bbox.height - height, width, height)
  }
  ctx.restore()
}
