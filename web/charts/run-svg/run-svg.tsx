// A run as SVG for paper: judged heart rate, calm limit, hard limit, marked parts, pauses, cues and actions of people.
import type { Run, Series } from '../../api/api.ts'
import { t } from '../../messages/translate.ts'
import {
  BOTTOM,
  HEIGHT,
  LEFT,
  minuteTicks,
  pathOf,
  scaleOf,
  thin,
  TOP,
  WIDTH,
  type Scale,
} from '../../../src/formats/drawing/geometry.ts'

export function RunSvg({ run, series, alt }: { run: Run; series: Series; alt: string }) {
  const { ceilingBpm, hardBpm } = run.assessment.zone
  const highest = Math.max(run.heartRateBpm.max ?? 0, hardBpm ?? 0, (ceilingBpm ?? 0) + 10, 120) + 6
  const lowest = Math.min(run.heartRateBpm.min ?? 60, 80) - 5
  const scale = scaleOf(run.elapsedS, [lowest, highest])
  const bpmTicks = Array.from({ length: 12 }, (_, i) => i * 20).filter((bpm) => bpm > lowest && bpm < highest)
  return (
    <svg class="run-svg" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={alt}>
      <defs>
        <pattern id="marked" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      <Spans spans={series.pauses} scale={scale} fill="pause" />
      <Spans spans={run.assessment.markedSpans.map(({ fromS, toS }) => [fromS, toS])} scale={scale} fill="marked" />
      {bpmTicks.map((bpm) => (
        <g key={bpm}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={scale.y(bpm)} y2={scale.y(bpm)} />
          <text class="tick" x={LEFT - 5} y={scale.y(bpm) + 3} text-anchor="end">
            {bpm}
          </text>
        </g>
      ))}
      {minuteTicks(run.elapsedS).map((minute) => (
        <text key={minute} class="tick" x={scale.x(minute * 60)} y={HEIGHT - 6} text-anchor="middle">
          {minute}
        </text>
      ))}
      {thin(series, run.elapsedS).map((stretch) => (
        <path key={stretch[0]?.atS} class="line" d={pathOf(stretch, scale)} stroke-linecap="round" />
      ))}
      {ceilingBpm !== null && (
        <Limit y={scale.y(ceilingBpm)} text={t('run.ceilingLine', { bpm: ceilingBpm })} class="ceiling" />
      )}
      {hardBpm !== null && <Limit y={scale.y(hardBpm)} text={t('run.hardLine', { bpm: hardBpm })} class="hard" />}
      {run.assessment.cues
        .filter(({ priority }) => priority !== 'info')
        .map(({ elapsedS, kind }) => (
          <text key={`${elapsedS} ${kind}`} class="sign" x={scale.x(elapsedS)} y={TOP - 4} text-anchor="middle">
            ▲
          </text>
        ))}
      {run.hands.map(({ elapsedS, kind }) => (
        <text key={`${elapsedS} ${kind}`} class="sign" x={scale.x(elapsedS)} y={TOP - 4} text-anchor="middle">
          ●
        </text>
      ))}
    </svg>
  )
}

function Spans({
  spans,
  scale,
  fill,
}: {
  spans: readonly (readonly [number, number])[]
  scale: Scale
  fill: 'pause' | 'marked'
}) {
  return (
    <>
      {spans.map(([fromS, toS]) => (
        <rect
          key={fromS}
          class={fill}
          x={scale.x(fromS)}
          y={TOP}
          width={Math.max(1, scale.x(toS) - scale.x(fromS))}
          height={HEIGHT - TOP - BOTTOM}
          fill={fill === 'marked' ? 'url(#marked)' : undefined}
        />
      ))}
    </>
  )
}

const Limit = ({ y, text, class: name }: { y: number; text: string; class: string }) => (
  <g class={`limit ${name}`}>
    <line x1={LEFT} x2={WIDTH} y1={y} y2={y} />
    <text x={LEFT + 4} y={y - 3}>
      {text}
    </text>
  </g>
)
