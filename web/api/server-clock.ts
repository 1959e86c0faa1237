// The difference between the server's clock and this phone's, learned from answers that contain the server's time. The
// page shows a large difference to people. It never moves a time inside a run.
import { signal } from '@preact/signals'

/** What is off by less is nobody's business … product choice. */
const TOLD_MS = 60_000
/** An answer that took longer says too little. */
const MOST_TOOK_MS = 30_000
/** The phone was set, or slept, while it waited. */
const MOST_STEP_MS = 2000

/** Null while no answer has said it. */
export const serverAheadMs = signal<number | null>(null)

interface Clocks {
  readonly wallMs: number
  readonly steadyMs: number
}
const look = (): Clocks => ({ wallMs: Date.now(), steadyMs: performance.now() })

/** A phone that is off by less can be believed what day it is … product choice. */
const SAME_DAY_MS = 86_400_000

/** Whether the server's time, as far as it is known, is this phone's to a day. */
export type PhoneClock = 'right' | 'wrong' | 'unknown'
export const phoneClock = (aheadMs = serverAheadMs.value): PhoneClock =>
  aheadMs === null ? 'unknown' : Math.abs(aheadMs) < SAME_DAY_MS ? 'right' : 'wrong'

/** Asks the server for its time, signed in or not. Never throws */
export async function askServerClock(patienceMs: number): Promise<void> {
  const init = { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) } as const
  // To the second, which is enough.
  await learnServerClock(fetch('/healthz', init), ({ headers }) => Date.parse(headers.get('date') ?? '')).catch(
    () => null,
  )
}

/** Pass an answer on, and learn from the server's time in it. */
export async function learnServerClock<T>(asking: Promise<T>, serverMsOf: (answer: T) => number): Promise<T> {
  const asked = look()
  const answer = await asking
  serverAheadMs.value = aheadOf(serverMsOf(answer), asked, look()) ?? serverAheadMs.value
  return answer
}

/** @returns null where it says nothing */
export function aheadOf(serverMs: number, asked: Clocks, answered: Clocks): number | null {
  const tookMs = answered.steadyMs - asked.steadyMs
  const stepMs = answered.wallMs - asked.wallMs - tookMs
  // A proxy that answers in place of the server gives no time.
  if (!Number.isFinite(serverMs) || tookMs > MOST_TOOK_MS || Math.abs(stepMs) > MOST_STEP_MS) return null
  return Math.round(serverMs - (asked.wallMs + answered.wallMs) / 2)
}

/** The server said this once, which was not in the future. */
export function learnFromPast(serverMs: number, wallMs = Date.now()): void {
  if (serverMs - wallMs > TOLD_MS) serverAheadMs.value ??= serverMs - wallMs
}

/** Somebody set this phone's clock by so much. */
export function phoneWasSet(setMs: number): void {
  if (serverAheadMs.value !== null) serverAheadMs.value -= setMs
}

export interface ClockOff {
  readonly way: 'behind' | 'ahead'
  readonly unit: 'minutes' | 'hours' | 'days'
  readonly count: number
}
const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const

/** @returns how far the phone is off, where that is worth a word; null else */
export function clockOff(aheadMs: number | null): ClockOff | null {
  if (aheadMs === null || Math.abs(aheadMs) <= TOLD_MS) return null
  const offMs = Math.abs(aheadMs)
  // In the largest unit of which there are two: "90 minutes" rather than "2 hours".
  const [unit, ms] = units.find(([, unitMs]) => offMs >= 2 * unitMs) ?? units[2]
  return { way: aheadMs > 0 ? 'behind' : 'ahead', unit, count: Math.round(offMs / ms) }
}
