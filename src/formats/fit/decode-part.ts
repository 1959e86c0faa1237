// The decode loop: one pass over the messages of one part of a FIT file. It never reads past `end`, always moves on by at
// least one byte, and stops with a warning at the first byte that makes no sense.
import { isRepeated, readDefinition, type Definition } from './definition.ts'
import { StrapClock } from './hr-messages.ts'
import { readHrv, readMessage } from './messages.ts'
import type { FitTime } from './fit-time.ts'
import { FitPart } from './part.ts'
import { mesg } from './profile.ts'
import { NO_TIME } from './records.ts'

const SEEN = 16

/** Decode the messages in `bytes[from, end)`.
 *  @returns the part, and where decoding stopped: `end` where all went well */
export function decodePart(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly part: FitPart; readonly at: number } {
  const decoder = new PartDecoder(bytes, from, end)
  decoder.run()
  return decoder
}

class PartDecoder {
  at: number
  readonly part: FitPart
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #end: number
  readonly #definitions: (Definition | undefined)[] = Array.from({ length: 16 })
  /** The latest different definitions: some writers repeat them, before every message even. */
  readonly #seen: Definition[] = []
  readonly #strap = new StrapClock()
  /** The current time; 0 before the first. */
  #time: FitTime = 0

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#end = end
    this.at = from
    this.part = new FitPart(bytes)
  }

  run(): void {
    while (this.at < this.#end) {
      const header = this.#bytes[this.at]
      const goesOn = (header & 0xc0) === 0x40 ? this.#takeDefinition(header) : this.#takeData(header)
      if (!goesOn) return
    }
  }

  #takeDefinition(header: number): boolean {
    const known = this.#findSeen(header & 0x0f)
    if (known !== undefined) {
      this.#definitions[header & 0x0f] = known
      this.at += known.next - known.at
      return true
    }
    const definition = readDefinition(this.#bytes, this.at, this.#end, (code) => this.part.warnings.add(code))
    if (definition === null) return this.#stop('TRUNCATED')
    this.#definitions[header & 0x0f] = definition
    this.#seen.unshift(definition)
    if (this.#seen.length > SEEN) this.#seen.pop()
    this.at = definition.next
    return true
  }

  #findSeen(local: number): Definition | undefined {
    const before = this.#definitions[local]
    if (before !== undefined && isRepeated(this.#bytes, before, this.at, this.#end)) return before
    return this.#seen.find((one) => isRepeated(this.#bytes, one, this.at, this.#end))
  }

  #takeData(header: number): boolean {
    const isCompressed = (header & 0x80) !== 0
    const definition = this.#definitions[isCompressed ? (header >> 5) & 3 : header & 0x0f]
    if (definition === undefined) return this.#stop('DAMAGED')
    if (this.at + definition.size >= this.#end) return this.#stop('TRUNCATED')
    if (!isCompressed && definition.global === mesg.record && definition.timestampAt >= 0) {
      const from = this.at
      this.at = this.part.records.addRun(from, this.#end, definition)
      if (this.at > from) {
        this.#time = this.part.records.lastTime
        return true
      }
    }
    const own = isCompressed ? this.#rollOver(header & 0x1f) : this.#timestampOf(definition)
    if (own !== NO_TIME) this.#time = own
    this.#takeMessage(definition, own)
    this.at += 1 + definition.size
    return true
  }

  #takeMessage(definition: Definition, own: FitTime): void {
    const data = this.at + 1
    switch (definition.global) {
      case mesg.record:
        if (own === NO_TIME) this.part.warnings.add('TIME_MISSING')
        else this.part.records.add(own, data, definition)
        return
      case mesg.hr:
        return this.#strap.read(this.part, this.#view, data, definition, own === NO_TIME ? null : own)
      case mesg.hrv:
        return readHrv(this.part, this.#view, data, definition, this.#time)
      default:
        if (definition.fields.length > 0)
          readMessage(this.part, this.#view, data, definition, { time: this.#time, hasTime: own !== NO_TIME })
    }
  }

  #timestampOf({ timestampAt, littleEndian }: Definition): FitTime {
    return timestampAt < 0 ? NO_TIME : this.#view.getUint32(this.at + 1 + timestampAt, littleEndian)
  }

  /** The first time from now on whose low five bits are `low` (FIT protocol, "Compressed Timestamp Header"). */
  #rollOver(low: number): FitTime {
    const now = this.#time
    return now === 0 ? NO_TIME : now - (now & 0x1f) + low + (low < (now & 0x1f) ? 0x20 : 0)
  }

  #stop(code: 'TRUNCATED' | 'DAMAGED'): false {
    this.part.warnings.add(code)
    return false
  }
}
