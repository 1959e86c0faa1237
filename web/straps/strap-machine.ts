// Decides what happens next with one strap: when to connect, give up, wait or try again, and what a person is told. The
// driver (`strap.ts`) calls it with every event and does what it answers. It has no clock, no radio and no random
// numbers. Times must come from a clock that never goes back.
import type { StrapParameters } from './strap-parameters.ts'
import type { StrapProblem } from './strap-problem.ts'

export const strapStates = [
  /** A person is choosing it in the browser's list. */
  'choosing',
  'connecting',
  /** Beats arrive. A link without a beat is not live. */
  'live',
  /** The link is open and no beat arrives. */
  'silent',
  /** The link is gone; the next try is waited for. */
  'lost',
  'retrying',
  /** Not tried any more: taken away by a person, or out of reach without a person's tap. */
  'gone',
] as const
export type StrapState = (typeof strapStates)[number]

/** `asked` waits for its turn; `closing` waits for the browser's word that the old link is gone. */
type Link = 'none' | 'asked' | 'opening' | 'open' | 'closing'

/** Plain data; times are ms of the injected clock. */
export interface StrapMachine {
  readonly state: StrapState
  readonly link: Link
  /** When the link began to be as it is. */
  readonly linkSinceMs: number
  /** Number of the last connect, so that a late answer to an earlier one counts for nothing. */
  readonly attempt: number
  /** Failures in a row; a beat ends the row. */
  readonly failures: number
  readonly retryAtMs: number
  readonly heardAtMs: number | null
  /** Why it is not live; null while nothing failed. */
  readonly problem: StrapProblem | null
  /** The wait that was asked for last and is not over. */
  readonly waitsUntilMs: number | null
}

export type StrapEvent =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'chosen' }
  | { readonly kind: 'not_chosen' }
  /** It is wanted, but cannot be had without a tap. */
  | { readonly kind: 'out_of_reach' }
  /** The turn of a connect has come. */
  | { readonly kind: 'opening'; readonly attempt: number }
  | { readonly kind: 'opened'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly problem: StrapProblem }
  /** The browser says that the link is gone. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'notified' }
  /** A wait is over. */
  | { readonly kind: 'time' }
  | { readonly kind: 'tap' }
  /** Trying may work now: Bluetooth was switched on. */
  | { readonly kind: 'radio_ready' }
  | { readonly kind: 'taken_away' }

export type StrapEffect =
  | { readonly kind: 'connect'; readonly attempt: number }
  /** Also ends a connect under way; never fails. */
  | { readonly kind: 'disconnect' }
  /** Come back with `time` then; takes the place of the wait before. */
  | { readonly kind: 'wait'; readonly untilMs: number }

export interface StrapStep {
  readonly machine: StrapMachine
  readonly effects: readonly StrapEffect[]
}

export const startStrap = (): StrapMachine => ({
  state: 'choosing',
  link: 'none',
  linkSinceMs: Number.NEGATIVE_INFINITY,
  attempt: 0,
  failures: 0,
  retryAtMs: 0,
  heardAtMs: null,
  problem: null,
  waitsUntilMs: null,
})

/** @param jitter 0 to 1: spreads tries, so that ten straps that were lost at once do not come back at once
 *  @returns       the machine afterwards, and what to do in this order */
export function stepStrap(
  before: StrapMachine,
  event: StrapEvent,
  nowMs: number,
  jitter: number,
  p: StrapParameters,
): StrapStep {
  const effects: StrapEffect[] = []
  const machine = connectIfDue(onEvent(before, event, { nowMs, jitter, p, effects }), { nowMs, jitter, p, effects })
  return { machine: waitFor(machine, { nowMs, jitter, p, effects }), effects }
}

interface Moment {
  readonly nowMs: number
  readonly jitter: number
  readonly p: StrapParameters
  readonly effects: StrapEffect[]
}

function onEvent(m: StrapMachine, event: StrapEvent, at: Moment): StrapMachine {
  switch (event.kind) {
    case 'choosing':
      return m.state === 'gone' ? { ...m, state: 'choosing' } : m
    case 'chosen':
      return m.state === 'choosing' || m.state === 'gone' ? tryNow(m, 'connecting', at) : m
    case 'not_chosen':
      return m.state === 'choosing' ? { ...m, state: 'gone' } : m
    case 'out_of_reach':
      return goAway(m, m.problem, at)
    case 'taken_away':
      return goAway(m, null, at)
    case 'opening':
      return event.attempt === m.attempt && m.link === 'asked' ? linked(m, 'opening', at) : m
    case 'opened':
      return event.attempt === m.attempt && m.link === 'opening' ? linked({ ...m, problem: null }, 'open', at) : m
    case 'failed':
      return event.attempt === m.attempt && (m.link === 'asked' || m.link === 'opening')
        ? fail(m, event.problem, at)
        : m
    case 'closed':
      return onClosed(m, at)
    case 'notified':
      return m.link === 'open' ? { ...m, state: 'live', heardAtMs: at.nowMs, failures: 0, problem: null } : m
    case 'time':
      return onTime({ ...m, waitsUntilMs: null }, at)
    case 'tap':
      return onTap(m, at)
    case 'radio_ready':
      return m.state === 'lost' ? { ...m, retryAtMs: at.nowMs } : m
  }
}

