// Takes sealed batches to the server whenever there is a network, one group run at a time, in order. Whatever fails, the
// batches stay and are sent again; the server takes a batch twice as once. Nobody at the screen is disturbed by it.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import type { BatchesToSend } from '../api/batches.ts'
import { codeOf } from '../api/request.ts'
import type { Outbox } from './outbox.ts'
import { backOffMs, isAskedFor, listMissing, nameOf, toFailure, toSent, type SendFailure } from './send-plan.ts'
import { isSendable, type SealedBatch, type StoredGroupRun, type StoredParticipation } from './stored.ts'

export interface SyncState {
  /** `signed_out`: waits for somebody to sign in. `failing`: the server answers, but does not take it. */
  readonly state: 'idle' | 'sending' | 'offline' | 'signed_out' | 'failing'
  readonly unsent: number
  readonly lastSentAtMs: number | null
}

export interface Sync {
  readonly sync: ReadonlySignal<SyncState>
  /** Forget what failed and was refused, and try: somebody signed in, or asks for it. */
  readonly sendNow: () => void
}

/** Bytes of batches in one request: 200 kB as base64 … product choice: half a minute over a poor network. */
const MOST_BYTES = 150_000
/** Between two requests about a run that goes on … product choice: nobody waits for it before the end. */
const GATHER_MS = 60_000

/** From now on, for as long as the page is there. In a tab that does not record it does nothing.
 *  @param send throws an ApiError; gives the server's answer */
export function startSync(outbox: Outbox, send: (what: BatchesToSend) => Promise<BatchesAnswer>): Sync {
  const own = signal<Omit<SyncState, 'unsent'>>({ state: 'idle', lastSentAtMs: null })
  const say = (state: SyncState['state']) => {
    if (state !== own.value.state) own.value = { ...own.value, state }
  }
  const holds = newHolds()
  const repeats = new Map<string, number>()
  const refused = new Set<string>()
  const asked = new Set<string>()
  const restsUntilMs = new Map<string, number>()
  let signedOut = false
  let wanted = false
  let busy = false

  /** Send what there is of one group run. @returns what stopped it; null where nothing is left */
  const sendRun = async (run: StoredGroupRun): Promise<SendFailure | null> => {
    for (;;) {
      const batches = await outbox.listSealed(run.id, {
        mostBytes: MOST_BYTES,
        skip: ({ participationId, number }) =>
          refused.has(nameOf(participationId, number)) || refused.has(nameOf(participationId, null)),
      })
      const participations = (await outbox.listParticipations(run.id)).filter((one) =>
        batches.length > 0
          ? batches.some(({ participationId }) => participationId === one.id)
          : isSendable(run, one) && isAskedFor(run, one) && !asked.has(one.id),
      )
      if (participations.length === 0) return null
      say('sending')
      try {
        const answer = await send({ recorderId: outbox.recorderId, run, participations, batches })
        if (batches.length === 0) for (const { id } of participations) asked.add(id)
        if (!(await take(answer, batches, participations))) return 'trouble'
      } catch (error) {
        const code = codeOf(error)
        const failure = toFailure(code)
        if (failure === 'refused') for (const { id } of participations) await outbox.noteSent(id, { refused: code })
        return failure
      }
    }
  }

  /** @returns false where the answer does not say what became of any batch */
  const take = async (
    answer: BatchesAnswer,
    batches: readonly SealedBatch[],
    participations: readonly StoredParticipation[],
  ): Promise<boolean> => {
    await outbox.acknowledge(answer.acknowledged)
    for (const { participationId, number } of answer.refused) refused.add(nameOf(participationId, number))
    for (const before of participations) {
      const sent = toSent(before, answer)
      if (sent !== null) await outbox.noteSent(before.id, sent)
    }
    await outbox.sendAgain(listMissing(answer, repeats))
    own.value = { ...own.value, lastSentAtMs: Date.now() }
    return batches.length === 0 || answer.acknowledged.length > 0 || answer.refused.length > 0
  }

  /** While a run goes, parts gather: each request is a line in the log about each runner. */
  const rest = ({ id }: StoredGroupRun) => {
    restsUntilMs.set(id, performance.now() + GATHER_MS)
    setTimeout(want, GATHER_MS + 1)
  }

  const sendAll = async (): Promise<void> => {
    await outbox.ready
    if (outbox.state.value.problem === 'other_tab') return say('idle')
    if (signedOut) return say('signed_out')
    if (!navigator.onLine || holds.isHeld(NETWORK)) return say('offline')
    const runs = (await outbox.listGroupRuns()).sort((a, b) => a.madeAtMs - b.madeAtMs)
    for (const run of runs.filter(({ id }) => !holds.isHeld(id))) {
      if (run.endedAtMs === null && performance.now() < (restsUntilMs.get(run.id) ?? -Infinity)) continue
      const failure = await sendRun(run)
      if (failure === 'signed_out') {
        signedOut = true
        return say('signed_out')
      }
      if (failure === 'offline') {
        holds.hold(NETWORK, want)
        return say('offline')
      }
      if (failure === null) {
        holds.release(run.id)
        if (run.endedAtMs === null) rest(run)
      } else holds.hold(run.id, want)
      holds.release(NETWORK)
    }
    say(runs.some(({ id }) => holds.isHeld(id)) ? 'failing' : 'idle')
  }

  const want = (): void => {
    wanted = true
    if (busy) return
    busy = true
    void (async () => {
      while (wanted) {
        wanted = false
        // What the disk says is told by the outbox itself.
        await sendAll().catch(() => holds.hold(NETWORK, want))
      }
      busy = false
    })()
  }
  const wantAnew = () => {
    holds.release(NETWORK)
    want()
  }
  addEventListener('online', wantAnew)
  addEventListener('offline', want)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wantAnew()
  })
  const unsent = computed(() => outbox.state.value.unsent)
  effect(() => {
    if (unsent.value >= 0) want()
  })

  return {
    sync: computed(() => ({ ...own.value, unsent: unsent.value })),
    sendNow: () => {
      signedOut = false
      holds.releaseAll()
      refused.clear()
      asked.clear()
      restsUntilMs.clear()
      want()
    },
  }
}

/** Stands for the network among the group runs that are on hold. */
const NETWORK = ''

/** What is not tried again yet, and since how many failures in a row. */
function newHolds() {
  const held = new Map<string, { failures: number; untilMs: number }>()
  return {
    isHeld: (name: string) => performance.now() < (held.get(name)?.untilMs ?? -Infinity),
    hold: (name: string, then: () => void) => {
      const failures = (held.get(name)?.failures ?? 0) + 1
      const waitMs = backOffMs(failures, Math.random())
      held.set(name, { failures, untilMs: performance.now() + waitMs })
      setTimeout(then, waitMs + 1)
    },
    release: (name: string) => void held.delete(name),
    releaseAll: () => held.clear(),
  }
}
