// A strap in words: its label, how its link is, its battery, and the number that it gives now.
import { useEffect, useState } from 'preact/hooks'
import type { Desk } from '../../group-run/desk.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'

/** Below this the battery may not last the run (product choice). */
const LOW_PERCENT = 20
/** An older number is none. */
const FRESH_MS = 5000

export function StrapWords({ desk, strapId }: { desk: Desk; strapId: string | null }) {
  const strap = desk.straps.list.value.find(({ id }) => id === strapId)
  if (strapId === null) return null
  if (strap === undefined)
    return (
      <p class="quiet">
        {t('strap.notHere', { name: desk.memory.value.straps.find(({ id }) => id === strapId)?.name ?? '' })}
      </p>
    )
  const { name, state, batteryPercent, problem, needsTap, badSensor } = strap
  return (
    <p class="strap-words">
      <span>{name}</span> <span class={`badge strap-${state}`}>{t(`strap.state.${state}`)}</span>{' '}
      <PulseWords strap={strap} />{' '}
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

/** The number that the strap gives now; none as soon as it is older. */
function PulseWords({ strap }: { strap: StrapView }) {
  const { lastNotificationAtMs, lastHeartRateBpm } = strap.pulse.value
  const [oldAtMs, setOldAtMs] = useState<number | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setOldAtMs(lastNotificationAtMs), FRESH_MS)
    return () => clearTimeout(timer)
  }, [lastNotificationAtMs])
  if (lastNotificationAtMs === null || lastHeartRateBpm === null || oldAtMs === lastNotificationAtMs) return null
  return <span>{t('zone.bpm', { bpm: lastHeartRateBpm })}</span>
}
