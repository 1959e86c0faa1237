// What a group run needs of this phone, put together once: outbox, straps, clock, sound, the screen's lock. It lives as long
// as the page, whatever screen is shown: who looks something up meanwhile loses no beat.
import { effect, signal, type ReadonlySignal } from '@preact/signals'
import type { RunWalkPlan } from '../../src/domain/plan.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SyncState } from '../outbox/send-batches.ts'
import { isGoing } from '../outbox/stored.ts'
import type { Straps } from '../straps/straps.ts'
import type { StrapView } from '../straps/strap.ts'
import { nextAlarm, type AlarmTurn } from './alarm-turns.ts'
import { toGroupRun, type GroupRunFacts } from './group-run-facts.ts'
import { GroupRun, type GroupRunDeps } from './group-run.ts'
import { newTimer } from './plan-timer.ts'
import { makeSounder, type Sounder } from './sounder.ts'
import { keepStrapMemory, noStraps, readStrapMemory, wearStrap } from './strap-memory.ts'
import { soundingTile } from './tile.ts'
import { keepAwake, type WakeLock } from './wake-lock.ts'

/** How often everything shown is brought up to now. */
const TICK_MS = 500

export interface DeskParts {
  readonly outbox: Outbox
  readonly straps: Straps
  readonly clock: GroupRunDeps['clock']
  readonly newId: () => string
  readonly personId: () => string
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

export class Desk {
  readonly straps: Straps
  readonly outbox: Outbox
  readonly current = signal<GroupRun | null>(null)
  readonly memory = signal(noStraps)
  readonly soundOn = signal(true)
  /** Null before anybody runs. */
  readonly isAwake = signal<boolean | null>(null)
  readonly sounder: Sounder
  readonly sync: ReadonlySignal<SyncState>
  readonly #parts: DeskParts
  #awake: WakeLock | null = null
  #turn: AlarmTurn | null = null

  constructor(parts: DeskParts) {
    this.#parts = parts
    this.straps = parts.straps
    this.outbox = parts.outbox
    this.sync = parts.sync
    this.sounder = makeSounder(() => this.soundOn.value)
  }

  /** Go on where the last page ended. Called once. */
  async open(): Promise<void> {
    const { outbox, straps } = this.#parts
    this.memory.value = await readStrapMemory(outbox)
    const nowMs = this.#parts.clock.nowMs()
    const going = (await outbox.listGroupRuns()).map(toGroupRun).filter((run) => isGoing(run, nowMs))
    const last = going.toSorted((a, b) => b.madeAtMs - a.madeAtMs)[0]
    if (last !== undefined) await this.#enter(last)
    straps.onNotification((strapId, _atMs, bytes) => this.current.value?.hear(strapId, bytes))
    await straps.known(this.memory.value.straps)
    setInterval(() => this.#tick(), TICK_MS)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.current.value?.hide()
      else this.current.value?.show()
    })
    effect(() => this.#keepAwake())
    effect(() => this.#sayPace())
    effect(() => {
      void this.sync.value
      void this.current.peek()?.refresh()
    })
    effect(() => {
      for (const strap of straps.list.value) this.current.value?.describe(strap)
    })
  }

  async begin(made: NewGroupRun): Promise<void> {
    const { outbox, clock, newId } = this.#parts
    const run: GroupRunFacts = { ...made, id: newId(), madeAtMs: clock.nowMs(), timer: newTimer, endedAtMs: null }
    await outbox.putGroupRun(run)
    await this.#enter(run)
  }

  /** Take leave of a run that has ended. */
  close(): void {
    this.current.value = null
  }

  /** Hand a strap to somebody, and remember whom it was given to. */
  async give(participationId: string, strap: StrapView | null): Promise<void> {
    const run = this.current.value
    if (run === null) return
    await run.give(participationId, strap)
    if (strap === null || strap.practice) return
    const wearer = run.roll.wearerOf(strap.id)
    if (wearer === null) return
    const { clientId, alias } = wearer.stored
    this.memory.value = wearStrap(this.memory.value, strap, { clientId, alias })
    await keepStrapMemory(this.outbox, this.memory.value)
  }

  async #enter(run: GroupRunFacts): Promise<void> {
    const { outbox, clock, newId, personId } = this.#parts
    const localOffsetS = () => -new Date().getTimezoneOffset() * 60
    const entered = new GroupRun({ outbox, clock, newId, personId, localOffsetS }, run)
    await entered.load()
    this.current.value = entered
  }

  #tick(): void {
    const run = this.current.value
    if (run === null) return
    run.tick()
    const { sound, turn } = nextAlarm(this.#turn, soundingTile(run.tiles.value), this.#parts.clock.nowMs())
    this.#turn = turn
    if (sound !== null) this.sounder.alarm(sound)
  }

  #keepAwake(): void {
    const goes = this.current.value?.tiles.value.some(({ phase }) => phase === 'running' || phase === 'paused') ?? false
    if (goes && this.#awake === null) this.#awake = keepAwake((isAwake) => (this.isAwake.value = isAwake))
    if (!goes && this.#awake !== null) {
      this.#awake.release()
      this.#awake = null
    }
  }

  #pace: string | null = null
  #sayPace(): void {
    const run = this.current.value
    const pace = run?.run.value.timer.pausedAtMs === null ? (run.moment.value?.pace ?? null) : this.#pace
    if (pace === this.#pace) return
    const before = this.#pace
    this.#pace = pace
    if (before !== null && (pace === 'run' || pace === 'walk' || pace === 'done')) this.sounder.pace(pace)
  }
}
