// One strap in the page: passes events to its machine, does what the machine answers, and shows the result. Only
// `straps.ts` makes it, and says when a real strap may connect. It makes no decisions of its own.
import { signal, type ReadonlySignal } from '@preact/signals'
import type { SensorKind } from '../../src/domain/recording.ts'
import { isBadSensor, recentErrors } from '../../src/formats/strap/bad-sensor.ts'
import {
  receiveNotification,
  startStrapSignal,
  type NotificationResult,
  type StrapSignal,
} from '../../src/formats/strap/strap-signal.ts'
import type { ConnectTurns } from './connection-queue.ts'
import { rethrowAsync } from './rethrow-async.ts'
import type { LinkListener, RadioDevice, StrapFacts } from './radio.ts'
import { startStrap, stepStrap, type StrapEvent, type StrapMachine, type StrapState } from './strap-machine.ts'
import type { StrapParameters } from './strap-parameters.ts'
import type { StrapProblem } from './strap-problem.ts'
import type { Timers } from './timers.ts'

/** What changes with each notification; kept apart so that only who shows a number follows it. */
export interface StrapPulse {
  /** ms of the driver's clock, of the last notification whose time is its own (rule I): what arrives in one burst after a gap
   *  waited, and is no heart rate of now. Null where there is none. A tile ages by it, not by the link. */
  readonly lastNotificationAtMs: number | null
  /** Of that one; null where the strap has found none, or feels no skin. */
  readonly lastHeartRateBpm: number | null
  /** Its beat may be older by this much than what was heard when the page was told of it. */
  readonly delayMs: number
  /** Notifications of the last 10 s that could not be decoded (rule I). */
  readonly errorsInWindow: number
}

/** How sure it is that this is the strap that its place in the list stands for. `plain`: nothing speaks against it.
 *  `confirmed`: a person said so, though other straps have its name. `unsure`: another strap of its name may have been
 *  chosen in its place; nobody is told its beats. */
export type StrapIdentity = 'plain' | 'confirmed' | 'unsure'

export interface StrapView extends StrapFacts {
  /** Stays the same for as long as the strap is in the list. */
  readonly id: string
  /** Not unique: straps of one make may all advertise one name. */
  readonly name: string
  /** The browser's id of it; another than `id` where the browser has named it anew. */
  readonly deviceId: string
  readonly identity: StrapIdentity
  readonly state: StrapState
  readonly problem: StrapProblem | null
  /** It will hardly come back without a person's tap. */
  readonly needsTap: boolean
  readonly sensor: SensorKind
  readonly practice: boolean
  /** Three undecodable notifications in 10 s (rule I). */
  readonly badSensor: boolean
  readonly pulse: ReadonlySignal<StrapPulse>
}

const nothingYet: StrapPulse = { lastNotificationAtMs: null, lastHeartRateBpm: null, delayMs: 0, errorsInWindow: 0 }

/** What a strap needs of those around it. */
export interface StrapParts {
  readonly id: string
  readonly name: string
  readonly deviceId: string
  readonly identity: StrapIdentity
  readonly practice: boolean
  readonly timers: Timers
  readonly parameters: StrapParameters
  /** Null: connects without waiting for others. */
  readonly turns: ConnectTurns | null
  readonly notified: (bytes: Uint8Array<ArrayBuffer>, atMs: number) => void
  readonly changed: (state: StrapState, atMs: number) => void
  /** What a failure means beside the other straps; `sinceMs` is when the attempt began. */
  readonly explain: (problem: StrapProblem, sinceMs: number) => StrapProblem
  readonly connected: () => void
}

export class Strap {
  readonly view: ReadonlySignal<StrapView>
  readonly #parts: StrapParts
  readonly #view
  readonly #pulse = signal<StrapPulse>(nothingYet)
  #machine: StrapMachine = startStrap()
  #device: RadioDevice | null = null
  #timer: number | null = null
  #leaveLine: () => void = () => {}
  #errorsAtMs: readonly number[] = []
  /** Null before its first link. */
  #signal: StrapSignal | null = null
  readonly #events: StrapEvent[] = []

