// One of a client's answers over eight weeks, as a line with the usual value beside it.
import type { AfterRuns } from '../api/self-report.ts'
import { formatDay, formatTenths, t } from '../messages/translate.ts'
import { pathOf, usualPoints } from './usual-points.ts'
import { heightOf, LEFT, WIDTH } from './weeks/geometry.ts'
import { SmallChart } from './weeks/small-chart.tsx'
import { dayName } from './weeks/week-days.ts'
import './weeks/weeks.css'

export const usualNames = ['sleepH', 'mood', 'energy', 'rpe'] as const
type UsualName = (typeof usualNames)[number]

/** The top of each chart at least. */
const least: Readonly<Record<UsualName, number>> = { sleepH: 12, mood: 10, energy: 10, rpe: 10 }

export function UsualLine({ name, told, nowMs }: { name: UsualName; told: AfterRuns; nowMs: number }) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const values = told.items.map(({ atMs, [name]: value }) => ({ atMs, value }))
  const { points, most, days } = usualPoints(values, least[name], nowMs, timeZone)
  const usual = told.usual[name]
  const words = points.map(({ atMs, value }) => `${formatDay(atMs)}: ${formatTenths(value)}`).join(', ')
  const usualWords = usual === null ? t('myRuns.usualNone') : t('myRuns.usualIs', { value: formatTenths(usual) })
  return (
    <SmallChart
      title={t(`after.${name}`)}
      note={usualWords}
      alt={`${words === '' ? t('myRuns.nothingTold') : words}. ${usualWords}`}
      most={most}
      ticks={[
        [0, '0'],
        [most, formatTenths(most)],
      ]}
      labels={days.map((day, i) => (i % 14 === 6 ? dayName(day) : ''))}
    >
      {usual !== null && (
        <line class="agreed" x1={LEFT} x2={WIDTH} y1={heightOf(usual, most)} y2={heightOf(usual, most)} />
      )}
      <path class="line" d={pathOf(points)} />
      {points.map(({ atMs, x, y }) => (
        <circle key={atMs} class="dot" cx={x} cy={y} r="2.5" />
      ))}
    </SmallChart>
  )
}
