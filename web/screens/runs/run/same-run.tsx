// Was one run recorded twice (rule T5)? The question, for the therapist and for the client of their own run; the
// answer, and taking it back.
import { removeRun, sayOneRun, type Run } from '../../../api/api.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { goTo, Link } from '../../../ui/router.tsx'
import { clockWords } from './clock-words.ts'

type Twin = Run['twins'][number]

interface Asking {
  readonly run: Run
  /** Whether the reader may answer. */
  readonly answers: boolean
  /** Where the reader goes once this run is removed; null where they may not remove it. */
  readonly afterRemoval: string | null
  readonly changed: () => void
}

/** @param besideSources what the run is shown with stands on the page already, with its own way apart */
export const SameRun = ({ run, besideSources, ...asking }: Asking & { readonly besideSources: boolean }) => (
  <>
    {run.twins
      .filter(({ runId }) => !besideSources || !isSourceOf(run, runId))
      .map((twin) =>
        twin.oneRun === null ? (
          <Question key={twin.runId} run={run} twin={twin} {...asking} />
        ) : (
          <Answered key={twin.runId} run={run} twin={twin} {...asking} />
        ),
      )}
  </>
)

const isSourceOf = ({ combination }: Run, runId: string): boolean =>
  combination?.sources.some((source) => source.runId === runId) ?? false

interface OfTwin extends Asking {
  readonly twin: Twin
}

/** Go to the run that is shown from now on. */
const say = async ({ run, twin, changed }: OfTwin, oneRun: boolean | null): Promise<void> => {
  const shown = await sayOneRun(run.id, twin.runId, oneRun)
  if (shown.id === run.id) changed()
  else goTo(`/runs/${shown.id}`)
}

function Question(asking: OfTwin) {
  const { run, twin, answers, afterRemoval } = asking
  const clock = clockWords(twin.laterS)
  return (
    <section class={answers ? 'card attention' : 'card'}>
      <h2>{t('run.nearTitle')}</h2>
      <p>
        {t(`run.near.${twin.sign}`)} {clock !== null && t(clock.key, clock.values)}{' '}
        <Link to={`/runs/${twin.runId}`}>
          {t('run.nearOther', { moment: formatMoment(twin.startedAtMs, twin.startOffsetS) })}
        </Link>
      </p>
      <p class="quiet">{t(twin.counts ? 'run.nearCountsOther' : 'run.nearCountsThis')}</p>
      {answers && (
        <p class="actions">
          <ActButton main work={() => say(asking, true)}>
            {t('run.nearYes')}
          </ActButton>
          <ActButton work={() => say(asking, false)}>{t('run.nearNo')}</ActButton>
          {afterRemoval !== null && (
            <ActButton work={() => removeRun(run.id).then(() => goTo(afterRemoval))}>{t('run.nearRemove')}</ActButton>
          )}
        </p>
      )}
    </section>
  )
}

function Answered(asking: OfTwin) {
  const { twin, answers } = asking
  return (
    <section class="card">
      <p>
        {t(twin.oneRun === true ? 'run.saidOne' : 'run.saidTwo')}{' '}
        <Link to={`/runs/${twin.runId}`}>
          {t('run.nearOther', { moment: formatMoment(twin.startedAtMs, twin.startOffsetS) })}
        </Link>{' '}
        {twin.answeredAtMs !== null && (
          <span class="quiet">
            {[twin.answeredBy, formatMoment(twin.answeredAtMs)].filter((words) => words !== null).join(', ')}
          </span>
        )}
      </p>
      {answers && (
        <p class="actions">
          <ActButton work={() => say(asking, null)}>{t('run.nearTakeBack')}</ActButton>
        </p>
      )}
    </section>
  )
}
