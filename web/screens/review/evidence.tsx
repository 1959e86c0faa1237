// The evidence of a flag: the moment in the run as a chart, the rule in a sentence, its numbers, the signal, who told
// whom, the reports of that day, and the weeks around it.
import { wholePercent } from '../../../src/domain/shown-numbers.ts'
import type { Run } from '../../api/api.ts'
import type { ShownFlag } from '../../api/review.ts'
import { clock } from '../../charts/chart-data.ts'
import { isKey, t } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'
import { CheckInsOfDay } from './check-ins-of-day.tsx'
import { isGuided } from '../runs/run/guided.ts'
import { GuidedLine } from '../runs/run/guided-line.tsx'
import { cueTimeline } from '../runs/run/cue-timeline.ts'
import type { FlagEvidence } from './load-evidence.ts'
import { evidenceNumbers } from '../../flags/flag-sentence.ts'
import { MomentChart } from './moment-chart.tsx'

export function Evidence({ flag, evidence: { run, series } }: { flag: ShownFlag; evidence: FlagEvidence }) {
  return (
    <>
      {run === null ? (
        <p class="card">{t(flag.rule.startsWith('F') ? 'flags.runGone' : 'flags.noRun')}</p>
      ) : series === null ? (
        <p class="card">{t('flags.samplesGone')}</p>
      ) : (
        <MomentChart flag={flag} run={run} series={series} />
      )}
      <div class="evidence">
        <Why flag={flag} />
        {run !== null && <Signal run={run} />}
        {run !== null && <WhoSaidWhat run={run} />}
        <CheckInsOfDay checkIns={flag.checkIns} />
      </div>
    </>
  )
}

function Why({ flag }: { flag: ShownFlag }) {
  const numbers = evidenceNumbers(flag.evidence, t, isKey)
  return (
    <section class="card">
      <h2>{t('flags.why')}</h2>
      <p>
        {t(`rule.${flag.kind}`)}{' '}
        <span class="quiet">({t('flags.ruleVersion', { rule: flag.rule, version: flag.ruleVersion })})</span>
      </p>
      {flag.stillThere === false && <p class="mark">{t('flags.gone')}</p>}
      <dl aria-label={t('flags.numbers')}>
        {numbers.map(({ name, value }) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Signal({ run }: { run: Run }) {
  const { zoneTime, qualityS } = run.assessment
  const marks = run.assessment.markedSpans.map(({ mark }) => mark)
  return (
    <section class="card">
      <h2>{t('flags.signal')}</h2>
      <p>
        {t('flags.signalText', {
          percent: wholePercent(zoneTime.coverage),
          sensor: t(`sensor.${run.sensor}`),
        })}
      </p>
      {marks.length > 0 && (
        <ul>
          {[...new Set(marks)].map((mark) => (
            <li key={mark}>
              {t(`mark.${mark}`)}: {t('run.seconds', { seconds: Math.round(qualityS[mark] ?? 0) })}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to={`/runs/${run.id}`}>{t('flags.toRun')}</Link>
      </p>
    </section>
  )
}

function WhoSaidWhat({ run }: { run: Run }) {
  const said = cueTimeline(run)
  const title = t(isGuided(run) ? 'flags.who' : 'run.cuesAlone')
  return (
    <section class="card">
      <h2>{title}</h2>
      {!isGuided(run) && <p>{t('run.cuesAloneWhy')}</p>}
      <GuidedLine run={run} />
      {said.length === 0 ? (
        <p>{t(isGuided(run) ? 'flags.whoNone' : 'run.cuesNone')}</p>
      ) : (
        // Longer than its place it scrolls: also by keyboard.
        <div class="said" tabIndex={0} role="region" aria-label={title}>
          <ol>
            {said.map(({ elapsedS, text }) => (
              <li key={`${elapsedS} ${text}`}>
                <span class="quiet">{clock(elapsedS)}</span> {text}
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  )
}
