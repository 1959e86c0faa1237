// Takes over a run that a colleague started on this phone. The server checks the rights over every runner in it.
// Without a network a therapist may take over in an emergency; the server is told as soon as possible, and a run that
// it refuses is hidden again.
import type { ReadonlySignal } from '@preact/signals'
import type { HandOverRequest } from '../../src/live/protocol.ts'
import { codeOf, meaningOf } from '../api/api-error.ts'
import { isSilence } from '../api/answer-meanings.ts'
import { groupRunFactsOf } from '../api/batches.ts'
import type { HandOver, HandOvers } from '../outbox/hand-overs.ts'
import type { Here } from '../session/here.ts'
import type { GroupRun } from './group-run.ts'

/** `no_answer`: nobody could be asked. */
export type TakeOverAnswer = 'taken' | 'refused' | 'no_answer'

export interface TakeOverParts {
  readonly here: ReadonlySignal<Here | null>
  readonly handOvers: HandOvers
  /** @throws ApiError */
  readonly tell: (groupRunId: string, request: HandOverRequest) => Promise<void>
  readonly newId: () => string
}

/** A disk that is full keeps nobody from a runner in trouble … product choice: then memory alone has it until there is room. */
const DISK_PATIENCE_MS = 2000

export class TakeOver {
  readonly #parts: TakeOverParts
  /** Asked again after an answer that was lost it is the same hand-over. */
  readonly #ids = new Map<string, string>()

  constructor(parts: TakeOverParts) {
    this.#parts = parts
  }

  /** @throws ApiError for what is no answer to this question: a session that has ended */
  async ask(run: GroupRun): Promise<TakeOverAnswer> {
    const me = this.#parts.here.peek()
    if (me?.mayRecord !== true) return 'refused'
    // Nothing of a practice is anybody's.
    if (!run.run.peek().practice) {
      try {
        const { groupRunId, told } = this.#handOver(run, me, false)
        await this.#parts.tell(groupRunId, { ...told, sentAtMs: Date.now() })
      } catch (error) {
        if (codeOf(error) === 'NOT_FOUND') return 'refused'
        if (isSilence(meaningOf(error))) return 'no_answer'
        throw error
      }
    }
    return this.#hold(run, me)
  }

  /** In need, where nobody can be asked. On disk first. */
  async withoutNetwork(run: GroupRun): Promise<TakeOverAnswer> {
    const me = this.#parts.here.peek()
    if (me?.mayRecord !== true) return 'refused'
    const kept = this.#parts.handOvers.add(this.#handOver(run, me, true)).catch(() => undefined)
    await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, DISK_PATIENCE_MS))])
    return this.#hold(run, me)
  }

  #hold(run: GroupRun, { personId, name }: Here): TakeOverAnswer {
    this.#ids.delete(run.run.peek().id)
    run.beHeldBy({ personId, name })
    return 'taken'
  }

  #handOver(run: GroupRun, { personId }: Here, withoutNetwork: boolean): HandOver {
    const facts = run.run.peek()
    const id = this.#ids.get(facts.id) ?? this.#parts.newId()
    this.#ids.set(facts.id, id)
    const from = facts.holder ?? null
    const clientIds = run.participants.peek().flatMap(({ stored }) => stored.clientId ?? [])
    return {
      groupRunId: facts.id,
      from,
      told: {
        id,
        groupRun: groupRunFactsOf(facts),
        fromPersonId: from === null || from.personId === '' ? null : from.personId,
        toPersonId: personId,
        happenedAtMs: Date.now(),
        withoutNetwork,
        clientIds: [...new Set(clientIds)],
      },
    }
  }
}
