// The plan of a group run: minutes, and running and walking in turns.
import type { Signal } from '@preact/signals'
import type { RunWalkPlan } from '../../../src/domain/plan.ts'
import { t } from '../../messages/translate.ts'

/** As typed. */
export interface PlanInput {
  readonly minutes: string
  readonly runMin: string
  readonly walkMin: string
}
export const plainPlan: PlanInput = { minutes: '30', runMin: '', walkMin: '' }

/** Whole plans only: half of an interval is none. */
export function planOf({ minutes, runMin, walkMin }: PlanInput): RunWalkPlan {
  const [all, run, walk] = [minutes, runMin, walkMin].map((text) => Number(text.replace(',', '.')))
  const isTime = (value: number | undefined): value is number => value !== undefined && value > 0 && value <= 600
  return {
    minutes: isTime(all) ? all : null,
    intervals: isTime(run) && isTime(walk) ? { runS: Math.round(run * 60), walkS: Math.round(walk * 60) } : null,
  }
}

export function PlanFields({ fields }: { fields: Signal<PlanInput> }) {
  const field = (name: keyof PlanInput) => (
    <label>
      {t(`group.plan.${name}`)}
      <input
        inputMode="decimal"
        value={fields.value[name]}
        onInput={({ currentTarget }) => (fields.value = { ...fields.value, [name]: currentTarget.value })}
      />
    </label>
  )
  return (
    <>
      <div class="fields plan-fields">
        {field('minutes')}
        {field('runMin')}
        {field('walkMin')}
      </div>
      <p class="quiet">{t('group.plan.what')}</p>
    </>
  )
}
