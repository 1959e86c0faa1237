// A run with two sources: what each gave, how far they agree, and a button to separate them.
import { wholeMinutes } from '../../../../src/domain/shown-numbers.ts'
import { separateRuns, type Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'

/** @param decides whether the reader may take them apart */
export function TwoSources({ run, decides, changed }: { run: Run; decides: boolean; changed: () => void }) {
  const { combination } = run
  if (combination === null) return null
  const { sources, agreement } = combination
  const bpm = (value: number) => String(Math.round(value))
  return (
    <section class="card">
      <h2>{t('sources.title')}</h2>
      <p>{t('sources.why')}</p>
      <ol>
        {sources.map(({ runId, sensor, device, fileName, seconds }) => (
          <li key={runId}>
            {t(`sensor.${sensor}`)}
            {device !== null && ` (${device})`}: {t('sources.gave', { minutes: wholeMinutes(seconds) })}{' '}
            <span class="quiet">{fileName}</span>{' '}
            {runId !== run.id && <Link to={`/runs/${runId}`}>{t('sources.look')}</Link>}
          </li>
        ))}
      </ol>
      <p>
        {agreement === null
          ? t('sources.noAgreement')
          : t('sources.agreement', {
              minutes: wholeMinutes(agreement.seconds),
              bias: bpm(agreement.biasBpm),
              lower: bpm(agreement.lowerBpm),
              upper: bpm(agreement.upperBpm),
            })}
      </p>
      {decides && (
        <button type="button" onClick={() => void separateRuns(run.id).then(changed, changed)}>
          {t('sources.apart')}
        </button>
      )}
    </section>
  )
}
