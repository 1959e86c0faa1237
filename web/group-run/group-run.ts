// A group run on this phone. Each action of a person and each notification of a strap becomes an entry, which goes to
// the outbox and to the runner's fold at once. Nothing here uses a network. The screens show only the state of the
// folds, so a reload shows the same screen.
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { CheckInOutcome } from '../../src/domain/check-in/check-in.ts'
import type { Cue } from '../../src/domain/cue.ts'
import { momentOf, type PlanMoment } from '../../src/domain/plan.ts'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import type { ClockEvent } from '../outbox/clock-state.ts'
import { isLeft } from '../outbox/left-runs.ts'
import { notSent, type RunHolder } from '../outbox/stored.ts'
import { uniqueAlias } from './aliases.ts'
import type { GroupRunFacts } from './group-run-facts.ts'
import { toGuided, type Limits } from './limits.ts'
import { passLive, applyLiveEntry } from './live-runner.ts'
import { MissedWatch } from './missed-watch.ts'
import {
  isShown,
  mayStart,
  type GivenStrap,
  type GroupRunDeps,
  type Mark,
  type NewRunner,
  type CueOfRunner,
} from './group-run-parts.ts'
import { elapsedOf, pauseTimer, startTimer, type PlanTimer } from './plan-timer.ts'
import { Participants, type Participant } from './participants.ts'
import { Stops } from './stops.ts'
import { listTakenBack, type TakenBack } from './taken-back.ts'
import { sortTiles, type Tile } from './tile.ts'

export class GroupRun {
  readonly runners: Participants
  readonly run: ReadonlySignal<GroupRunFacts>
  readonly tiles: ReadonlySignal<readonly Tile[]>
  readonly moment: ReadonlySignal<PlanMoment | null>
  /** Beats that were missed while the page was hidden, asleep or gone. */
  readonly watch: MissedWatch
  /** Stops that can still be taken back, newest first. */
  readonly takenBack: ReadonlySignal<readonly TakenBack[]>
  readonly #run
  /** Counts what changed in the runners themselves; `tick` moves it on. */
  readonly #beat = signal(0)
  readonly #deps: GroupRunDeps
  readonly #hearers = new Set<(cue: CueOfRunner) => void>()
  #seenMs = 0
  /** When this page last received a beat from a strap of a runner who did not stop. */
  #heardMs = -Infinity
  /** Notifications of the moment in which the clock does not know whether the phone slept, by the steady clock. */
  readonly #waiting: { readonly strapId: string; readonly bytes: Uint8Array; readonly steadyMs: number }[] = []
  readonly #stops: Stops