function onTap(m: StrapMachine, at: Moment): StrapMachine {
  switch (m.state) {
    case 'gone':
      return tryNow(m, 'connecting', at)
    case 'lost':
      return { ...m, retryAtMs: at.nowMs }
    case 'silent':
      return { ...close(m, at), state: 'lost', retryAtMs: at.nowMs }
    case 'choosing':
    case 'connecting':
    case 'live':
    case 'retrying':
      return m
  }
}

function onTime(m: StrapMachine, at: Moment): StrapMachine {
  const { p, nowMs } = at
  if (m.link === 'opening' && nowMs >= m.linkSinceMs + p.connectTimeoutMs) return fail(m, 'timed_out', at)
  if (m.link === 'closing' && nowMs >= m.linkSinceMs + p.closeGraceMs) return { ...m, link: 'none' }
  if (m.link !== 'open') return m
  const quietMs = nowMs - quietSince(m)
  if (m.state === 'silent' && quietMs >= p.silentCycleMs) return backOff(close(m, at), at)
  return quietMs >= p.silentAfterMs ? { ...m, state: 'silent' } : m
}

const onClosed = (m: StrapMachine, at: Moment): StrapMachine => {
  if (m.link === 'closing') return linked(m, 'none', at)
  // While a connect is under way this is the farewell of the link before, or the connect itself will fail.
  return m.link === 'open' ? backOff(linked(m, 'none', at), at) : m
}

/** Once the old link is gone and the wait is over. */
function connectIfDue(m: StrapMachine, { nowMs, p, effects }: Moment): StrapMachine {
  const connectAtMs = m.link === 'none' ? dueAt(m, p) : null
  if (connectAtMs === null || nowMs < connectAtMs) return m
  const attempt = m.attempt + 1
  effects.push({ kind: 'connect', attempt })
  return { ...m, state: m.state === 'lost' ? 'retrying' : m.state, link: 'asked', linkSinceMs: nowMs, attempt }
}

function fail(m: StrapMachine, problem: StrapProblem, at: Moment): StrapMachine {
  const closed = close({ ...m, problem }, at)
  return needsTap[problem] ? { ...closed, state: 'gone' } : backOff(closed, at)
}

/** What no waiting cures. */
const needsTap: Readonly<Record<StrapProblem, boolean>> = {
  bluetooth_off: false,
  phone_full: false,
  timed_out: false,
  attempt_failed: false,
  out_of_sight: false,
  blocked: true,
  unsupported: true,
  no_heart_rate: false,
}

/** Half of the wait is certain, half is chance. */
function backOff(m: StrapMachine, { nowMs, jitter, p }: Moment): StrapMachine {
  const waitMs =
    m.problem === 'bluetooth_off'
      ? p.retryOffMs
      : Math.min(p.retryMaxMs, p.retryFirstMs * 2 ** Math.min(m.failures, 20))
  return { ...m, state: 'lost', failures: m.failures + 1, retryAtMs: nowMs + waitMs * (0.5 + jitter / 2) }
}

const goAway = (m: StrapMachine, problem: StrapProblem | null, at: Moment): StrapMachine => ({
  ...close(m, at),
  state: 'gone',
  problem,
})

const tryNow = (m: StrapMachine, state: StrapState, at: Moment): StrapMachine => ({
  ...m,
  state,
  failures: 0,
  problem: null,
  retryAtMs: at.nowMs,
})

function close(m: StrapMachine, at: Moment): StrapMachine {
  if (m.link === 'none' || m.link === 'closing') return m
  at.effects.push({ kind: 'disconnect' })
  return linked(m, 'closing', at)
}

const linked = (m: StrapMachine, link: Link, { nowMs }: Moment): StrapMachine => ({ ...m, link, linkSinceMs: nowMs })

const quietSince = (m: StrapMachine): number => Math.max(m.linkSinceMs, m.heardAtMs ?? 0)

/** When something is next due by itself. */
function dueAt(m: StrapMachine, p: StrapParameters): number | null {
  switch (m.link) {
    case 'none':
      return m.state === 'lost' || m.state === 'connecting'
        ? Math.max(m.retryAtMs, m.linkSinceMs + p.closeSettleMs)
        : null
    case 'asked':
      return null
    case 'opening':
      return m.linkSinceMs + p.connectTimeoutMs
    case 'closing':
      return m.linkSinceMs + p.closeGraceMs
    case 'open':
      return quietSince(m) + (m.state === 'silent' ? p.silentCycleMs : p.silentAfterMs)
  }
}

/** A beat moves what is due; the wait that runs stays until it is over, so that beats cost no timers. */
function waitFor(m: StrapMachine, { p, effects }: Moment): StrapMachine {
  const untilMs = dueAt(m, p)
  if (untilMs === null || (m.waitsUntilMs !== null && m.waitsUntilMs <= untilMs)) return m
  effects.push({ kind: 'wait', untilMs })
  return { ...m, waitsUntilMs: untilMs }
}
