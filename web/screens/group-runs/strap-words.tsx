// A strap in words: its label, its connection, its battery, and its current number.
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'
import { useFreshBpm } from './use-fresh-bpm.ts'

/** Below this the battery may not last the run (product choice). */
const LOW_PERCENT = 20

interface Props {
  readonly controller: GroupRunController
  readonly strapId: string | null
  /** Its label stands beside it already. */
  readonly isNamed?: boolean
}

export function StrapWords({ controller, strapId, isNamed = false }: Props) {
  const strap = controller.straps.list.value.find(({ id }) => id === strapId)
  if (strapId === null) return null
  if (strap === undefined)
    return <p class="quiet">{t('strap.notHere', { name: controller.wearing.labelOf(strapId) })}</p>
  const { state, batteryPercent, problem, needsTap, badSensor } = strap
  return (
    <p class="strap-words">
      {!isNamed && <span>{controller.wearing.labelOf(strap.id)}</span>}{' '}
      <span class={`badge strap-${state}`}>{t(`strap.state.${state}`)}</span>{' '}
      <PulseWords controller={controller} strap={strap} />{' '}
      {batteryPercent !== null && (
        <span class={batteryPercent <= LOW_PERCENT ? 'mark' : 'quiet'}>
          {t(batteryPercent <= LOW_PERCENT ? 'strap.batteryLow' : 'strap.battery', { percent: batteryPercent })}
        </span>
      )}
      {problem !== null && <span class="problem">{t(`strap.problem.${problem}`)}</span>}
      {badSensor && <span class="mark">{t('strap.bad')}</span>}
      {needsTap && <span class="mark">{t('strap.needsTap')}</span>}
    </p>
  )
}

/** The number that the strap gives now; none of a strap that may be another's. */
function PulseWords({ controller, strap }: { controller: GroupRunController; strap: StrapView }) {
  const { bpm, fade } = useFreshBpm(strap, controller.straps.nowMs())
  if (strap.identity === 'unsure') return <span class="mark">{t('strap.unsure')}</span>
  if (bpm === null) return null
  return (
    <span class={fade.class} style={fade.style}>
      {t('zone.bpm', { bpm })}
    </span>
  )
}
