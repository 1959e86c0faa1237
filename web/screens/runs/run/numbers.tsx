// The numbers behind a verdict.
import { badMarks } from '../../../../src/domain/assessment.ts'
import { shownMinutes, wholePercent } from '../../../../src/domain/shown-numbers.ts'
import { timeWords } from '../../../messages/time-words.ts'
import type { Run } from '../../../api/api.ts'
import { t, type MessageKey } from '../../../messages/translate.ts'
import { shareWords } from './share-words.ts'

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
  const minutes = shownMinutes(zoneTime)
  const marks = badMarks
    .filter((mark) => (qualityS[mark] ?? 0) > 0)
    .map((mark) => `${t(`mark.${mark}`)}: ${timeWords(qualityS[mark] ?? 0)}`)
  const noZone = zone.ceilingBpm === null
  const rows: readonly (readonly [MessageKey, string | null])[] = [
    ['run.moving', timeWords(zoneTime.movingS, minutes.moving)],
    ['run.good', timeWords(zoneTime.goodS, minutes.measured)],
    ['run.coverage', t('run.percent', { percent: wholePercent(zoneTime.coverage) })],
    ['run.calm', noZone ? null : timeWords(zoneTime.calmS, minutes.calm)],
    ['run.above', noZone ? null : timeWords(zoneTime.aboveS, minutes.above)],
    ['run.hard', zone.hardBpm === null ? null : timeWords(zoneTime.hardS)],
    ['run.share', shareWords(zoneTime)],
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
