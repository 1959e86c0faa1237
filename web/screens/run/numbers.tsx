// The numbers behind a verdict, for who wants them.
import type { Run } from '../../api/api.ts'
import { t, wholePercent, type MessageKey } from '../../messages/translate.ts'

export function Numbers({ run }: { run: Run }) {
  return (
    <section class="card">
      <h2>{t('run.numbers')}</h2>
      <NumberList run={run} />
    </section>
  )
}

/** Without the card around it. */
export function NumberList({ run }: { run: Run }) {
  const { zoneTime, zone, qualityS, ruleVersion } = run.assessment
  const time = (s: number) =>
    s >= 60 ? t('run.minutes', { minutes: Math.floor(s / 60) }) : t('run.seconds', { seconds: Math.round(s) })
  const bounds = t('run.bounds', { low: wholePercent(zoneTime.calmMin), high: wholePercent(zoneTime.calmMax) })
  const marks = (['no_contact', 'dropout', 'range', 'jump', 'frozen', 'dry_strap', 'cadence_lock'] as const)
    .filter((mark) => (qualityS[mark] ?? 0) > 0)
    .map((mark) => `${t(`mark.${mark}`)}: ${time(qualityS[mark] ?? 0)}`)
  const noZone = zone.ceilingBpm === null
  const rows: readonly (readonly [MessageKey, string | null])[] = [
    ['run.moving', time(zoneTime.movingS)],
    ['run.good', time(zoneTime.goodS)],
    ['run.coverage', t('run.percent', { percent: wholePercent(zoneTime.coverage) })],
    ['run.calm', noZone ? null : time(zoneTime.calmS)],
    ['run.above', noZone ? null : time(zoneTime.aboveS)],
    ['run.hard', zone.hardBpm === null ? null : time(zoneTime.hardS)],
    [
      'run.share',
      zoneTime.calmShare === null
        ? null
        : `${t('run.percent', { percent: wholePercent(zoneTime.calmShare) })} (${bounds})`,
    ],
    ['run.max', run.heartRateBpm.max === null ? null : t('zone.bpm', { bpm: Math.round(run.heartRateBpm.max) })],
    ['run.quality', marks.length === 0 ? t('run.none') : marks.join(', ')],
    ['run.sensor', t(`sensor.${run.sensor}`)],
    ['run.device', run.device],
    [
      'run.zone',
      noZone
        ? t('zone.source.none')
        : `${t('zone.bpm', { bpm: zone.ceilingBpm ?? '' })}, ${t(`zone.source.${zone.source}`)}${
            run.zoneFromLater ? ` (${t('run.zoneFromLater')})` : ''
          }`,
    ],
    ['zone.hard', zone.hardBpm === null ? null : t('zone.bpm', { bpm: zone.hardBpm })],
    ['run.rules', t('run.rulesVersion', { version: ruleVersion })],
  ]
  return (
    <dl>
      {rows.map(
        ([key, value]) =>
          value !== null && (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
