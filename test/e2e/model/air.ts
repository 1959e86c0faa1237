// Straps that beat through a whole script, and what is known of each notification: who sent it, when, and when the page's
// own listener had it. Everything the comparison holds the server against.
import type { Page } from 'playwright-core'
import type { FakeStrap } from '../../support/fake-strap.ts'
import { hex, Wearer } from '../group-run/wearer.ts'
import { until } from '../straps/rig.ts'

/** Faster than in life, so that a short script has much to lose. */
const BEAT_EVERY_MS = 200
/** Nobody else's heart beats like this: a number tells whose it is. */
const WIDTH_BPM = 20
const FIRST_BPM = 70

export interface AirRunner {
  readonly wearer: Wearer
  readonly clientId: string
  /** Heart rates that can only be theirs. */
  readonly fromBpm: number
  readonly belowBpm: number
  /** When the link of their strap, or the page behind it, was taken away. */
  readonly faultsAtMs: number[]
  /** The strap beats, as far as it has a link. */
  beats: boolean
  /** From then on the phone has no more to do with them. */
  stoppedAtMs: number
}

export class Air {
  readonly runners: readonly AirRunner[]
  /** When the page had them, by bytes: no two are alike. */
  readonly heardAtMs = new Map<string, number>()
  /** When a hand was about to press Start: nothing that was heard before is of the run. */
  startedAtMs = Number.POSITIVE_INFINITY
  readonly #timer: NodeJS.Timeout
  #turn = 0

  constructor(people: readonly (readonly [alias: string, clientId: string, strap: FakeStrap])[]) {
    this.runners = people.map(([alias, clientId, strap], i) => ({
      wearer: new Wearer(alias, strap),
      clientId,
      fromBpm: FIRST_BPM + i * WIDTH_BPM,
      belowBpm: FIRST_BPM + (i + 1) * WIDTH_BPM,
      faultsAtMs: [],
      beats: true,
      stoppedAtMs: Number.POSITIVE_INFINITY,
    }))
    this.#timer = setInterval(() => this.#beat(), BEAT_EVERY_MS)
  }

  /** Hear what the page hears, from its next navigation on. */
  async listenIn(page: Page): Promise<void> {
    await page.exposeFunction('notificationHeard', (bytes: string) => {
      this.heardAtMs.set(bytes, this.heardAtMs.get(bytes) ?? Date.now())
    })
    await page.addInitScript(() => {
      const addEventListener = Reflect.get<EventTarget, 'addEventListener'>(EventTarget.prototype, 'addEventListener')
      EventTarget.prototype.addEventListener = function (type, hear, options) {
        if (type !== 'characteristicvaluechanged' || typeof hear !== 'function')
          return addEventListener.call(this, type, hear, options)
        const listener = function (this: EventTarget, event: Event) {
          hear.call(this, event)
          const value: unknown = event.target === null ? null : Reflect.get(event.target, 'value')
          if (!(value instanceof DataView)) return
          const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
          window.notificationHeard(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''))
        }
        return addEventListener.call(this, type, listener, options)
      }
    })
  }

  /** The straps of all of them lose their link, as they do where the page behind it is gone. */
  loseAll(): void {
    for (const { faultsAtMs } of this.runners) faultsAtMs.push(Date.now())
  }

  /** This one beats no more; done once the page has all of it that it will ever have. */
  async quiet(runner: AirRunner): Promise<void> {
    runner.beats = false
    const last = runner.wearer.onAir.at(-1)
    if (last === undefined || !runner.wearer.strap.notifying) return
    const isHeard = () => this.heardAtMs.has(hex(last.bytes))
    await until(() => isHeard() || !runner.wearer.strap.notifying, 'the last beat is heard', 2000).catch(
      () => undefined,
    )
  }

  end(): void {
    clearInterval(this.#timer)
  }

  #beat(): void {
    this.#turn++
    for (const [i, { wearer, beats, fromBpm, belowBpm }] of this.runners.entries()) {
      if (!beats) continue
      const middle = (fromBpm + belowBpm) / 2
      wearer.beat(middle + (WIDTH_BPM / 2 - 2) * Math.sin(this.#turn / 9 + i))
    }
  }
}

declare global {
  interface Window {
    notificationHeard: (bytes: string) => void
  }
}
