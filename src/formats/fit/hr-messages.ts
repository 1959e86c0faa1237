// `hr` messages (132): heart rates that a strap stored by itself, e.g. under water, with its own clock of 1/1024 s.
// Decoded here to times and values; what they fill is decided in to-recording.ts.
import { readBaseType } from './base-types.ts'
import type { Definition, Field } from './definition.ts'
import type { FitTime } from './fit-time.ts'
import type { FitPart } from './part.ts'

const UNITS_PER_S = 1024

/** The strap's clock against the watch's, carried from one `hr` message to the next. */
export class StrapClock {
  #lastUnits: number | null = null
  /** Watch time at strap time 0, seconds. */
  #zeroTime = Number.NaN

  /** Strap times of the message that is being read. */
  readonly #events: number[] = []

  /** Read one `hr` message whose fields begin at `at`. */
  read(part: FitPart, view: DataView, at: number, definition: Definition, time: FitTime | null): void {
    const { littleEndian } = definition
    const events = this.#events
    events.length = 0
    const full = fieldOf(definition, 9)
    for (let i = 0; full !== null && i < full.size / full.valueSize; i++) {
      const units = readOne(view, at, full, i, littleEndian)
      if (Number.isNaN(units)) continue
      this.#lastUnits = units
      events.push(units)
    }
    if (time !== null && events[0] !== undefined) {
      const fraction = fieldOf(definition, 0)
      const part = fraction === null ? Number.NaN : readOne(view, at, fraction, 0, littleEndian) / 32768
      this.#zeroTime = time + (Number.isNaN(part) ? 0 : part) - events[0] / UNITS_PER_S
    }
    const packed = fieldOf(definition, 10)
    if (packed !== null) this.#unpack(view, at + packed.offset, packed.size)
    const bpm = fieldOf(definition, 6)
    if (bpm === null) return
    if (events.length === 0) part.warnings.add('HR_MESSAGES_DAMAGED')
    if (Number.isNaN(this.#zeroTime)) return
    for (let i = 0; i < bpm.size / bpm.valueSize && i < events.length; i++) {
      const value = readOne(view, at, bpm, i, littleEndian)
      if (!Number.isNaN(value)) part.stored.push(value, this.#zeroTime + events[i] / UNITS_PER_S)
    }
  }

  /** `event_timestamp_12`: two 12-bit times in three bytes, each the low bits of the next time. */
  #unpack(view: DataView, at: number, size: number): void {
    for (let p = at; p + 3 <= at + size; p += 3) {
      const middle = view.getUint8(p + 1)
      this.#follow(view.getUint8(p) | ((middle & 0x0f) << 8))
      this.#follow((middle >> 4) | (view.getUint8(p + 2) << 4))
    }
  }

  #follow(low: number): void {
    if (this.#lastUnits === null) return
    const before = this.#lastUnits % 4096
    this.#lastUnits += low - before + (low < before ? 4096 : 0)
    this.#events.push(this.#lastUnits)
  }
}

function fieldOf({ fields }: Definition, number: number): Field | null {
  for (const field of fields) if (field.number === number && field.valueSize > 0) return field
  return null
}

const readOne = (view: DataView, at: number, field: Field, index: number, littleEndian: boolean): number =>
  readBaseType(view, at + field.offset + index * field.valueSize, field.baseType, littleEndian)
