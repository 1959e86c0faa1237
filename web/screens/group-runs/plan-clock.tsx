// The shared timer of the group's plan: what to do now, for how long, and the total time left.
import { clock } from '../../charts/chart-data.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'

export function PlanClock({ run }: { run: GroupRun }) {
  const moment = run.moment.value
  const { plan, timer } = run.run.value
  if (moment === null) return <p class="plan-clock">{t('live.notStarted')}</p>
  if (timer.pausedAtMs !== null) return <p class="plan-clock">{t('live.allPaused')}</p>
  const { pace, leftS, planLeftS } = moment
  return (
    <p class={`plan-clock pace-${pace}`}>
      {plan.intervals !== null && pace !== 'done' && (
        <strong>
          {t(`live.pace.${pace}`)} {leftS === null ? '' : clock(Math.ceil(leftS))}
        </strong>
      )}{' '}
      {pace === 'done'
        ? t('live.pace.done')
        : planLeftS !== null && t('live.left', { time: clock(Math.ceil(planLeftS)) })}
    </p>
  )
}
