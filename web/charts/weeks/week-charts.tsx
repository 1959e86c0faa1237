// The small charts of eight weeks, one by one. Each has its facts as text too; colour is never the only sign.
import { wholePercent } from '../../../src/domain/shown-numbers.ts'
import type { Patterns } from '../../api/api.ts'
import { formatTenths, t } from '../../messages/translate.ts'
import { barsOf, dotOf, heightOf, hourY, LEFT, lineOf, middleOf, topOf, WIDTH } from './geometry.ts'
import { SmallChart } from './small-chart.tsx'
import { dayName, weekName } from './week-days.ts'

export type WeeksData = Pick<Patterns, 'weeks' | 'loadOf' | 'night' | 'change' | 'plan'>

const labelsOf = ({ weeks }: WeeksData): string[] => weeks.map(({ monday }, i) => (i % 2 === 0 ? dayName(monday) : ''))
/** Each week with its number, as one sentence. */
const listOf = ({ weeks }: WeeksData, of: (week: WeeksData['weeks'][number]) => string): string =>
  weeks.map((week) => `${weekName(week.monday)}: ${of(week)}`).join(', ')

function Bars({ values, most, class: name }: { values: readonly (number | null)[]; most: number; class?: string }) {
  return (
    <>
      {barsOf(values, most).map(
        (bar, i) => bar !== null && <rect key={i} class={`bar ${name ?? ''}`} {...bar} rx="1.5" />,
      )}
    </>
  )
}

export function Minutes({ data }: { data: WeeksData }) {
  const { weekMin } = data.plan
  const values = data.weeks.map(({ minutes }) => minutes)
  const most = topOf([...values, weekMin], 30)
  const alt = listOf(data, ({ minutes }) => String(Math.round(minutes)))
  const agreed = weekMin === null ? '' : ` ${t('weeks.agreed', { minutes: Math.round(weekMin) })}`
  return (
    <SmallChart
      title={t('weeks.minutes')}
      alt={alt + agreed}
      most={most}
      ticks={[
        [0, '0'],
        [most, String(most)],
      ]}
      labels={labelsOf(data)}
      {...(weekMin === null ? {} : { note: agreed.trim() })}
    >
      <Bars values={values} most={most} />
      {weekMin !== null && (
        <line class="agreed" x1={LEFT} x2={WIDTH} y1={heightOf(weekMin, most)} y2={heightOf(weekMin, most)} />
      )}
    </SmallChart>
  )
}

export function CalmShare({ data }: { data: WeeksData }) {
  const values = data.weeks.map(({ calmShare }) => calmShare)
  const percent = (share: number | null) =>
    share === null ? t('weeks.unknown') : t('run.percent', { percent: wholePercent(share) })
  return (
    <SmallChart
      title={t('weeks.calmShare')}
      alt={listOf(data, ({ calmShare }) => percent(calmShare))}
      most={1}
      ticks={[
        [0, '0 %'],
        [1, '100 %'],
      ]}
      labels={labelsOf(data)}
    >
      <path class="line" d={lineOf(values, 1)} />
      {values.map(
        (share, i) =>
          share !== null && (
            <circle key={i} class="dot" cx={middleOf(i, values.length)} cy={heightOf(share, 1)} r="3" />
          ),
      )}
    </SmallChart>
  )
}

export function Load({ data }: { data: WeeksData }) {
  const values = data.weeks.map(({ load }) => load)
  const most = topOf(values, 30)
  return (
    <SmallChart
      title={t('weeks.load')}
      note={t(`weeks.loadOf.${data.loadOf}`)}
      alt={`${t(`weeks.loadOf.${data.loadOf}`)} ${listOf(data, ({ load }) => String(Math.round(load)))}`}
      most={most}
      ticks={[
        [0, '0'],
        [most, String(most)],
      ]}
      labels={labelsOf(data)}
    >
      <Bars values={values} most={most} class="plain" />
    </SmallChart>
  )
}

/** Runs by hour of day: days go to the right, hours down; the night is shaded (rule G9). */
export function Hours({ data }: { data: WeeksData }) {
  const time = (hour: number, minute: number) => `${hour}:${String(minute).padStart(2, '0')}`
  const alt = listOf(data, ({ starts }) =>
    starts.length === 0 ? t('weeks.none') : starts.map(({ hour, minute }) => time(hour, minute)).join(' '),
  )
  const { fromHour, toHour } = data.night
  return (
    <SmallChart title={t('weeks.hours')} alt={alt} most={24} ticks={[]} labels={labelsOf(data)}>
      {(
        [
          [0, toHour],
          [fromHour, 24],
        ] as const
      ).map(([from, to]) => (
        <rect key={from} class="night" x={LEFT} width={WIDTH - LEFT} y={hourY(from)} height={hourY(to) - hourY(from)} />
      ))}
      {[0, 6, 12, 18, 24].map((hour) => (
        <g key={hour}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={hourY(hour)} y2={hourY(hour)} />
          <text class="tick" x={LEFT - 4} y={hourY(hour) + 3} text-anchor="end">
            {hour}
          </text>
        </g>
      ))}
      {data.weeks.flatMap(({ starts }, week) =>
        starts.map(({ weekday, hour, minute, isNight }, i) => {
          const { x, y } = dotOf(week, data.weeks.length, weekday, hour, minute)
          const key = `${week} ${i}`
          // Two shapes, so a run at night differs without colour too.
          return isNight ? (
            <path key={key} class="dot at-night" d={`M${x} ${y - 4}L${x + 4} ${y}L${x} ${y + 4}L${x - 4} ${y}Z`} />
          ) : (
            <circle key={key} class="dot" cx={x} cy={y} r="2.5" />
          )
        }),
      )}
    </SmallChart>
  )
}

export function RestDays({ data }: { data: WeeksData }) {
  const values = data.weeks.map(({ restDays }) => restDays)
  return (
    <SmallChart
      title={t('weeks.restDays')}
      alt={listOf(data, ({ restDays }) => (restDays === null ? t('weeks.unknown') : String(restDays)))}
      most={7}
      ticks={[
        [0, '0'],
        [7, '7'],
      ]}
      labels={labelsOf(data)}
    >
      <Bars values={values} most={7} class="plain" />
    </SmallChart>
  )
}

/** Rule G4, as change and never as more than that. */
export function Change({ data: { change } }: { data: WeeksData }) {
  const values = change.map(({ ratio }) => ratio)
  const most = Math.max(2, topOf(values, 2))
  const last = values.at(-1) ?? null
  const known = change.filter((one) => one.ratio !== null)
  const highest = known.toSorted((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))[0]
  const alt =
    highest === undefined
      ? t('change.none')
      : t('change.alt', {
          last: last === null ? t('weeks.unknown') : formatTenths(last),
          most: formatTenths(highest.ratio ?? 0),
          date: weekName(highest.day),
        })
  const labels = change.map(({ day }, i) => (i % 14 === 6 ? dayName(day) : ''))
  return (
    <SmallChart
      title={t('change.title')}
      note={known.length === 0 ? t('change.none') : t('change.note')}
      alt={`${alt} ${t('change.note')}`}
      most={most}
      ticks={[
        [0, '0'],
        [1, '1×'],
        [most, `${formatTenths(most)}×`],
      ]}
      labels={labels}
    >
      <line class="agreed" x1={LEFT} x2={WIDTH} y1={heightOf(1, most)} y2={heightOf(1, most)} />
      <path class="line" d={lineOf(values, most)} />
      {last !== null && (
        <circle class="dot" cx={middleOf(values.length - 1, values.length)} cy={heightOf(last, most)} r="3" />
      )}
    </SmallChart>
  )
}
