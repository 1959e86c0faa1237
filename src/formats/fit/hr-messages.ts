// `hr` messages (132): heart rates that a strap stored by itself, e.g. under water, with its own clock of 1/1024 s.
// Decoded here to times and values; what they fill is decided in to-recording.ts.
import { readBaseType } from './base-types.ts'
import type { Definition, Field } from './definition.ts'
import type { FitPart, FitTime } from './part.ts'

const UNITS_PER_S = 1024

/** The strap's clock against the watch's, carried from one `hr` message to the next. */
export class StrapClock {
  #lastUnits: number | null = null
  /** Watch time at strap time 0, seconds. */
  #zeroTime = Number.NaN

  /** Read one `hr` message whose fields begin at `at`. */
  read(part: FitPart, view: DataView, at: number, definition: Definition, time: FitTime | null): void {
    const field = (number: number) =>
      definition.fields.find((candidate) => candidate.number === number && candidate.valueSize > 0)
    const one = (found: Field | undefined, index = 0) =>
      found === undefined
        ? Number.NaN
        : readBaseType(view, at + found.offset + index * found.valueSize, found.baseType, definition.littleEndian)
    const events: number[] = []
    const full = field(9)
    for (let i = 0; full !== undefined && i < full.size / full.valueSize; i++) {
      const units = one(full, i)
      if (Number.isNaN(units)) continue
      this.#lastUnits = units
      events.push(units)
    }
    if (time !== null && events[0] !== undefined) {
      const fraction = one(field(0)) / 32768
      this.#zeroTime = time + (Number.isNaN(fraction) ? 0 : fraction) - events[0] / UNITS_PER_S
    }
    const packed = field(10)
    if (packed !== undefined) this.#unpack(view, at + packed.offset, packed.size, events)
    const bpm = field(6)
    if (bpm !== undefined && events.length === 0) part.warnings.add('HR_MESSAGES_DAMAGED')
    for (let i = 0; bpm !== undefined && i < bpm.size / bpm.valueSize && i < events.length; i++) {
      const value = one(bpm, i)
      if (Number.isNaN(value) || Number.isNaN(this.#zeroTime)) continue
      part.hrTimes.push(this.#zeroTime + events[i] / UNITS_PER_S)
      part.hrBpm.push(value)
    }
  }

  /** `event_timestamp_12`: two 12-bit times in three bytes, each the low bits of the next time. */
  #unpack(view: DataView, at: number, size: number, events: number[]): void {
    for (let p = at; p + 3 <= at + size; p += 3) {
      const middle = view.getUint8(p + 1)
      for (const low of [view.getUint8(p) | ((middle & 0x0f) << 8), (middle >> 4) | (view.getUint8(p + 2) << 4)]) {
        if (this.#lastUnits === null) continue
        const before = this.#lastUnits % 4096
        this.#lastUnits += low - before + (low < before ? 4096 : 0)
        events.push(this.#lastUnits)
      }
    }
  }
}
