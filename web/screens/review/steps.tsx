// The steps for a flag: a button for each step that its state allows, and the form of the chosen one.
import { useEffect, useRef } from 'preact/hooks'
import { actsFrom, needsOf, resolveReasons, type ReviewAct } from '../../../src/domain/review/flag-state.ts'
import type { ShownFlag } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { letters } from './keys.ts'
import type { FlagSteps } from './use-steps.ts'

export function Steps({ steps, flag }: { steps: FlagSteps; flag: ShownFlag }) {
  const { act, busy, problem, announced } = steps
  return (
    <section class="card" aria-label={t('flags.acts')}>
      <h2>{t('flags.acts')}</h2>
      <div class="actions">
        {actsFrom(flag.state).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={act === one}
            aria-keyshortcuts={letters[one]}
            aria-disabled={busy}
            onClick={() => !busy && steps.choose(one)}
          >
            {t(`flags.act.${one}`)} <kbd aria-hidden="true">{letters[one]}</kbd>
          </button>
        ))}
      </div>
      {act !== null && <StepForm key={act} act={act} steps={steps} flag={flag} />}
      {problem !== null && <p role="alert">{problem}</p>}
      <p role="status">{announced}</p>
    </section>
  )
}

function StepForm({ act, steps, flag }: { act: ReviewAct; steps: FlagSteps; flag: ShownFlag }) {
  const form = useRef<HTMLFormElement>(null)
  const { draft, write, send, busy } = steps
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), [])
  return (
    <form
      ref={form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
      }}
    >
      {act === 'resolve' && (
        <fieldset>
          <legend>{t('flags.reason')}</legend>
          {resolveReasons.map((reason) => (
            <label key={reason} class="tick">
              <input
                type="radio"
                name="reason"
                value={reason}
                checked={draft.reason === reason}
                onChange={() => write({ reason })}
              />{' '}
              {t(`flags.reason.${reason}`)}
            </label>
          ))}
        </fieldset>
      )}
      {act === 'escalate' && <Colleagues steps={steps} flag={flag} />}
      <label>
        {t('flags.note')}
        <textarea
          name="note"
          rows={3}
          maxLength={1000}
          required={needsOf(act).includes('NOTE_REQUIRED')}
          value={draft.note}
          onInput={(event) => write({ note: event.currentTarget.value })}
        />
      </label>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={busy}>
          {t(`flags.act.${act}`)}
        </button>
        <button type="button" onClick={() => steps.choose(null)}>
          {t('flags.cancel')}
        </button>
      </p>
    </form>
  )
}

function Colleagues({ steps, flag }: { steps: FlagSteps; flag: ShownFlag }) {
  if (flag.colleagues.length === 0) return <p>{t('flags.noColleague')}</p>
  return (
    <label>
      {t('flags.colleague')}
      <select
        name="colleague"
        required
        value={steps.draft.toPersonId ?? ''}
        onChange={(event) => steps.write({ toPersonId: event.currentTarget.value || null })}
      >
        <option value="" />
        {flag.colleagues.map(({ personId, name }) => (
          <option key={personId} value={personId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
