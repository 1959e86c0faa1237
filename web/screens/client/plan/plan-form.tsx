// Making an agreement: which days, how many minutes, running and walking in turns. It holds from now; the one before stays
// in the history.
import { addPlan, type Plan } from '../../../api/told.ts'
import { t } from '../../../messages/translate.ts'
import { Form } from '../../../ui/form.tsx'
import { formText, formTicks } from '../../../ui/form-text.ts'
import { weekdayName } from './plan-words.ts'

const week = [1, 2, 3, 4, 5, 6, 7] as const

export function PlanForm({ clientId, plan, made }: { clientId: string; plan: Plan | null; made: () => void }) {
  const submit = async (form: HTMLFormElement) => {
    const weekdays = formTicks(form, 'weekdays', week.map(String)).map(Number)
    const [runMin, walkMin] = ['runFor', 'walkFor'].map((name) => Number(formText(form, name)))
    const reason = formText(form, 'reason')
    await addPlan(clientId, {
      weekdays,
      runMin: Number(formText(form, 'minutes')),
      intervals: runMin && walkMin ? { runS: runMin * 60, walkS: walkMin * 60 } : null,
      reason: reason === '' ? null : reason,
    })
    made()
  }
  const { intervals = null } = plan ?? {}
  const minutesField = (name: string, label: string, seconds: number | undefined) => (
    <label>
      {label}
      <input
        name={name}
        type="number"
        min={0.5}
        max={60}
        step={0.5}
        defaultValue={seconds === undefined ? '' : seconds / 60}
      />
    </label>
  )
  return (
    <Form
      label={t('plan.save')}
      submit={submit}
      textOf={(code) => (code === 'INVALID_REQUEST' ? t('plan.invalid') : null)}
    >
      <fieldset>
        <legend>{t('plan.days')}</legend>
        {week.map((weekday) => (
          <label key={weekday} class="tick">
            <input
              type="checkbox"
              name="weekdays"
              value={weekday}
              defaultChecked={plan?.weekdays.includes(weekday) ?? false}
            />{' '}
            {weekdayName(weekday)}
          </label>
        ))}
      </fieldset>
      <div class="fields">
        <label>
          {t('plan.minutes')}
          <input
            name="minutes"
            type="number"
            min={5}
            max={180}
            required
            inputMode="numeric"
            defaultValue={plan?.runMin ?? 30}
          />
        </label>
        {minutesField('runFor', t('plan.runFor'), intervals?.runS)}
        {minutesField('walkFor', t('plan.walkFor'), intervals?.walkS)}
        <label>
          {t('plan.reason')}
          <input name="reason" maxLength={500} autocomplete="off" />
        </label>
      </div>
    </Form>
  )
}
