// Messages to bytes, little endian: a definition where a kind of message is new, then its values. Values are raw, as the
// profile scales them; what a type cannot hold is written as the type's "invalid", never as another number.
import { toFitText } from './fit-text.ts'

/** Base types: code, bytes, smallest and largest value, invalid value (FIT protocol, "Base Types"). */
const types = {
  enum: { code: 0x00, size: 1, min: 0, max: 0xfe, invalid: 0xff },
  sint8: { code: 0x01, size: 1, min: -0x80, max: 0x7e, invalid: 0x7f },
  uint8: { code: 0x02, size: 1, min: 0, max: 0xfe, invalid: 0xff },
  string: { code: 0x07, size: 1, min: 0, max: 0xff, invalid: 0 },
  uint16: { code: 0x84, size: 2, min: 0, max: 0xfffe, invalid: 0xffff },
  uint32: { code: 0x86, size: 4, min: 0, max: 0xfffffffe, invalid: 0xffffffff },
} as const

export interface FieldKind {
  readonly field: number
  readonly type: keyof typeof types
  /** Values in one field, bytes in a text; 1 where absent. */
  readonly count?: number
}
/** One layout of one message; `local` is its slot, 0 to 15. */
export interface MessageKind {
  readonly local: number
  readonly global: number
  readonly fields: readonly FieldKind[]
}
/** NaN is "no value"; a shorter list than the field's count is filled up with it, a longer text is cut. */
export type FieldValue = number | string | readonly number[]

export class MessageWriter {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0
  readonly #defined: (MessageKind | undefined)[] = []

  /** Append one message.
   *  @param values one for each field of the kind, in its order */
  write(kind: MessageKind, values: readonly FieldValue[]): void {
    if (this.#defined[kind.local] !== kind) this.#define(kind)
    this.#number('uint8', kind.local)
    for (const [i, { type, count = 1 }] of kind.fields.entries()) {
      const value = toNumbers(values[i], count)
      for (let k = 0; k < count; k++) this.#number(type, valueAt(value, k))
    }
  }

  /** The messages so far. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #define(kind: MessageKind): void {
    this.#defined[kind.local] = kind
    for (const byte of [0x40 | kind.local, 0, 0]) this.#number('uint8', byte)
    this.#number('uint16', kind.global)
    this.#number('uint8', kind.fields.length)
    for (const { field, type, count = 1 } of kind.fields)
      for (const byte of [field, types[type].size * count, types[type].code]) this.#number('uint8', byte)
  }

  #number(name: keyof typeof types, value: number): void {
    const { size, min, max, invalid } = types[name]
    if (this.#length + size > this.#bytes.length) this.#grow()
    const raw = value >= min && value <= max ? value : invalid
    if (size === 1) this.#view.setUint8(this.#length, raw)
    else if (size === 2) this.#view.setUint16(this.#length, raw, true)
    else this.#view.setUint32(this.#length, raw, true)
    this.#length += size
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

const toNumbers = (value: FieldValue | undefined, count: number): number | ArrayLike<number> | undefined =>
  typeof value === 'string' ? toFitText(value, count) : value

function valueAt(value: number | ArrayLike<number> | undefined, index: number): number {
  if (typeof value === 'number') return index === 0 ? value : Number.NaN
  return value?.[index] ?? Number.NaN
}
