// Sends sealed batches to the server when there is a network, one group run at a time, in order. After any failure the
// batches stay and are sent again; the server counts a repeated batch once. The person at the screen is not disturbed.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import { ApiError, meaningOf } from '../api/api-error.ts'
import { answerMeanings, type AnswerMeaning } from '../api/answer-meanings.ts'
import type { BatchesToSend } from '../api/batches.ts'
import type { Outbox } from './outbox.ts'
import { listLeft } from './send-fates.ts'
import { backOffMs } from './send-plan.ts'
import { newMemory, sendRun, type Sender, type SendParts, type Stop } from './send-run.ts'
import { isGoing, isSendable, type StoredGroupRun } from './stored.ts'
import { pageWorld, type SyncWorld } from './sync-world.ts'

export interface SyncState {
  /** `waiting`: for the network, the server or a person, as `why` says. `failing`: some runners are not taken; it is tried again. */
  readonly state: 'idle' | 'sending' | 'waiting' | 'failing'
  /** Why it waits; null in every other state. */
  readonly why: AnswerMeaning | null
  /** Participations that the server has trouble with: they alone are left for a while. */
  readonly troubled: readonly string[]
  /** Data wait for a person who may record them; the signed-in person may not. */
  readonly forOthers: boolean
  readonly unsent: number
  readonly lastSentAtMs: number | null
}

export interface Sync {
  readonly sync: ReadonlySignal<SyncState>
  /** Somebody signed in: tries again what waited for that, and what was refused to the person before. */
  readonly signedIn: () => void
  /** A person asks for it: try everything at once, also what was set aside.
   *  @returns once nothing more can be done for now */
  readonly sendNow: () => Promise<void>
}

/** Between two requests about a run that goes on … product choice: nobody waits for it before the end. */
const GATHER_MS = 60_000

type Own = Omit<SyncState, 'unsent'>

/** Used where no code asks for the signed-in person. */
const anybody: Sender = { maySend: () => true, holds: () => true }

/** From now on, for as long as the page is there. In a tab that does not record it does nothing.
 *  @param send throws an ApiError; gives the server's answer */
