// The runners of a group run and their straps: in memory at once, on the phone's disk later. So a full disk does not
// stop a person from giving a strap. It writes no entry; `group-run.ts` does that in the same turn.
import { signal } from '@preact/signals'
import { noZone } from '../../src/domain/calm-zone.ts'
import type { ParameterOverrides } from '../../src/domain/parameters/parameters.ts'
import type { RunnerPhase } from '../../src/formats/phone-recording/runner-state.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { StoredParticipation } from '../outbox/stored.ts'
import { newLiveRunner, applyLiveEntry, type LiveRunner } from './live-runner.ts'
import { clearUnsaved, forgetUnsaved, noteUnsaved, readUnsaved } from './unsaved-note.ts'
import { wear, wearerIn, type Wearing } from './wearing.ts'

/** The parts of the outbox that participants need. */
export type ParticipantsOutbox = Pick<Outbox, 'listParticipations' | 'readEntries' | 'putParticipation'>

export interface Participant {
  readonly stored: StoredParticipation
  /** Changed in place as entries come. */
  readonly live: LiveRunner
}

export class Participants {
  /** In the order in which they joined. */
  readonly participants = signal<readonly Participant[]>([])
  /** Batches on disk that cannot be read any more. */
  readonly damaged = signal(0)
  /** How many runners were lost with the last page: added while the disk was full, and never written. */
  readonly lost = signal(0)
  readonly #outbox: ParticipantsOutbox
  readonly #parameters: ParameterOverrides
  #wearing: Wearing = new Map()

  constructor(outbox: ParticipantsOutbox, parameters: ParameterOverrides) {
    this.#outbox = outbox
    this.#parameters = parameters
  }

  /** Read everybody from disk, and tell their folds everything anew. What the last page could not write of who wears what
   *  goes before what the disk says.
   *  @returns whose strap is another than on the disk */
  async load(groupRunId: string): Promise<readonly string[]> {
    // Before anything is put: that writes the notes anew.
    const notes = readUnsaved(groupRunId)
    const participants: Participant[] = []
    for (const stored of await this.#outbox.listParticipations(groupRunId)) {
      const live = this.#newLive(stored)
      const { entries, damaged } = await this.#outbox.readEntries(stored.id)
      this.damaged.value += damaged.length
      for (const entry of entries) applyLiveEntry(live, entry)
      participants.push({ stored, live })
    }
    const joinedMs = ({ live }: Participant) => live.runner.joined?.atMs ?? 0
    this.participants.value = participants.sort((a, b) => joinedMs(a) - joinedMs(b))
    const holding = participants.filter(({ stored }) => stored.strapId !== null)
    const going = holding.filter((one) => !isStopped(one))
    const byStrap = Map.groupBy(going, ({ stored }) => stored.strapId ?? '')
    // Half of a hand-over on the disk: two have one strap. Nobody has it, until a person says who.
    const doubled = [...byStrap.values()].filter((wearers) => wearers.length > 1).flat()
    // A runner whose stop can still be taken back keeps their strap, unless somebody else got it.
    const held = holding.filter((one) => isStopped(one) && !byStrap.has(one.stored.strapId ?? ''))
    this.#wearing = new Map([...going, ...held].map(({ stored }) => [stored.id, stored.strapId ?? '']))
    const others = doubled.flatMap(({ stored }) => this.setStrap(stored.id, null))
    return [...others, ...this.#takeNotes(notes)]
  }

  /** A person has seen which runner lost a strap. */
  sawLost(): void {
    this.lost.value = 0
    forgetUnsaved((participationId) => this.participants.value.every(({ stored }) => stored.id !== participationId))
  }

  #takeNotes(notes: ReturnType<typeof readUnsaved>): string[] {
    const storedOf = (id: string) => this.participants.value.find(({ stored }) => stored.id === id)?.stored
    this.lost.value = notes.filter(({ participationId }) => storedOf(participationId) === undefined).length
    return notes.flatMap(({ participationId, strapId, strapChanges }) => {
      const stored = storedOf(participationId)
      const isNewer = stored !== undefined && strapChanges > (stored.strapChanges ?? 0)
      return isNewer ? this.setStrap(participationId, strapId) : []
    })
  }

  /** Read again what the sending has written down of each. */
  async refresh(groupRunId: string): Promise<void> {
    const stored = new Map((await this.#outbox.listParticipations(groupRunId)).map((one) => [one.id, one]))
    this.participants.value = this.participants.value.map((one) => {
      const { arrival, composedRunId, refused } = stored.get(one.stored.id) ?? one.stored
      return { ...one, stored: { ...one.stored, arrival, composedRunId, refused } }
    })
  }

  add(stored: StoredParticipation): Participant {
    const participant = { stored, live: this.#newLive(stored) }
    this.participants.value = [...this.participants.value, participant]
    this.#keep(stored)
    return participant
  }

  /** From now on somebody wears this strap, or none; whoever wore it before wears none.
   *  @returns whose strap is another now */
  setStrap(id: string, strapId: string | null): readonly string[] {
    const { wearing, changed } = wear(this.#wearing, id, strapId)
    this.#wearing = wearing
    for (const one of changed) {
      const strapChanges = (this.find(one).stored.strapChanges ?? 0) + 1
      this.change(one, { strapId: wearing.get(one) ?? null, strapChanges })
    }
    return changed
  }

  /** Write down something else of a runner. */
  change(id: string, change: Partial<StoredParticipation>): void {
    const before = this.find(id).stored
    const stored = { ...before, ...change }
    if (Object.keys(change).every((name) => Reflect.get(before, name) === Reflect.get(stored, name))) return
    this.participants.value = this.participants.value.map((one) => (one.stored.id === id ? { ...one, stored } : one))
    this.#keep(stored)
  }

  find(id: string): Participant {
    const found = this.participants.value.find(({ stored }) => stored.id === id)
    if (found === undefined) throw new Error('nobody of this run')
    return found
  }

  /** The runner who runs, or is about to run, with this strap. */
  wearerOf(strapId: string): Participant | null {
    const holder = this.holderOf(strapId)
    return holder?.live.runner.phase === 'stopped' ? null : holder
  }

  /** The runner with this strap, also in the minute in which their stop can be taken back. */
  holderOf(strapId: string): Participant | null {
    const id = wearerIn(this.#wearing, strapId)
    return id === null ? null : this.find(id)
  }

  listIn(...phases: readonly RunnerPhase[]): Participant[] {
    return this.participants.value.filter(({ live }) => phases.includes(live.runner.phase))
  }

  /** The outbox holds it in memory from this turn on, writes it behind, tries again and says what it cannot write. */
  #keep(stored: StoredParticipation): void {
    noteUnsaved(stored)
    this.#outbox.putParticipation(stored).then(
      () => clearUnsaved(stored),
      () => undefined,
    )
  }

  #newLive({ id, alias, zone, watchLevel }: StoredParticipation): LiveRunner {
    const { ceilingBpm, hardBpm } = zone ?? noZone
    return newLiveRunner({
      id,
      alias,
      zone: { ceilingBpm, hardBpm },
      extraWatch: watchLevel === 'extra',
      parameters: this.#parameters,
    })
  }
}

const isStopped = ({ live }: Participant): boolean => live.runner.phase === 'stopped'
