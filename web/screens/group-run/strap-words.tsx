// A strap in words: its label, how its link is, its battery, and the number that it gives now.
import { useEffect, useRef, useState } from 'preact/hooks'
import { FRESH_S } from '../../../src/domain/monitor/shown-state.ts'
import type { Desk } from '../../group-run/desk.ts'
import { t } from '../../messages/translate.ts'
import type { StrapView } from '../../straps/strap.ts'
import { useFade } from './use-fade.ts'

/** Below this the battery may not last the run (product choice). */
const LOW_PERCENT = 20

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

/** The number that the strap gives now; none as soon as it is older, by whichever clock. */
function PulseWords({ strap }: { strap: StrapView }) {
  const { lastNotificationAtMs, lastHeartRateBpm, delayMs } = strap.pulse.value
  const freshMs = FRESH_S * 1000 - delayMs
  const since = useRef({ pulse: strap.pulse.value, at: look() })
  if (since.current.pulse !== strap.pulse.value) since.current = { pulse: strap.pulse.value, at: look() }
  const [, again] = useState(0)
  const isShown =
    lastNotificationAtMs !== null && lastHeartRateBpm !== null && ageOf(since.current.at, look()) < freshMs
  const fade = useFade(isShown ? lastNotificationAtMs : null, freshMs)
  useEffect(() => {
    if (!isShown) return
    const timer = setInterval(() => again((count) => count + 1), LOOK_MS)
    return () => clearInterval(timer)
  }, [isShown])
  if (!isShown) return null
  return (
    <span class={fade.class} style={fade.style}>
      {t('zone.bpm', { bpm: lastHeartRateBpm })}
    </span>
  )
}

const LOOK_MS = 1000
/** A phone that slept knows it by the wall clock alone, a page whose clock was set by the steady one. */
const look = () => ({ wallMs: Date.now(), steadyMs: performance.now() })
const ageOf = (since: ReturnType<typeof look>, now: ReturnType<typeof look>): number =>
  Math.max(now.wallMs - since.wallMs, now.steadyMs - since.steadyMs)
