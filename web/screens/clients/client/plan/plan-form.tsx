// The form for an agreement: days, minutes, turns of running and walking. It is valid from now; the old one stays in
// the history.
import { useState } from 'preact/hooks'
import { addPlan, type Plan } from '../../../../api/self-report.ts'
import { t } from '../../../../messages/translate.ts'
import { Form } from '../../../../ui/form.tsx'
import { formText, formTicks } from '../../../../ui/form-text.ts'
import { Ticks } from '../../../../ui/ticks.tsx'
import { planOfDraft } from './plan-draft.ts'
import { weekdayName } from './plan-words.ts'

const week = ['1', '2', '3', '4', '5', '6', '7'] as const

export function PlanForm({ clientId, plan, made }: { clientId: string; plan: Plan | null; made: () => void }) {
  const submit = async (form: HTMLFormElement) => {
    const text = (name: string) => formText(form, name)
    const draft = {
      weekdays: formTicks(form, 'weekdays', week),
      minutes: text('minutes'),
      runFor: text('runFor'),
      walkFor: text('walkFor'),
      reason: text('reason'),
      reasonForClient: text('reasonForClient'),
    }
    await addPlan(clientId, planOfDraft(draft))
    made()
  }
  return (
    <Form
      label={t('plan.save')}
      submit={submit}
      draft={{ what: `plan ${plan?.id ?? ''}`, clientId }}
      textOf={(code) => (code === 'INVALID_REQUEST' ? t('plan.invalid') : null)}
    >
      <Ticks
        legend={t('plan.days')}
        name="weekdays"
        choices={week.map((value) => ({ value, label: weekdayName(Number(value)) }))}
        ticked={plan?.weekdays.map(String) ?? []}
      />
      <div class="fields">
        <label>
          {t('plan.minutes')}
          <input
            name="minutes"
            type="number"
            min={5}
            max={180}
            step="any"
            required
            inputMode="decimal"
            defaultValue={plan?.runMin ?? 30}
          />
        </label>
        <IntervalFields intervals={plan?.intervals ?? null} />
        <label>
          {t('plan.reason')}
          <textarea name="reason" rows={2} maxLength={500} />
        </label>
        <label>
          {t('plan.reasonForClient')}
          <textarea name="reasonForClient" rows={2} maxLength={500} />
        </label>
      </div>
    </Form>
  )
}

/** Half of an interval is none: once one of them is filled in, the other is asked for. */
function IntervalFields({ intervals }: { intervals: Plan['intervals'] }) {
  const [typed, setTyped] = useState({ runFor: intervals !== null, walkFor: intervals !== null })
  const field = (name: 'runFor' | 'walkFor', seconds: number | undefined) => (
    <label>
      {t(`plan.${name}`)}
      <input
        name={name}
        type="number"
        min={10 / 60}
        max={60}
        step="any"
        inputMode="decimal"
        required={typed.runFor || typed.walkFor}
        defaultValue={seconds === undefined ? '' : seconds / 60}
        onInput={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value !== '' })}
      />
    </label>
  )
  return (
    <>
      {field('runFor', intervals?.runS)}
      {field('walkFor', intervals?.walkS)}
    </>
  )
}
