// The current number of a strap; none as soon as it is too old by either clock. For every part that shows a strap.
import { useEffect, useRef, useState } from 'preact/hooks'
import { FRESH_S } from '../../../src/domain/monitor/shown-state.ts'
import type { StrapView } from '../../straps/strap.ts'
import { useFade } from './use-fade.ts'

const LOOK_MS = 1000

/** @param driverMs the driver's clock now: a number that was heard before it is looked at is as old as it is
 *  @returns `fade` takes the number away by itself where the page stands still */
export function useFreshBpm(strap: StrapView, driverMs: number) {
  const { lastNotificationAtMs, lastHeartRateBpm, delayMs } = strap.pulse.value
  const agedMs = lastNotificationAtMs === null ? 0 : Math.max(0, driverMs - lastNotificationAtMs)
  const freshMs = FRESH_S * 1000 - delayMs
  const since = useRef({ pulse: strap.pulse.value, at: look(agedMs) })
  if (since.current.pulse !== strap.pulse.value) since.current = { pulse: strap.pulse.value, at: look(agedMs) }
  const [, again] = useState(0)
  const isShown =
    lastNotificationAtMs !== null && lastHeartRateBpm !== null && ageOf(since.current.at, look()) < freshMs
  const fade = useFade(isShown ? lastNotificationAtMs : null, freshMs - agedMs)
  useEffect(() => {
    if (!isShown) return
    const timer = setInterval(() => again((count) => count + 1), LOOK_MS)
    return () => clearInterval(timer)
  }, [isShown])
  return { bpm: isShown ? lastHeartRateBpm : null, fade }
}

/** A phone that slept knows it by the wall clock alone, a page whose clock was set by the steady one. */
const look = (agoMs = 0) => ({ wallMs: Date.now() - agoMs, steadyMs: performance.now() - agoMs })
const ageOf = (since: ReturnType<typeof look>, now: ReturnType<typeof look>): number =>
  Math.max(now.wallMs - since.wallMs, now.steadyMs - since.steadyMs)
