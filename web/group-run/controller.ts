// Connects the parts of a group run: outbox, straps, clock, sound, screen lock. It lives as long as the page, whatever
// screen is shown. So a therapist who opens another screen loses no beat, and alarms sound.
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { RunWalkPlan } from '../../src/domain/plan.ts'
import { phoneWasSet } from '../api/server-clock.ts'
import type { Roster } from '../../src/live/protocol.ts'
import { nobody, type HandOver, type HandOvers } from '../outbox/hand-overs.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SyncState } from '../outbox/send-batches.ts'
import type { ClockEvent } from '../outbox/clock-state.ts'
import type { RecorderClock } from '../outbox/recorder-clock.ts'
import { askToPersist } from '../outbox/storage-room.ts'
import { isGoing, isHeldBy } from '../outbox/stored.ts'
import type { Here } from '../session/here.ts'
import type { Straps } from '../straps/straps.ts'
import { keepAliases, readAliases, type KeptAliases } from './aliases.ts'
import { toGroupRun, type GroupRunFacts } from './group-run-facts.ts'
import { GroupRun } from './group-run.ts'
import { holderOfOld } from './holder.ts'
import { Phone } from './phone.ts'
import { newTimer } from './plan-timer.ts'
import { guidesOtherwise, limitsIn, type Limits } from './limits.ts'
import { openRosters, type Rosters } from './roster.ts'
import { StrapAssignments } from './strap-assignments.ts'
import { TakeOver, type TakeOverParts } from './take-over.ts'
import { isWithin, REOPEN_MS } from './taken-back.ts'

/** How often everything shown is brought up to now. */
const TICK_MS = 500

export interface ControllerParts {
  readonly outbox: Outbox
  readonly straps: Straps
  readonly clock: RecorderClock
  readonly newId: () => string
  /** The person who holds this phone: the one who tells runners, lets them join, and owns new runs. */
  readonly here: ReadonlySignal<Here | null>
  readonly handOvers: HandOvers
  readonly tellHandOver: TakeOverParts['tell']
  readonly sync: ReadonlySignal<SyncState>
}

/** A new group run. */
export interface NewGroupRun {
  readonly groupId: string | null
  readonly name: string
  readonly plan: RunWalkPlan
  readonly practice: boolean
  /** The clinic's changes to the rules' parameters, as the phone knows them. */
  readonly settings: GroupRunFacts['settings']
}

export class GroupRunController {
  readonly straps: Straps
  readonly outbox: Outbox
  /** The run that this phone records, whoever is signed in. No screen reads it: see `shown`. */
  readonly current = signal<GroupRun | null>(null)
  /** The same run for the signed-in person; null if it is somebody else's. */
  readonly shown: ReadonlySignal<GroupRun | null>
  /** A run of somebody else in which somebody runs now: nothing of it may be shown but that it is there. */
  readonly others: ReadonlySignal<GroupRun | null>
  readonly takeOver: TakeOver
  /** Straps and their wearers. */
  readonly wearing: StrapAssignments
  readonly rosters: Rosters
  /** Aliases that people gave to clients on this phone. */
  readonly aliases = signal<KeptAliases>({})
  /** Limits that were taken over before the start, by participation: what they were. */
  readonly renewed = signal<ReadonlyMap<string, Limits>>(new Map())
  /** Whether somebody runs or pauses: what is lost now is lost for good. */
  readonly isGoing: ReadonlySignal<boolean>
  /** Whether the people are looked at while the run goes. */
  readonly atPeople = signal(false)
  readonly phone: Phone
  /** Low batteries that somebody has seen. */
  readonly seenBatteries = signal<ReadonlySet<string>>(new Set())
  readonly sync: ReadonlySignal<SyncState>
  readonly #parts: ControllerParts
  #hasAskedToPersist = false

