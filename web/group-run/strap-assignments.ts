// Which strap belongs to which runner: given by a person, restored after a reload, and asked if several straps have one
// name. A tap never puts a strap under another runner's name. If it is unsure, the page asks, and shows and writes
// nothing of that strap until then. Made by `controller.ts`; memory first, disk later.
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { Outbox } from '../outbox/outbox.ts'
import { labelsOf, namesakesOf } from '../straps/namesakes.ts'
import type { StrapView } from '../straps/strap.ts'
import type { ChooseResult, Straps } from '../straps/straps.ts'
import type { GroupRun } from './group-run.ts'
import type { Participant } from './participants.ts'
import {
  forgetStrap,
  keepStrapMemory,
  noStraps,
  noteStraps,
  readStrapMemory,
  toWearer,
  wearStrap,
} from './strap-memory.ts'

/** Somebody wears a strap that may be another's. */
export interface StrapQuestion {
  readonly participant: Participant
  readonly strap: StrapView
}
/** A tap brought another strap than the one that was meant. */
export interface OtherStrap {
  readonly meant: string
  readonly chosen: string
  /** The wearer of the chosen strap; null if nobody wears it. */
  readonly wearer: string | null
}

export class StrapAssignments {
  readonly memory = signal(noStraps)
  readonly other = signal<OtherStrap | null>(null)
  /** Straps of this run that a person must look at: which one beats now? */
  readonly questions: ReadonlySignal<readonly StrapQuestion[]>
  /** The label of each strap, by id. */
  readonly labels: ReadonlySignal<ReadonlyMap<string, string>>
  readonly #straps: Straps
  readonly #outbox: Outbox
  readonly #run: ReadonlySignal<GroupRun | null>
  #isKept = true

