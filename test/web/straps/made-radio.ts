// A radio of a test's own making: it answers what the test says, when the test says.
import type { Chosen, LinkListener, Opened, Radio, RadioDevice } from '../../../web/straps/radio.ts'

export class MadeDevice implements RadioDevice {
  readonly id: string
  readonly name: string
  /** What `open` gives; null: nothing, ever. */
  answer: Opened | null = { ok: true }
  opens = 0
  closes = 0
  hear: LinkListener | null = null

  constructor(id: string, name = id) {
    this.id = id
    this.name = name
  }
  open(hear: LinkListener): Promise<Opened> {
    this.opens++
    const { answer } = this
    if (answer === null) return new Promise(() => {})
    this.hear = answer.ok ? hear : null
    return Promise.resolve(answer)
  }
  /** Says so at once, as Chromium does. */
  close(): void {
    this.closes++
    this.lose()
  }
  /** The link is lost. */
  lose(): void {
    const { hear } = this
    this.hear = null
    hear?.closed()
  }
  beat(...bytes: readonly number[]): void {
    this.hear?.notified(Uint8Array.from(bytes.length === 0 ? [0, 72] : bytes))
  }
}

export interface MadeRadio extends Radio {
  /** What the next list gives. */
  next: Chosen
  /** By which names lists were narrowed, undefined for all. */
  readonly asked: (string | undefined)[]
  devices: readonly MadeDevice[] | null
  available: (available: boolean) => void
}

export function madeRadio(): MadeRadio {
  const radio: MadeRadio = {
    next: { ok: false, code: 'cancelled' },
    asked: [],
    devices: null,
    available: () => {},
    choose: (name) => {
      radio.asked.push(name)
      return Promise.resolve(radio.next)
    },
    remembered: () => Promise.resolve(radio.devices),
    onAvailable: (hear) => {
      radio.available = hear
    },
  }
  return radio
}