  constructor(parts: ControllerParts) {
    this.#parts = parts
    this.straps = parts.straps
    this.outbox = parts.outbox
    this.sync = parts.sync
    this.wearing = new StrapAssignments(parts.straps, parts.outbox, this.current)
    this.rosters = openRosters(parts.outbox, this.#personId, () => Date.now())
    this.isGoing = computed(
      () => this.current.value?.tiles.value.some(({ phase }) => phase === 'running' || phase === 'paused') ?? false,
    )
    const { here, handOvers, tellHandOver: tell, newId } = parts
    this.takeOver = new TakeOver({ here, handOvers, tell, newId })
    this.shown = computed(() => (this.#isMine() ? this.current.value : null))
    this.others = computed(() => (!this.#isMine() && this.isGoing.value ? this.current.value : null))
    this.phone = new Phone({
      isGoing: this.isGoing,
      tiles: () => this.current.peek()?.tiles.peek() ?? [],
      persist: () => this.#persist(),
    })
  }

  get sound(): Phone['sound'] {
    return this.phone.sound
  }

  /** Whether the screen stays on; null before anybody runs. */
  get isAwake(): Phone['isAwake'] {
    return this.phone.isAwake
  }

  /** Go on where the last page ended. Called once. */
  async open(): Promise<void> {
    const { outbox, straps } = this.#parts
    this.aliases.value = await readAliases(outbox)
    const [last] = await this.#listGoing()
    if (last !== undefined) await this.#enter(last)
    await this.#meet()
    straps.onNotification((strapId, _atMs, bytes) => this.current.value?.hear(strapId, bytes))
    await this.wearing.open()
    setInterval(() => this.#tick(), TICK_MS)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') {
        this.#parts.clock.hidden()
        this.current.value?.watch.hide()
      } else {
        this.current.value?.watch.show()
        // Before anything is drawn: the last picture is as old as the page was away.
        this.#tick()
      }
    })
    this.phone.open()
    effect(() => {
      const run = this.current.value?.run.value
      outbox.guide(run !== undefined && isGoing(run) ? run.id : null)
    })
    outbox.onGone((id) => {
      if (this.current.peek()?.run.peek().id === id) this.close()
    })
    effect(() => {
      void this.sync.value
      void this.current.peek()?.refresh()
    })
    let met = this.#personId()
    effect(() => {
      const { personId } = this.#parts.here.value ?? { personId: met }
      if (personId === met) return
      met = personId
      untracked(() => void this.#meet())
    })
    effect(() => {
      const refused = this.#parts.handOvers.refused.value.at(-1)
      if (refused !== undefined) untracked(() => this.#giveBack(refused))
    })
    effect(() => {
      void this.rosters.known.value
      void this.current.value
      untracked(() => this.#takeOverLimits())
    })
    addEventListener('online', () => {
      if (this.current.value?.run.value.endedAtMs === null) void this.rosters.refresh()
    })
    effect(() => {
      for (const strap of straps.list.value) this.current.value?.describe(strap)
    })
  }

  async begin(made: NewGroupRun): Promise<void> {
    const { outbox, clock, newId, here } = this.#parts
    clock.begin(null, 0)
    const holder = { personId: this.#personId(), name: here.peek()?.name ?? null }
    const begun = { madeAtMs: clock.nowMs(), timer: newTimer, endedAtMs: null, holder, startedById: holder.personId }
    const run: GroupRunFacts = { ...made, ...begun, id: newId() }
    // On disk behind: a full disk keeps nobody from a run.
    outbox.putGroupRun(run).catch(() => undefined)
    await this.#enter(run)
  }

  /** Runs of the signed-in person that ended a short while ago, newest first; they can be viewed and opened again. */
  async listRecent(): Promise<GroupRunFacts[]> {
    const nowMs = this.#parts.clock.nowMs()
    const mine = (await this.outbox.listGroupRuns()).filter((run) => isHeldBy(run, this.#personId()))
    const recent = mine.filter(({ endedAtMs }) => isWithin(endedAtMs, REOPEN_MS, nowMs))
    return recent.map(toGroupRun).toSorted((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
  }

  /** Look at one of them. */
  lookAt(run: GroupRunFacts): Promise<void> {
    return this.#enter(run)
  }

  /** The recorder's clock. */
  nowMs(): number {
    return this.#parts.clock.nowMs()
  }

  /** Whether the run that is looked at can still be opened again. */
  mayReopen(): boolean {
    return isWithin(this.current.value?.run.value.endedAtMs ?? null, REOPEN_MS, this.#parts.clock.nowMs())
  }

  /** Take leave of a run that has ended. */
  close(): void {
    this.current.value = null
  }

  /** Call somebody otherwise; a client is called so in the runs that follow too. */
  rename(participationId: string, alias: string): void {
    const run = this.current.value
    if (run === null) return
    const { clientId } = run.runners.find(participationId).stored
    const called = run.rename(participationId, alias)
    if (clientId === null) return
    this.aliases.value = { ...this.aliases.value, [clientId]: called }
    // The outbox reports a full disk; in this run the name is valid anyway.
    keepAliases(this.outbox, this.aliases.value).catch(() => undefined)
  }

  /** The clinic's newer limit for a runner; null if there is none. */
  newerLimits(participationId: string): Limits | null {
    const run = this.current.value
    const roster = this.rosterOf(run)
    if (run === null || roster === null) return null
    const limits = limitsIn(roster, run.runners.find(participationId).stored.clientId)
    return limits !== null && guidesOtherwise(limits, run.limitsOf(participationId)) ? limits : null
  }

  rosterOf(run: GroupRun | null): Roster | null {
    const groupId = run?.run.value.groupId ?? null
    return this.rosters.known.value?.find((one) => one.groupId === groupId)?.roster ?? null
  }

  #personId = (): string => this.#parts.here.peek()?.personId ?? ''

  #isMine(): boolean {
    const { personId } = this.#parts.here.value ?? { personId: '' }
    return this.current.value !== null && isHeldBy(this.current.value.run.value, personId)
  }

  /** Somebody is here who was not before. A run of another goes on while somebody runs in it; else it makes way for theirs, and
   *  waits on the disk. */
  async #meet(): Promise<void> {
    const me = this.#parts.here.peek()
    if (me === null) return
    this.aliases.value = await readAliases(this.outbox)
    await this.wearing.recall()
    const current = this.current.peek()
    const isTheirs = current !== null && isHeldBy(current.run.peek(), me.personId)
    if (isTheirs || (current !== null && this.isGoing.peek())) return
    const mine = (await this.#listGoing()).find((run) => isHeldBy(run, me.personId))
    if (this.current.peek() !== current) return
    if (mine === undefined) this.close()
    else await this.#enter(mine)
  }

  /** The server refused the take-over. The recording stays. */
  /** Whether the signed-in person took a run over without a network, and the server refused that later. */
  wasTakenBack(run: GroupRun): boolean {
    const { here, handOvers } = this.#parts
    const last = handOvers.refused.value.findLast(({ groupRunId }) => groupRunId === run.run.value.id)
    return last !== undefined && last.told.toPersonId === here.value?.personId
  }

  #giveBack({ groupRunId, from, told }: HandOver): void {
    const run = this.current.peek()
    const { id, holder } = run?.run.peek() ?? {}
    if (id === groupRunId && holder?.personId === told.toPersonId) run?.beHeldBy(from ?? nobody)
  }

  /** Newest first. */
  async #listGoing(): Promise<GroupRunFacts[]> {
    const going = (await this.outbox.listGroupRuns()).map(toGroupRun).filter(isGoing)
    return going.toSorted((a, b) => b.madeAtMs - a.madeAtMs)
  }

  /** Runners who have not started get the clinic's current limit; for the others their sheet offers it. */
  #takeOverLimits(): void {
    const run = this.current.value
    const roster = this.rosterOf(run)
    if (run === null || roster === null) return
    for (const { stored, live } of run.runners.listIn('waiting', 'running', 'paused')) {
      const limits = limitsIn(roster, stored.clientId)
      const before = run.limitsOf(stored.id)
      if (limits === null) continue
      if (!guidesOtherwise(limits, before)) run.runners.change(stored.id, { limitsAsOfMs: limits.limitsAsOfMs })
      else if (live.runner.phase === 'waiting') {
        run.guide(stored.id, limits)
        this.renewed.value = new Map([[stored.id, before], ...this.renewed.value])
      }
    }
  }

  async #enter(run: GroupRunFacts): Promise<void> {
    const { outbox, clock, newId } = this.#parts
    const personId = this.#personId
    const localOffsetS = () => -new Date().getTimezoneOffset() * 60
    const clockSetMs = clock.begin(await this.#lastAtMs(run), run.clockSetMs ?? 0)
    const entered = new GroupRun({ outbox, clock, newId, personId, localOffsetS }, { ...run, clockSetMs })
    await entered.load()
    if (run.holder === undefined) {
      const holder = holderOfOld(entered.participants.peek(), this.#parts.here.peek())
      if (holder !== null) entered.beHeldBy(holder)
    }
    this.current.value = entered
  }

  /** The time of the run's last entry; other data on the disk do not matter. */
  async #lastAtMs({ id }: GroupRunFacts): Promise<number | null> {
    const lasts = (await this.outbox.listParticipations(id)).map((one) => this.outbox.lastAtMs(one.id) ?? -Infinity)
    const lastMs = Math.max(-Infinity, ...lasts)
    return lastMs === -Infinity ? null : lastMs
  }

  /** What the clock found out. A clock that was set is another than that of every run on the disk. */
  found(event: ClockEvent): void {
    const current = this.current.value
    current?.found(event)
    if (event.kind !== 'set') return
    phoneWasSet(event.setMs)
    void this.#noteSet(event.setMs, current?.run.value.id).catch(() => undefined)
  }

  async #noteSet(setMs: number, currentId: string | undefined): Promise<void> {
    for (const run of await this.outbox.listGroupRuns())
      if (run.id !== currentId) await this.outbox.putGroupRun({ ...run, clockSetMs: (run.clockSetMs ?? 0) + setMs })
  }

  #tick(): void {
    const run = this.current.value
    if (run === null) return
    run.tick()
    this.phone.tick(run, this.#parts.clock.nowMs())
  }

  /** Once for this page: what is refused once is refused again. */
  #persist(): void {
    if (this.#hasAskedToPersist || this.outbox.state.value.persisted) return
    this.#hasAskedToPersist = true
    void askToPersist()
  }
}