export function startSync(
  outbox: Outbox,
  send: (what: BatchesToSend) => Promise<BatchesAnswer>,
  world: SyncWorld = pageWorld,
  sender: Sender = anybody,
): Sync {
  const own = signal<Own>({ state: 'idle', why: null, troubled: [], forOthers: false, lastSentAtMs: null })
  const memory = newMemory()
  const say = (state: Own['state'], why: AnswerMeaning | null = null, troubled = own.value.troubled) => {
    const { value } = own
    const forOthers = memory.others.size > 0
    const isSame = state === value.state && why === value.why && troubled.join() === value.troubled.join()
    if (!isSame || forOthers !== value.forOthers) own.value = { ...value, state, why, troubled, forOthers }
  }
  const restsUntilMs = new Map<string, number>()
  const holds = newHolds(world)
  /** Why nothing is sent at all. */
  let stopped: Stop | null = null
  let wanted = false
  let under: Promise<void> | null = null

  const parts: SendParts = {
    outbox,
    send,
    memory,
    world,
    sender,
    onSending: () => say('sending'),
    onSent: () => {
      holds.release(ALL)
      own.value = { ...own.value, lastSentAtMs: world.wallMs() }
    },
    want: () => void want(),
  }

  const wantOn = () => void want()

  /** While a run goes, parts gather: each request is a line in the log about each runner. */
  const rest = ({ id }: StoredGroupRun) => {
    restsUntilMs.set(id, world.steadyMs() + GATHER_MS)
    world.after(GATHER_MS + 1, wantOn)
  }

  const stop = (why: Stop) => {
    stopped = why
    // The sign-in itself reports that it happened.
    if (answerMeanings[why.meaning].sending === 'wait') holds.hold(ALL, wantOn, why.retryAfterMs)
  }

  const isStopped = (): boolean => {
    if (stopped === null) return false
    return answerMeanings[stopped.meaning].sending === 'sign_in' || holds.isHeld(ALL)
  }

  const sendAll = async (): Promise<void> => {
    await outbox.ready
    if (outbox.state.value.problem === 'other_tab') return say('idle')
    // Recordings are staff's: asking as anybody else would only fill the log with refusals.
    if (!sender.maySend()) return say('idle')
    if (stopped !== null && isStopped()) return say('waiting', stopped.meaning)
    if (!world.isOnline()) return say('waiting', 'offline')
    stopped = null
    try {
      await sender.tellFirst?.()
    } catch (error) {
      const meaning = meaningOf(error)
      const step = answerMeanings[meaning].sending
      if (step === 'wait' || step === 'sign_in') {
        stop({ meaning, retryAfterMs: error instanceof ApiError ? error.retryAfterMs : null })
        return say('waiting', meaning)
      }
      // If the server does not accept it now, it is reported again later, and delays no recording.
    }
    const runs = (await outbox.listGroupRuns()).sort((a, b) => a.madeAtMs - b.madeAtMs)
    for (const run of runs.filter(({ id }) => !holds.isHeld(id))) {
      const goes = isGoing(run)
      if (goes && world.steadyMs() < (restsUntilMs.get(run.id) ?? -Infinity)) continue
      try {
        const why = await sendRun(parts, run)
        if (why !== null) {
          stop(why)
          return say('waiting', why.meaning)
        }
        holds.release(run.id)
        if (goes) rest(run)
      } catch {
        // The disk did not answer; the outbox reports that. The other group runs continue.
        holds.hold(run.id, wantOn, null)
      }
    }
    const troubled = listLeft(memory.fates, world.steadyMs())
    say(troubled.length > 0 || runs.some(({ id }) => holds.isHeld(id)) ? 'failing' : 'idle', null, troubled)
  }

  const sendWanted = async () => {
    while (wanted) {
      wanted = false
      // The disk did not even say which group runs there are: told by the outbox, and tried again.
      await sendAll().catch(() => world.after(backOffMs(3, world.random()), wantOn))
    }
    under = null
  }
  const want = (): Promise<void> => {
    wanted = true
    return (under ??= sendWanted())
  }

  /** Forget what failed; what the server asked to wait for is waited for. */
  const anew = () => {
    stopped = holds.isFirm(ALL) ? stopped : null
    memory.silence = null
    holds.releaseAll()
    return want()
  }
  world.onChange((what) => void (what === 'offline' ? want() : anew()))
  const unsent = computed(() => outbox.state.value.unsent)
  effect(() => {
    // Whether it may is asked again when somebody else is here.
    if (unsent.value >= 0 && sender.maySend()) void want()
  })

  /** Tries refused data once more. */
  const retryRefused = async (takeBack: boolean) => {
    for (const run of await outbox.listGroupRuns())
      for (const one of await outbox.listParticipations(run.id)) {
        if (!isSendable(run, one)) continue
        if (one.refused !== null) memory.retried.add(one.id)
        // If the disk does not answer now, the next press tries again.
        if (takeBack && one.setAside > 0) await outbox.takeBack(one.id).catch(() => undefined)
      }
  }
  const restart = async (takeBack: boolean) => {
    await outbox.ready
    memory.fates.clear()
    memory.asked.clear()
    memory.others.clear()
    restsUntilMs.clear()
    // Without a disk there is nothing to take back; the outbox reports that.
    await retryRefused(takeBack).catch(() => undefined)
    await anew()
  }

  return {
    sync: computed(() => ({ ...own.value, unsent: unsent.value })),
    signedIn: () => void restart(false),
    sendNow: () => restart(true),
  }
}

/** Stands for everything among the group runs that are on hold. */
const ALL = ''

/** Data that wait for another try, and the number of failures in a row. */
function newHolds(world: SyncWorld) {
  const held = new Map<string, { failures: number; untilMs: number; firmUntilMs: number }>()
  const isFirm = (name: string) => world.steadyMs() < (held.get(name)?.firmUntilMs ?? -Infinity)
  return {
    isHeld: (name: string) => world.steadyMs() < (held.get(name)?.untilMs ?? -Infinity),
    /** The server itself asked to wait. */
    isFirm,
    hold: (name: string, then: () => void, askedMs: number | null) => {
      const failures = (held.get(name)?.failures ?? 0) + 1
      const nowMs = world.steadyMs()
      const waitMs = Math.max(askedMs ?? 0, backOffMs(failures, world.random()))
      held.set(name, { failures, untilMs: nowMs + waitMs, firmUntilMs: nowMs + (askedMs ?? -Infinity) })
      world.after(waitMs + 1, then)
    },
    release: (name: string) => void held.delete(name),
    releaseAll: () => {
      for (const name of held.keys()) if (!isFirm(name)) held.delete(name)
    },
  }
}
