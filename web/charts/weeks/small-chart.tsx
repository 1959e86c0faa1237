// The frame of one small chart: its title, a text with the same facts, two axes. The caller draws the inside.
import type { ComponentChildren } from 'preact'
import { BOTTOM, HEIGHT, heightOf, LEFT, WIDTH, wordAt } from './geometry.ts'

export function SmallChart({
  title,
  note,
  alt,
  most,
  ticks,
  labels,
  children,
}: {
  title: string
  note?: string
  /** The same facts as a text. */
  alt: string
  most: number
  /** Values and words along the left. */
  ticks: readonly (readonly [value: number, text: string])[]
  /** Words below, evenly spread; an empty one is left out. */
  labels: readonly string[]
  children: ComponentChildren
}) {
  return (
    <figure class="small-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${alt}`}>
        {ticks.map(([value, text]) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={WIDTH} y1={heightOf(value, most)} y2={heightOf(value, most)} />
            <text class="tick" x={LEFT - 4} y={heightOf(value, most) + 3} text-anchor="end">
              {text}
            </text>
          </g>
        ))}
        {labels.map(
          (text, i) =>
            text !== '' && (
              <text
                key={i}
                class="tick"
                x={wordAt(i, labels.length, text)}
                y={HEIGHT - BOTTOM + 13}
                text-anchor="middle"
              >
                {text}
              </text>
            ),
        )}
        {children}
      </svg>
      {note !== undefined && <p class="quiet">{note}</p>}
    </figure>
  )
}
