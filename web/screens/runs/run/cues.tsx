// The cues that were given, or that would have been given live, in order of time.
import type { Run } from '../../../api/api.ts'
import { clock } from '../../../charts/chart-data.ts'
import { t } from '../../../messages/translate.ts'
import { isGuided } from './guided.ts'
import { GuidedLine } from './guided-line.tsx'

export function Cues({ run }: { run: Run }) {
  const { cues, remarkedSpans } = run.assessment
  const guided = isGuided(run)
  return (
    <section class="card">
      <h2>{t(guided ? 'run.cues' : 'run.cuesAlone')}</h2>
      {!guided && cues.length > 0 && <p>{t('run.cuesAloneWhy')}</p>}
      <GuidedLine run={run} />
      {cues.length === 0 ? (
        <p>{t('run.cuesNone')}</p>
      ) : (
        <ul>
          {cues.map(({ elapsedS, kind, hint }) => (
            <li key={`${elapsedS} ${kind}`}>
              {t('run.cueAt', { time: clock(elapsedS), what: t(`cue.${kind}`) })}
              {hint === 'check_strap' && ` (${t('run.cueStrap')})`}
            </li>
          ))}
        </ul>
      )}
      {remarkedSpans.length > 0 && (
        <details>
          <summary>{t('run.remarked')}</summary>
          <ul>
            {remarkedSpans.map(({ fromS, toS, live, report }) => (
              <li key={fromS}>
                {clock(fromS)} – {clock(toS)}: {live === null ? t('run.believed') : t(`mark.${live}`)} →{' '}
                {report === null ? t('run.believed') : t(`mark.${report}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
