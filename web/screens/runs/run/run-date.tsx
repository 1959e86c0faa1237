// Asks for the date of a run whose watch had a wrong date (rule T4). The client and their therapist see the same words.
import { isUndated } from '../../../../src/domain/dating.ts'
import { sayStart, type Run } from '../../../api/api.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { useAction } from '../../../ui/use-action.ts'
import { fromStartFields, toStartFields, type StartFields } from './start-fields.ts'

interface Asking {
  readonly run: Run
  readonly changed: () => void
}

/** @param changed null where whoever looks cannot say it: they may not, or it is on paper */
export function RunDate({ run, changed }: Pick<Asking, 'run'> & { readonly changed: Asking['changed'] | null }) {
  const { dating } = run
  if (dating === null) return null
  const watch = formatMoment(dating.fileStartedAtMs, run.localOffsetS)
  if (isUndated(dating))
    return (
      <section class="card attention">
        <h2>{t('date.title')}</h2>
        <p>{t('date.why', { watch, cameIn: formatMoment(run.importedAtMs) })}</p>
        {dating.proposedAtMs !== null && <p>{t('date.proposed')}</p>}
        {changed !== null && <StartForm run={run} changed={changed} />}
      </section>
    )
  return (
    <section class="card">
      <p>{t('date.said', { watch, said: formatMoment(dating.saidAtMs ?? 0) })}</p>
      {changed !== null && (
        <details>
          <summary>{t('date.change')}</summary>
          <StartForm run={run} changed={changed} />
        </details>
      )}
    </section>
  )
}

function StartForm({ run, changed }: Asking) {
  const { busy, problem, act } = useAction()
  const { dating } = run
  const asked = isUndated(dating)
  const proposed = toStartFields(asked ? (dating?.proposedAtMs ?? null) : run.startedAtMs)
  const isPast = dating !== null && dating.fileStartedAtMs < run.importedAtMs
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    const text = (name: keyof StartFields) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    const atMs = fromStartFields({ day: text('day'), time: text('time') })
    if (atMs !== null) act(() => sayStart(run.id, atMs).then(changed))
  }
  return (
    <form onSubmit={submit}>
      <div class="fields">
        <label>
          {t('date.day')}
          <input name="day" type="date" required max={toStartFields(Date.now()).day} defaultValue={proposed.day} />
        </label>
        <label>
          {t('date.time')}
          <input name="time" type="time" required defaultValue={proposed.time} />
        </label>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <p class="actions">
        <button type="submit" class="main" aria-disabled={busy}>
          {t('date.save')}
        </button>
      </p>
      {asked && isPast && (
        <details>
          <summary>{t('date.watchAsk')}</summary>
          <p class="actions">
            <ActButton sure={t('date.watchSure')} work={() => sayStart(run.id, dating.fileStartedAtMs).then(changed)}>
              {t('date.watch')}
            </ActButton>
          </p>
        </details>
      )}
    </form>
  )
}