  constructor(deps: GroupRunDeps, run: GroupRunFacts) {
    this.#deps = deps
    this.#run = signal(run)
    this.run = this.#run
    this.runners = new Participants(deps.outbox, run.settings.parameters)
    this.#stops = new Stops(this.runners)
    this.watch = new MissedWatch({
      runners: this.runners,
      nowMs: () => this.#now(),
      write: (participant, sinceMs, atMs) => this.#writeAt(participant, { kind: 'missed', sinceMs }, atMs),
    })
    this.tiles = computed(() => {
      void this.#beat.value
      const shown = this.participants.value.filter(isShown).map(({ live }) => live)
      return sortTiles(shown, this.#seenMs, deps.clock.isUnsure())
    })
    this.takenBack = computed(() => {
      void this.#beat.value
      return listTakenBack(this.participants.value, this.#seenMs)
    })
    this.moment = computed(() => {
      void this.#beat.value
      const { timer, plan } = this.#run.value
      return timer.startedAtMs === null ? null : momentOf(plan, elapsedOf(timer, this.#seenMs))
    })
  }

  get participants(): Participants['participants'] {
    return this.runners.participants
  }

  /** Go on where a page ended: after a reload, a crash, an empty battery. */
  async load(): Promise<void> {
    const moved = await this.runners.load(this.#run.value.id)
    // While the page was gone, however short, nobody listened.
    this.watch.loaded()
    // Behind what was missed: a strap's mark begins anew.
    this.#tellStraps(moved)
    this.tick()
  }

  /** Straps that were handed over in memory only: the marks went with the page. */
  #tellStraps(moved: readonly string[]): void {
    for (const participant of this.runners.listIn('waiting', 'running', 'paused')) {
      const { stored, live } = participant
      const isWorn = stored.strapId !== null
      if (moved.includes(stored.id) || isWorn !== (live.runner.strap !== null))
        this.#write(participant, { kind: 'strap', sensor: isWorn ? 'unknown' : null, device: null })
    }
  }

  refresh(): Promise<void> {
    return this.runners.refresh(this.#run.value.id)
  }

  /** Hear of every cue as it comes. @returns how to stop hearing */
  onCue(hear: (cue: CueOfRunner) => void): () => void {
    this.#hearers.add(hear)
    return () => void this.#hearers.delete(hear)
  }

  /** Somebody comes along, under an alias that nobody else of the run has. @returns their participation */
  join({ clientId, alias, ...limits }: NewRunner): string {
    const { newId, personId } = this.#deps
    const { id: groupRunId, plan } = this.#run.value
    const { watchLevel, zone, limitsAsOfMs } = limits
    const unique = uniqueAlias(alias, this.#aliases(null))
    const ids = { id: newId(), groupRunId, clientId, strapId: null }
    const participant = this.runners.add({ ...ids, alias: unique, watchLevel, zone, limitsAsOfMs, ...notSent })
    const { id } = participant.stored
    this.#write(participant, {
      kind: 'joined',
      by: personId(),
      zoneVersionId: zone?.id ?? null,
      localOffsetS: this.#localOffsetS(),
      plannedMin: plan.minutes,
    })
    this.#write(participant, toGuided(limits))
    return id
  }

  /** Call somebody otherwise in this run. @returns what they are called now: no two are called alike */
  rename(id: string, alias: string): string {
    const { live, stored } = this.runners.find(id)
    if (alias.trim() === '') return stored.alias
    const unique = uniqueAlias(alias, this.#aliases(id))
    this.runners.change(id, { alias: unique })
    live.facts = { ...live.facts, alias: unique }
    this.#beat.value++
    return unique
  }

  /** By what somebody is guided now. */
  limitsOf(id: string): Limits {
    const { stored, live } = this.runners.find(id)
    const { watchLevel, zone, limitsAsOfMs = null } = stored
    return { watchLevel, zone, limitsAsOfMs, parameters: live.facts.parameters }
  }

  /** Guide somebody by other limits from now on. */
  guide(id: string, limits: Limits): void {
    const { watchLevel, zone, limitsAsOfMs } = limits
    this.runners.change(id, { watchLevel, zone, limitsAsOfMs })
    this.#write(this.runners.find(id), toGuided(limits))
  }

  /** Of the whole group run, as it was when the first one joined: a phone that learns its zone late, or crosses a border,
   *  must not put runners of one evening at different hours. */
  #localOffsetS(): number {
    const joined = this.participants.value.map(({ live }) => live.runner.joined).find((one) => one !== null)
    return joined?.localOffsetS ?? this.#deps.localOffsetS()
  }

  /** Somebody does not come along after all: only before their start. */
  leave(id: string): void {
    if (this.runners.find(id).live.runner.phase === 'waiting') this.stop([id])
  }

  /** Section J. The answers stay where they were given. */
  checkIn(id: string, { result, zoneNeedsReview }: CheckInOutcome): void {
    this.#write(this.runners.find(id), { kind: 'checked_in', result, zoneNeedsReview })
  }

  /** Hand somebody a strap, or take theirs away; whoever wore it before wears it no more. All of it holds at once, whatever
   *  the disk says: beats go to the new wearer from here on. */
  give(id: string, strap: GivenStrap | null): void {
    // Beats that wait for their time came before this, so they belong to the old wearer.
    this.#now()
    batch(() => {
      for (const one of this.runners.setStrap(id, strap?.id ?? null)) {
        const worn = one === id ? strap : null
        const participant = this.runners.find(one)
        // Of a stopped runner nothing more is written down, unless they go on.
        if (participant.live.runner.phase !== 'stopped')
          this.#write(participant, { kind: 'strap', sensor: worn?.sensor ?? null, device: worn?.device ?? null })
      }
    })
  }

  /** What is known of a strap only after it was given: where it is worn, who made it. Once its first beat was heard that is
   *  settled: saying it again would only cut its beats in two. */
  describe(strap: GivenStrap): void {
    const wearer = this.runners.wearerOf(strap.id)
    if (wearer === null || wearer.live.runner.sensor !== null) return
    const known = wearer.live.runner.strap
    if (known === null || (known.sensor === strap.sensor && known.device === strap.device)) return
    this.#write(wearer, { kind: 'strap', sensor: strap.sensor, device: strap.device })
  }

  start(ids: readonly string[]): void {
    this.#writeEach(
      this.runners.listIn('waiting').filter(({ live }) => mayStart(live)),
      ids,
      'start',
    )
    this.#time(startTimer)
  }

  pause(ids: readonly string[]): void {
    this.#writeEach(this.runners.listIn('running'), ids, 'pause')
    if (this.runners.listIn('running').length === 0) this.#time(pauseTimer)
  }

  resume(ids: readonly string[]): void {
    this.#writeEach(this.runners.listIn('paused'), ids, 'resume')
    this.#time(startTimer)
  }

  /** The end of somebody's run; who has not started does not run after all. It can be taken back for a minute: until then
   *  their strap stays theirs, where nobody else is given it. */
  stop(ids: readonly string[]): void {
    this.#writeEach(this.runners.listIn('waiting', 'running', 'paused'), ids, 'stop')
    if (this.runners.listIn('running', 'paused').length === 0) this.#time(pauseTimer)
    this.#changed()
    // The outbox reports a failure and tries again.
    this.#deps.outbox.flush().catch(() => undefined)
  }

  /** Their stop is taken back: they run on, or may start after all. What their strap sent meanwhile is written down; it
   *  counts as a hole. */
  continueRun(ids: readonly string[]): void {
    if (this.#run.value.endedAtMs !== null) this.#put({ endedAtMs: null, endedByItself: false })
    const stopped = this.runners.listIn('stopped').filter(({ stored }) => ids.includes(stored.id))
    batch(() => {
      for (const { stored, live } of stopped) {
        for (const beat of this.#stops.take(stored.id)) this.#take(this.runners.find(stored.id), beat)
        this.#write(this.runners.find(stored.id), { kind: 'continued' })
        // Somebody else was given it meanwhile, or has their name.
        if (stored.strapId === null && live.runner.strap !== null)
          this.#write(this.runners.find(stored.id), { kind: 'strap', sensor: null, device: null })
        this.rename(stored.id, stored.alias)
      }
    })
    if (this.runners.listIn('running').length > 0) this.#time(startTimer)
    this.#changed()
  }

  /** Opens an ended run again. Nobody in it runs until a person continues them; runners who had not started may start. */
  reopen(): void {
    const waiting = this.participants.value.filter(({ live }) => live.runner.startedAtMs === null)
    const hasStarted = waiting.length < this.participants.value.length
    this.continueRun(hasStarted ? [] : waiting.map(({ stored }) => stored.id))
  }

  /** The action of a person on a runner's cue. */
  handle(id: string, kind: 'told' | 'acknowledge' | 'snooze'): void {
    this.#write(this.runners.find(id), { kind, by: this.#deps.personId() })
  }

  /** Sets the holder of this run. */
  beHeldBy(holder: RunHolder): void {
    this.#put({ holder })
  }

  /** Nobody runs any more. */
  end(): void {
    this.stop(this.participants.value.map(({ stored }) => stored.id))
    this.#put({ endedAtMs: this.#deps.clock.nowMs() })
  }

  /** Nobody pressed stop, and for hours neither a strap nor a hand was heard: the run ends as of the last of it. */
  #endIfLeft(nowMs: number): void {
    if (this.#run.value.endedAtMs !== null || this.#deps.clock.isUnsure()) return
    const heard = this.participants.value.map(({ live }) => live.runner.heardAtMs ?? -Infinity)
    const heardAtMs = Math.max(this.#run.value.madeAtMs, this.#heardMs, ...heard)
    if (!isLeft(heardAtMs, nowMs)) return
    batch(() => {
      for (const one of this.runners.listIn('waiting', 'running', 'paused'))
        this.#write(one, { kind: 'ended_by_itself' })
      this.#time(pauseTimer)
      this.#put({ endedAtMs: heardAtMs, endedByItself: true })
    })
    this.#changed()
    // The outbox reports a failure and tries again.
    this.#deps.outbox.flush().catch(() => undefined)
  }

  /** A notification of a strap: on its way to disk before anything is shown of it. Straps that nobody wears, and runners
   *  who have not started, leave nothing behind. */
  hear(strapId: string, bytes: Uint8Array): void {
    const { clock } = this.#deps
    const steadyMs = clock.heard(strapId)
    if (clock.isUnsure()) this.#waiting.push({ strapId, bytes, steadyMs })
    else {
      this.#hearWaiting()
      this.#hearAt(strapId, bytes)
    }
  }

  /** Gives a time to the beats that came while the time was unsure. */
  #hearWaiting(): void {
    for (const { strapId, bytes, steadyMs } of this.#waiting.splice(0))
      this.#hearAt(strapId, bytes, this.#deps.clock.atSteady(steadyMs))
  }

  #hearAt(strapId: string, bytes: Uint8Array, heardMs?: number): void {
    const wearer = this.runners.holderOf(strapId)
    // Also before the start, because a runner who is about to start is not gone.
    if (wearer !== null && wearer.live.runner.phase !== 'stopped')
      this.#heardMs = Math.max(this.#heardMs, heardMs ?? this.#deps.clock.nowMs())
    if (wearer === null || wearer.live.runner.startedAtMs === null) return
    const atMs = this.#deps.clock.stamp(wearer.stored.id, heardMs)
    if (wearer.live.runner.phase === 'stopped')
      return this.#stops.keep(wearer.stored.id, { kind: 'notification', atMs, bytes })
    this.watch.heard(wearer.stored.id, atMs)
    this.#take(wearer, { kind: 'notification', atMs, bytes })
  }

  /** A moment has passed: silences are found, and everything shown is shown as of now. */
  tick(): void {
    const { clock } = this.#deps
    const nowMs = clock.nowMs()
    this.#seenMs = nowMs
    if (!clock.isUnsure()) this.#hearWaiting()
    for (const participant of this.participants.value) this.#tell(participant, passLive(participant.live, nowMs))
    this.#stops.free(nowMs)
    this.#endIfLeft(nowMs)
    this.#beat.value++
  }

  /** The folds decide which runner is shown where; they change without a new object. */
  #changed(): void {
    this.participants.value = [...this.participants.value]
  }

  /** What the clock found out: the phone slept or stood still, or somebody set its clock. It has its own moment, before
   *  whatever waits. */
  found(event: ClockEvent): void {
    if (event.kind === 'missed') return this.watch.slept(event.sinceMs, event.atMs)
    const { setMs, atMs } = event
    for (const participant of this.runners.listIn('waiting', 'running', 'paused'))
      this.#writeAt(participant, { kind: 'clock', setMs }, atMs)
    this.#put({ clockSetMs: (this.#run.value.clockSetMs ?? 0) + setMs })
  }

  /** All shown runners except this one. */
  #aliases(exceptId: string | null): string[] {
    const others = this.participants.value.filter((one) => one.stored.id !== exceptId && isShown(one))
    return others.map(({ stored }) => stored.alias)
  }

  #writeEach(
    participants: readonly Participant[],
    ids: readonly string[],
    kind: 'start' | 'pause' | 'resume' | 'stop',
  ) {
    batch(() => {
      for (const participant of participants)
        if (ids.includes(participant.stored.id)) this.#write(participant, { kind })
    })
  }

  #write(participant: Participant, mark: Mark): void {
    this.#writeAt(participant, mark, this.#now())
  }

  #writeAt(participant: Participant, mark: Mark, givenMs: number): void {
    const atMs = this.#deps.clock.stamp(participant.stored.id, givenMs)
    this.#take(participant, { ...mark, atMs })
    this.#beat.value++
  }

  /** Now, for what is written down: the clock makes up its mind, and what waited goes first. */
  #now(): number {
    const { clock } = this.#deps
    if (clock.isUnsure()) clock.settle()
    this.#seenMs = clock.nowMs()
    this.#hearWaiting()
    return this.#seenMs
  }

  #take(participant: Participant, entry: StreamEntry): void {
    this.#deps.outbox.append(participant.stored.id, entry)
    this.#tell(participant, applyLiveEntry(participant.live, entry))
  }

  #tell({ stored }: Participant, cues: readonly Cue[]): void {
    for (const cue of cues) for (const hear of this.#hearers) hear({ alias: stored.alias, cue })
  }

  #time(step: (timer: PlanTimer, nowMs: number) => PlanTimer): void {
    this.#put({ timer: step(this.#run.value.timer, this.#deps.clock.nowMs()) })
  }

  /** The outbox holds it in memory from this turn on; what it cannot write it says, and tries again. */
  #put(change: Partial<GroupRunFacts>): void {
    this.#run.value = { ...this.#run.value, ...change }
    this.#deps.outbox.putGroupRun(this.#run.value).catch(() => undefined)
  }
}
