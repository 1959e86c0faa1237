// The clock for recording: reads the page's clocks each second and gives times to entries. `clock-state.ts` and
// `clock-step.ts` decide what the readings mean.
import { hearStrap, readClock, settleClock, startClock, type ClockEvent, type Reading } from './clock-state.ts'

const READ_EVERY_MS = 1000

export interface RecorderClock {
  readonly nowMs: () => number
  /** A time for an entry of this runner: later than every one that it was given for.
   *  @param atMs by this clock; else now */
  readonly stamp: (participationId: string, atMs?: number) => number
  /** A strap told something: the steady clock then, for what must wait until the clock is sure. */
  readonly heard: (strapId: string) => number
  /** This clock's time for a time of the steady clock, corrected for steps that were found later. */
  readonly atSteady: (steadyMs: number) => number
  /** Nobody can say yet whether the phone slept or its clock was set: how long ago anything was is not known. */
  readonly isUnsure: () => boolean
  /** Decide that now: something is to be written down that must have its time. */
  readonly settle: () => void
  /** Another group run goes on, or begins: it has its own time.
   *  @returns the wall clock less this one */
  readonly begin: (lastAtMs: number | null, setMs: number) => number
  /** The page was hidden. */
  readonly hidden: () => void
  readonly close: () => void
}

export interface RecorderClockParts {
  /** Of a runner's last entry on disk (`outbox.lastAtMs`). */
  readonly lastAtMs: (participationId: string) => number | null
  /** Called before the time that follows is given: it is to be written for whoever is on the way. What was missed before the
   *  page opened is for the caller to say. */
  readonly onFound: (event: ClockEvent) => void
  /** Whether the browser keeps the screen on. */
  readonly isAwake: () => boolean
  readonly isHidden: () => boolean
}

/** The clock of this page. */
export function openRecorderClock({ lastAtMs, onFound, isAwake, isHidden }: RecorderClockParts): RecorderClock {
  let wasHidden = isHidden()
  let wasAwake = isAwake()
  const look = (): Reading => {
    const awake = isAwake()
    const reading = {
      wallMs: Date.now(),
      steadyMs: performance.now(),
      wasHidden: wasHidden || isHidden(),
      isHeldAwake: wasAwake && awake,
    }
    wasHidden = isHidden()
    wasAwake = awake
    return reading
  }
  let clock = startClock(look(), null)
  const tell = (events: readonly ClockEvent[]) => {
    for (const event of events) onFound(event)
  }
  const nowMs = (): number => {
    tell(readClock(clock, look()))
    return clock.lastMs
  }
  const timer = setInterval(nowMs, READ_EVERY_MS)
  return {
    nowMs,
    stamp: (participationId, atMs = nowMs()) => Math.max(atMs, (lastAtMs(participationId) ?? -Infinity) + 1),
    heard: (strapId) => {
      nowMs()
      const steadyMs = performance.now()
      hearStrap(clock, strapId, steadyMs)
      return steadyMs
    },
    atSteady: (steadyMs) => Math.floor(clock.baseMs + steadyMs),
    isUnsure: () => clock.step !== null,
    settle: () => {
      nowMs()
      tell(settleClock(clock, look()))
    },
    begin: (last, setMs) => {
      const { straps } = clock
      clock = { ...startClock(look(), last, setMs), straps }
      return Math.round(clock.wallAheadMs)
    },
    hidden: () => (wasHidden = true),
    close: () => clearInterval(timer),
  }
}
