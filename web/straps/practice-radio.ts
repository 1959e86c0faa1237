// Practice straps: simulated runners in the page, behind the same interface as a real radio, so that the driver and all
// later code see no difference. Only ids and `StrapView.practice` show that they are simulated. Their data must never
// be kept as a run.
import type { LinkListener, Opened, RadioDevice } from './radio.ts'
import {
  isReachable,
  kindOfNumber,
  notificationOf,
  startRunner,
  stepRunner,
  type MadeRunner,
} from '../../src/demo/made-runner.ts'
import type { Timers } from './timers.ts'

const PREFIX = 'practice-'
const SECOND_MS = 1000
/** How long a practice strap takes to connect. */
const OPEN_MS = 300
/** Steps between two straps' notifications, so that not all come in one moment. */
const PHASE_MS = 37

export const isPractice = (id: string): boolean => id.startsWith(PREFIX)

export interface PracticeRadio {
  /** @param number 1, 2, ... */
  readonly strap: (number: number) => RadioDevice
  /** The practice strap of an id from before; null for any other. */
  readonly find: (id: string) => RadioDevice | null
}

/** @param seed   the same seed, the same runners
 *  @param nameOf what the page calls the strap of a number */
export function createPracticeRadio(seed: number, timers: Timers, nameOf: (number: number) => string): PracticeRadio {
  const straps = new Map<number, RadioDevice>()
  const startedAtMs = timers.nowMs()
  const strap = (number: number): RadioDevice => {
    const found = straps.get(number) ?? new PracticeStrap(number, seed, startedAtMs, timers, nameOf(number))
    straps.set(number, found)
    return found
  }
  return {
    strap,
    find: (id) => {
      const number = isPractice(id) ? Number(id.slice(PREFIX.length)) : Number.NaN
      return Number.isSafeInteger(number) && number > 0 ? strap(number) : null
    },
  }
}

class PracticeStrap implements RadioDevice {
  readonly id: string
  readonly name: string
  readonly #timers: Timers
  /** When second 0 of the runner is. */
  readonly #startedAtMs: number
  readonly #batteryPercent: number
  #runner: MadeRunner
  #hear: LinkListener | null = null
  #timer: number | null = null
  #isOpen = false

  constructor(number: number, seed: number, startedAtMs: number, timers: Timers, name: string) {
    this.id = `${PREFIX}${number}`
    this.name = name
    this.#timers = timers
    this.#startedAtMs = startedAtMs + ((number * PHASE_MS) % SECOND_MS)
    this.#batteryPercent = number % 5 === 0 ? 12 : 90 - number
    this.#runner = startRunner(kindOfNumber(number - 1), seed + number - 1)
  }

  open(hear: LinkListener): Promise<Opened> {
    this.#hear = hear
    return new Promise((resolve) => {
      this.#after(OPEN_MS, () => {
        this.#catchUp()
        if (!isReachable(this.#runner)) return resolve({ ok: false, code: 'attempt_failed' })
        this.#isOpen = true
        this.#nextSecond()
        resolve({ ok: true })
        hear.facts({ sensor: 'chest', device: null, batteryPercent: this.#batteryPercent })
      })
    })
  }

  close(): void {
    if (this.#timer !== null) this.#timers.clearTimer(this.#timer)
    this.#timer = null
    const hear = this.#isOpen ? this.#hear : null
    this.#isOpen = false
    this.#hear = null
    hear?.closed()
  }

  #nextSecond(): void {
    const nextMs = this.#startedAtMs + (this.#runner.atS + 1) * SECOND_MS
    this.#after(nextMs - this.#timers.nowMs(), () => {
      const before = this.#runner
      this.#catchUp()
      if (!isReachable(this.#runner)) return this.close()
      // A timer may come a moment early.
      if (this.#runner !== before) this.#hear?.notified(notificationOf(this.#runner))
      this.#nextSecond()
    })
  }

  /** A page in the background is woken late: the runner ran on. */
  #catchUp(): void {
    const nowS = Math.floor((this.#timers.nowMs() - this.#startedAtMs) / SECOND_MS)
    while (this.#runner.atS < nowS) this.#runner = stepRunner(this.#runner)
  }

  #after(waitMs: number, work: () => void): void {
    this.#timer = this.#timers.setTimer(work, Math.max(0, waitMs))
  }
}
