// The straps of this page with the browser's own radio, clock, timers and locks. For entry points and screens. Tests
// pass their own parts to `createStraps`.
import { findBluetooth } from './bluetooth.ts'
import { createOtherTab } from './other-tab.ts'
import { createPracticeRadio } from './practice-radio.ts'
import { strapDefaults, type StrapParameters } from './strap-parameters.ts'
import { createStraps, type Straps } from './straps.ts'
import { steadyClock, type Timers } from './timers.ts'

const pageTimers: Timers = {
  nowMs: steadyClock(
    () => performance.now(),
    () => Date.now(),
  ),
  setTimer: (work, afterMs) => window.setTimeout(work, afterMs),
  clearTimer: (timer) => window.clearTimeout(timer),
  random: () => Math.random(),
}

/** To be called once.
 *  @param practiceName what the practice strap of a number is called
 *  @param practiceSeed other seeds, other made runners */
export function openStraps(
  practiceName: (number: number) => string,
  { practiceSeed = 1, parameters = strapDefaults }: { practiceSeed?: number; parameters?: StrapParameters } = {},
): Straps {
  return createStraps({
    radio: findBluetooth(),
    practice: createPracticeRadio(practiceSeed, pageTimers, practiceName),
    otherTab: createOtherTab('locks' in navigator ? navigator.locks : null, pageTimers),
    timers: pageTimers,
    parameters,
  })
}