  constructor(parts: StrapParts) {
    this.#parts = parts
    const { id, name, practice, deviceId, identity } = parts
    const facts: StrapFacts = { sensor: 'unknown', device: null, batteryPercent: null }
    const state = { state: this.#machine.state, problem: null, needsTap: false, badSensor: false }
    this.#view = signal<StrapView>({ id, name, practice, deviceId, identity, ...facts, ...state, pulse: this.#pulse })
    this.view = this.#view
  }

  get device(): RadioDevice | null {
    return this.#device
  }
  /** Trying again does not help: a person must find it in the browser's list. */
  get mustBeChosen(): boolean {
    return this.#device === null || this.#machine.problem === 'out_of_sight'
  }
  get isOpen(): boolean {
    return this.#machine.link === 'open'
  }

  /** A person chose this device for it, or the browser remembered it. */
  attach(device: RadioDevice): void {
    // What another device of this place said is no number of this one.
    if (device.id !== this.#view.peek().deviceId) {
      this.#signal = null
      this.#pulse.value = nothingYet
    }
    this.#device = device
    this.#show({ deviceId: device.id, ...(device.name === '' ? {} : { name: device.name }) })
    this.tell({ kind: 'chosen' })
  }

  /** From now on it is that sure which strap this is. */
  identify(identity: StrapIdentity): void {
    this.#show({ identity })
  }

  /** One after another: a radio may say `closed` while it is being closed. */
  tell(event: StrapEvent): void {
    this.#events.push(event)
    if (this.#events.length > 1) return
    for (let next: StrapEvent | undefined = event; next !== undefined; next = this.#events[0]) {
      try {
        this.#step(next)
      } catch (error) {
        // A screen that throws at a change must not end the strap.
        rethrowAsync(error)
      }
      this.#events.shift()
    }
  }

  #step(event: StrapEvent): void {
    const { timers, parameters, changed, explain } = this.#parts
    const nowMs = timers.nowMs()
    const before = this.#machine
    const { machine, effects } = stepStrap(before, event, nowMs, timers.random(), parameters)
    this.#machine = machine
    for (const effect of effects) {
      switch (effect.kind) {
        case 'connect':
          this.#askToConnect(effect.attempt)
          break
        case 'disconnect':
          this.#leaveLine()
          this.#device?.close()
          break
        case 'wait':
          this.#wait(effect.untilMs)
          break
      }
    }
    const { state, problem, failures } = machine
    if (problem !== before.problem || failures > before.failures)
      this.#show({ problem: problem === null ? null : explain(problem, before.linkSinceMs) })
    if (state === before.state) return
    // What the browser blocks can only be chosen again.
    if (state === 'gone' && problem === 'blocked') this.#device = null
    this.#show({ state, needsTap: state === 'gone' || problem === 'out_of_sight' })
    changed(state, nowMs)
  }

  #wait(untilMs: number): void {
    const { timers } = this.#parts
    if (this.#timer !== null) timers.clearTimer(this.#timer)
    this.#timer = timers.setTimer(() => {
      this.#timer = null
      this.tell({ kind: 'time' })
    }, untilMs - timers.nowMs())
  }

  #askToConnect(attempt: number): void {
    const connect = () => this.#connect(attempt)
    const { turns } = this.#parts
    if (turns === null) void connect()
    else this.#leaveLine = turns.ask(connect)
  }

  async #connect(attempt: number): Promise<void> {
    // The step that asked for it ends first.
    await Promise.resolve()
    const device = this.#device
    this.tell({ kind: 'opening', attempt })
    if (device === null || this.#machine.attempt !== attempt || this.#machine.link !== 'opening') return
    const isCurrent = () => this.#device === device && this.#machine.attempt === attempt
    const opened = await device.open(this.#listener(isCurrent))
    if (opened.ok) {
      this.#signal ??= startStrapSignal(this.#parts.timers.nowMs())
      this.tell({ kind: 'opened', attempt })
      if (isCurrent() && this.isOpen) this.#parts.connected()
    } else if (isCurrent()) this.tell({ kind: 'failed', attempt, problem: opened.code })
  }

  #listener(isCurrent: () => boolean): LinkListener {
    const isWanted = () => isCurrent() && (this.#machine.link === 'opening' || this.isOpen)
    return {
      notified: (bytes) => {
        if (isWanted()) this.#onNotified(bytes)
      },
      facts: (facts) => {
        if (isWanted()) this.#show(facts)
      },
      closed: () => {
        if (isCurrent()) this.tell({ kind: 'closed' })
      },
    }
  }

  #onNotified(bytes: Uint8Array<ArrayBuffer>): void {
    const { timers, notified } = this.#parts
    const nowMs = timers.nowMs()
    this.tell({ kind: 'notified' })
    const heard = receiveNotification((this.#signal ??= startStrapSignal(-Infinity)), nowMs, bytes)
    const isMalformed = heard.kind === 'malformed'
    if (isMalformed || this.#errorsAtMs.length > 0) {
      const recent = recentErrors(this.#errorsAtMs, nowMs)
      this.#errorsAtMs = isMalformed ? [...recent, nowMs] : recent
    }
    if (this.#view.peek().identity !== 'unsure') notified(bytes, nowMs)
    this.#pulse.value = { ...pulseOf(this.#pulse.peek(), heard, nowMs), errorsInWindow: this.#errorsAtMs.length }
    this.#show({ badSensor: isBadSensor(this.#errorsAtMs, nowMs) })
  }

  /** Only what differs is worth a picture. */
  #show(changes: Partial<StrapView>): void {
    const before = this.#view.peek()
    const differs = Object.entries(changes).some(([name, value]) => Reflect.get(before, name) !== value)
    if (differs) this.#view.value = { ...before, ...changes }
  }
}

/** What of a notification may stand as the present. */
function pulseOf(before: StrapPulse, heard: NotificationResult, nowMs: number): Omit<StrapPulse, 'errorsInWindow'> {
  switch (heard.kind) {
    case 'sample':
      return {
        lastNotificationAtMs: Math.round(nowMs - heard.sample.delayMs),
        lastHeartRateBpm: heard.sample.contactLost ? null : heard.sample.heartRateBpm,
        delayMs: heard.sample.delayMs,
      }
    case 'late':
    case 'unconfirmed':
      return { lastNotificationAtMs: null, lastHeartRateBpm: null, delayMs: 0 }
    case 'double':
    case 'malformed':
      return before
  }
}