  constructor(straps: Straps, outbox: Outbox, run: ReadonlySignal<GroupRun | null>) {
    this.#straps = straps
    this.#outbox = outbox
    this.#run = run
    this.labels = computed(() => labelsOf(straps.list.value))
    this.questions = computed(() =>
      this.#worn().filter(
        ({ strap }) => strap.identity === 'unsure' || (strap.identity === 'plain' && this.namesakes(strap).length > 0),
      ),
    )
  }

  /** Ask back every strap that was here. Called once. */
  async open(): Promise<void> {
    await this.recall()
    await this.#straps.known(this.memory.value.straps)
    effect(() => {
      const list = this.#straps.list.value
      for (const strap of list) if (this.#isDoubtful(strap)) this.#straps.identify(strap.id, 'unsure')
      const before = this.memory.peek()
      const after = noteStraps(before, list)
      if (after !== before) this.#remember(after)
    })
    effect(() => {
      if (this.#outbox.state.value.problem === null && !this.#isKept) this.#remember(this.memory.peek())
    })
  }

  /** Reads straps and wearers from disk; another person may hold this phone now. */
  async recall(): Promise<void> {
    this.memory.value = await readStrapMemory(this.#outbox)
  }

  labelOf(strapId: string): string {
    const kept = this.memory.value.straps.find(({ id }) => id === strapId)?.name ?? ''
    return this.labels.value.get(strapId) ?? kept
  }
  namesakes = (strap: StrapView): StrapView[] => namesakesOf(this.#straps.list.value, strap)

  /** Gives a strap to a runner, and remembers it. A strap whose name is not unique is only a guess. */
  give(participationId: string, strap: StrapView | null): void {
    const run = this.#run.value
    if (run === null) return
    const isNew = strap !== null && run.runners.wearerOf(strap.id)?.stored.id !== participationId
    if (isNew && this.namesakes(strap).length > 0) this.#straps.identify(strap.id, 'unsure')
    run.give(participationId, strap)
    this.#noteWearer(participationId, strap)
  }

  /** A person has seen this strap beat on somebody: it is theirs. Whoever was thought to wear it gets the one that this one
   *  was thought to wear, to be asked for next. */
  confirm(participationId: string, strap: StrapView): void {
    const run = this.#run.value
    if (run === null) return
    const own = this.#find(run.runners.find(participationId).stored.strapId)
    const before = run.runners.wearerOf(strap.id)
    run.give(participationId, strap)
    this.#straps.identify(strap.id, 'confirmed')
    this.#noteWearer(participationId, strap)
    if (before !== null && before.stored.id !== participationId && own !== undefined) this.give(before.stored.id, own)
  }

  /** Let a person choose a strap for somebody in the browser's list. One that others of the run wear is not given. */
  async choose(participationId: string): Promise<ChooseResult> {
    const run = this.#run.value
    const mine = run?.runners.find(participationId).stored ?? null
    const chosen = await this.#straps.choose((awayIds) => {
      const free = awayIds.filter((id) => (run?.runners.wearerOf(id)?.stored.id ?? participationId) === participationId)
      const isMine = (id: string) => mine !== null && this.memory.value.wearers[id]?.id === toWearer(mine).id
      return free.find((id) => id === mine?.strapId) ?? free.find(isMine) ?? free[0] ?? null
    })
    const strap = chosen.ok ? this.#find(chosen.id) : undefined
    if (strap !== undefined && this.wearerOf(strap.id, participationId) === null) this.give(participationId, strap)
    return chosen
  }

  /** The other wearer. */
  wearerOf(strapId: string, exceptId: string | null = null): Participant | null {
    const wearer = this.#run.value?.runners.wearerOf(strapId) ?? null
    return wearer?.stored.id === exceptId ? null : wearer
  }

  /** A person taps a strap that is away. If another strap came instead, the page says so. */
  async tap(strapId: string): Promise<ChooseResult> {
    this.other.value = null
    const result = await this.#straps.tap(strapId)
    if (result.ok && result.id !== strapId)
      this.other.value = {
        meant: this.wearerOf(strapId)?.stored.alias ?? this.labelOf(strapId),
        chosen: this.labelOf(result.id),
        wearer: this.wearerOf(result.id)?.stored.alias ?? null,
      }
    return result
  }

  /** Take a strap that is away out of the list for good. */
  forget(strapId: string): void {
    if (this.wearerOf(strapId) !== null) return
    this.#straps.forget(strapId)
    this.#remember(forgetStrap(this.memory.value, strapId))
  }

  #find(strapId: string | null): StrapView | undefined {
    return this.#straps.list.value.find(({ id }) => id === strapId)
  }

  #worn(): StrapQuestion[] {
    const run = this.#run.value
    if (run === null) return []
    void run.participants.value
    return this.#straps.list.value.flatMap((strap) => {
      const participant = run.runners.wearerOf(strap.id)
      return participant === null || participant.live.runner.phase === 'stopped' ? [] : [{ participant, strap }]
    })
  }

  /** Another strap of its name has appeared, and nobody has said which is which. Who runs with it already keeps it: they had
   *  it before the other was here; that is asked, and costs no beat. */
  #isDoubtful(strap: StrapView): boolean {
    if (strap.identity !== 'plain' || namesakesOf(this.#straps.list.value, strap).length === 0) return false
    const phase = this.#run.peek()?.runners.wearerOf(strap.id)?.live.runner.phase
    return phase !== 'running' && phase !== 'paused'
  }

  #noteWearer(participationId: string, strap: StrapView | null): void {
    const run = this.#run.value
    if (run === null || strap === null || strap.practice) return
    this.#remember(wearStrap(this.memory.value, strap, toWearer(run.runners.find(participationId).stored)))
  }

  /** In memory at once; what the disk refuses is written when it has room again. */
  #remember(memory: typeof noStraps): void {
    this.memory.value = memory
    keepStrapMemory(this.#outbox, memory).then(
      () => (this.#isKept = true),
      () => (this.#isKept = false),
    )
  }
}
