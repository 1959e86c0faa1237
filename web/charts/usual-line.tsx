// One thing that a client told over eight weeks, as a line of their own with what is usual for them beside it.
import type { AfterRuns } from '../api/told.ts'
import { formatDay, formatTenths, t } from '../messages/translate.ts'
import { heightOf, LEFT, middleOf, WIDTH } from './weeks/geometry.ts'
import { SmallChart } from './weeks/small-chart.tsx'
import { dayName } from './weeks/week-days.ts'
import './weeks/weeks.css'

export const usualNames = ['sleepH', 'mood', 'energy', 'rpe'] as const
type UsualName = (typeof usualNames)[number]

const DAYS = 56
const DAY_MS = 86_400_000
const most: Readonly<Record<UsualName, number>> = { sleepH: 12, mood: 10, energy: 10, rpe: 10 }

export function UsualLine({ name, told, nowMs }: { name: UsualName; told: AfterRuns; nowMs: number }) {
  const points = told.items.flatMap(({ atMs, [name]: value }) => {
    const daysAgo = Math.floor((nowMs - atMs) / DAY_MS)
    return value === null || daysAgo >= DAYS ? [] : [{ atMs, value, x: middleOf(DAYS - 1 - daysAgo, DAYS) }]
  })
  const usual = told.usual[name]
  const inOrder = points.toSorted((a, b) => a.atMs - b.atMs)
  const words = inOrder.map(({ atMs, value }) => `${formatDay(atMs)}: ${formatTenths(value)}`).join(', ')
  const usualWords = usual === null ? t('mirror.usualNone') : t('mirror.usualIs', { value: formatTenths(usual) })
  const y = (value: number) => heightOf(value, most[name])
  const today = Math.floor(nowMs / DAY_MS)
  return (
    <SmallChart
      title={t(`after.${name}`)}
      note={usualWords}
      alt={`${words === '' ? t('mirror.nothingTold') : words}. ${usualWords}`}
      most={most[name]}
      ticks={[
        [0, '0'],
        [most[name], String(most[name])],
      ]}
      labels={Array.from({ length: DAYS }, (_, i) => (i % 14 === 6 ? dayName(today - DAYS + 1 + i) : ''))}
    >
      {usual !== null && <line class="agreed" x1={LEFT} x2={WIDTH} y1={y(usual)} y2={y(usual)} />}
      <path class="line" d={inOrder.map(({ x, value }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y(value)}`).join('')} />
      {inOrder.map(({ atMs, x, value }) => (
        <circle key={atMs} class="dot" cx={x} cy={y(value)} r="2.5" />
      ))}
    </SmallChart>
  )
}
