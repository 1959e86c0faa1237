// The check-in after a run, or about a day without one. It appears when the client has agreed to share. Every field is
// optional.
import { useState } from 'preact/hooks'
import { share, tell, type AfterRun, type AfterRunInput, type AfterRuns } from '../../../api/self-report.ts'
import { t, type MessageKey } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { NotAtOnce, SupportCard } from './support-card.tsx'

export function AfterRunCard({
  clientId,
  run,
  told,
  changed,
}: {
  clientId: string
  /** Null asks about the day. What is told of a run stands at the run, not at the day of telling. */
  run: { readonly id: string; readonly atMs: number } | null
  told: AfterRuns
  changed: () => void
}) {
  const [isDayKept, setDayKept] = useState(false)
  const [toldLow, setToldLow] = useState<boolean | null>(null)
  const isVeryLow = toldLow ?? told.veryLow
  const runId = run?.id ?? null
  const before = runId === null ? null : (told.items.find((one) => one.runId === runId) ?? null)
  return (
    <section class="card">
      <h2>{t(runId === null ? 'after.day' : 'after.title')}</h2>
      {told.agreed ? (
        <>
          {/* A day's fields are empty again once they are kept: a second press would tell it twice. */}
          <Fields
            key={before?.id ?? told.items.length}
            clientId={clientId}
            runId={runId}
            before={before}
            save={async (json) => {
              const kept = await tell(clientId, runId, run === null ? json : { ...json, atMs: run.atMs })
              setToldLow(kept.veryLow)
              setDayKept(runId === null)
              changed()
            }}
          />
          <p role="status">{isDayKept ? t('after.dayKept') : ''}</p>
          {isVeryLow && <SupportCard support={told.support} comesToSight={toldLow === true} />}
        </>
      ) : (
        <>
          <p>{t('after.consentWhy')}</p>
          <ActButton main work={() => share(clientId, true).then(changed)}>
            {t('after.consentYes')}
          </ActButton>
        </>
      )}
    </section>
  )
}

const tens = Array.from({ length: 11 }, (_, i) => i)

function Fields({
  clientId,
  runId,
  before,
  save,
}: {
  clientId: string
  runId: string | null
  before: AfterRun | null
  save: (json: AfterRunInput) => Promise<void>
}) {
  const ofTen = (name: 'rpe' | 'mood' | 'energy' | 'painNrs', ends: MessageKey) => (
    <label>
      {t(`after.${name}`)} <span class="quiet">({t(ends)})</span>
      <select name={name} defaultValue={before?.[name] ?? ''}>
        <option value="">{t('after.skip')}</option>
        {tens.map((value) => (
          <option key={value} value={value} selected={before?.[name] === value}>
            {value}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <Form
      label={t('after.save')}
      submit={(form) => save(readForm(form))}
      draft={{ what: `told ${runId ?? ''} ${before?.id ?? ''}`, clientId }}
      textOf={(code) => (code === 'INVALID_REQUEST' ? t('after.nothing') : null)}
    >
      {before !== null && <p role="status">{t('after.kept')}</p>}
      <NotAtOnce />
      {runId !== null && (
        <label>
          {t('after.whatHelped')}
          <textarea name="whatHelped" rows={2} maxLength={500} defaultValue={before?.whatHelped ?? ''} />
        </label>
      )}
      <div class="fields">
        {runId !== null && ofTen('rpe', 'after.rpeEnds')}
        {ofTen('mood', 'after.moodEnds')}
        {ofTen('energy', 'after.energyEnds')}
        <label>
          {t('after.sleepH')} <span class="quiet">({t(runId === null ? 'after.lastNight' : 'after.nightBefore')})</span>
          <input
            name="sleepH"
            type="number"
            min={0}
            max={24}
            step={0.5}
            inputMode="decimal"
            defaultValue={before?.sleepH ?? ''}
          />
        </label>
        {runId !== null && ofTen('painNrs', 'after.painEnds')}
      </div>
      {runId !== null && (
        <label class="tick">
          <input name="meals" type="checkbox" defaultChecked={before?.mealsForRunning ?? false} /> {t('after.meals')}
        </label>
      )}
    </Form>
  )
}

function readForm(form: HTMLFormElement): AfterRunInput {
  const number = (name: string) => (formText(form, name) === '' ? null : Number(formText(form, name)))
  const whatHelped = formText(form, 'whatHelped')
  return {
    rpe: number('rpe'),
    mood: number('mood'),
    energy: number('energy'),
    sleepH: number('sleepH'),
    painNrs: number('painNrs'),
    mealsForRunning: formText(form, 'meals') === 'on',
    whatHelped: whatHelped === '' ? null : whatHelped,
  }
}
