// Who takes part in a group run and who wears which strap: on the phone's disk and, as folds, in memory. It writes no entry;
// `group-run.ts` does.
import { signal } from '@preact/signals'
import type { ParameterOverrides } from '../../src/domain/parameters/parameters.ts'
import type { RunnerPhase } from '../../src/formats/runner-stream/runner.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { StoredParticipation } from '../outbox/stored.ts'
import { newLiveRunner, takeLive, type LiveRunner } from './live-runner.ts'

/** What a roll needs of the outbox. */
export type RollOutbox = Pick<Outbox, 'listParticipations' | 'readEntries' | 'putParticipation'>

export interface Participant {
  readonly stored: StoredParticipation
  /** Changed in place as entries come. */
  readonly live: LiveRunner
}

export class Roll {
  /** In the order in which they joined. */
  readonly participants = signal<readonly Participant[]>([])
  /** Batches on disk that cannot be read any more. */
  readonly damaged = signal(0)
  readonly #outbox: RollOutbox
  readonly #parameters: ParameterOverrides
  /** Strap to participation. */
  readonly #wearers = new Map<string, string>()

  constructor(outbox: RollOutbox, parameters: ParameterOverrides) {
    this.#outbox = outbox
    this.#parameters = parameters
  }

  /** Read everybody from disk, and tell their folds everything anew. */
  async load(groupRunId: string): Promise<void> {
    const participants: Participant[] = []
    for (const stored of await this.#outbox.listParticipations(groupRunId)) {
      const live = this.#newLive(stored)
      const { entries, damaged } = await this.#outbox.readEntries(stored.id)
      this.damaged.value += damaged.length
      for (const entry of entries) takeLive(live, entry)
      participants.push({ stored, live })
      if (stored.strapId !== null && live.runner.phase !== 'stopped') this.#wearers.set(stored.strapId, stored.id)
    }
    const joinedMs = ({ live }: Participant) => live.runner.joined?.atMs ?? 0
    this.participants.value = participants.sort((a, b) => joinedMs(a) - joinedMs(b))
  }

  /** Read again what the sending has written down of each. */
  async refresh(groupRunId: string): Promise<void> {
    const stored = new Map((await this.#outbox.listParticipations(groupRunId)).map((one) => [one.id, one]))
    this.participants.value = this.participants.value.map((one) => {
      const { arrival, composedRunId, refused } = stored.get(one.stored.id) ?? one.stored
      return { ...one, stored: { ...one.stored, arrival, composedRunId, refused } }
    })
  }

  async add(stored: StoredParticipation): Promise<Participant> {
    await this.#outbox.putParticipation(stored)
    const participant = { stored, live: this.#newLive(stored) }
    this.participants.value = [...this.participants.value, participant]
    return participant
  }

  /** From now on somebody wears this strap, or none; whoever wore it before must have been asked for theirs. */
  async setStrap(id: string, strapId: string | null): Promise<void> {
    const { stored } = this.find(id)
    if (stored.strapId !== null) this.#wearers.delete(stored.strapId)
    if (strapId !== null) this.#wearers.set(strapId, id)
    const changed = { ...stored, strapId }
    this.participants.value = this.participants.value.map((one) =>
      one.stored.id === id ? { ...one, stored: changed } : one,
    )
    await this.#outbox.putParticipation(changed)
  }

  find(id: string): Participant {
    const found = this.participants.value.find(({ stored }) => stored.id === id)
    if (found === undefined) throw new Error('nobody of this run')
    return found
  }

  wearerOf(strapId: string): Participant | null {
    const id = this.#wearers.get(strapId)
    return id === undefined ? null : this.find(id)
  }

  listIn(...phases: readonly RunnerPhase[]): Participant[] {
    return this.participants.value.filter(({ live }) => phases.includes(live.runner.phase))
  }

  #newLive({ id, alias, zone, watchLevel }: StoredParticipation): LiveRunner {
    const { source, ceilingBpm, floorBpm, hardBpm } = zone ?? noLimits
    return newLiveRunner({
      id,
      alias,
      zone: { source, ceilingBpm, floorBpm, hardBpm },
      extraWatch: watchLevel === 'extra',
      parameters: this.#parameters,
    })
  }
}

const noLimits = { source: 'none', ceilingBpm: null, floorBpm: null, hardBpm: null } as const
