// Bytes one after another, for the layouts of this folder. Counts take 7 bits a byte, the lowest first (LEB128).

export class ByteWriter {
  readonly #bytes: number[] = []

  bytes(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#bytes.push(byte)
  }

  /** @throws RangeError for what is no whole number from 0 on */
  count(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a count')
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) this.#bytes.push((left % 128) + 128)
    this.#bytes.push(left)
  }

  float64(value: number): void {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setFloat64(0, value, true)
    this.bytes(bytes)
  }

  whole(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}

/** Every step gives null once the bytes do not hold what was asked for; none throws. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  get isAtEnd(): boolean {
    return this.left === 0
  }

  /** @param length null is passed on */
  bytes(length: number | null): Uint8Array | null {
    if (length === null || length > this.left) return null
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }

  count(): number | null {
    let value = 0
    for (let scale = 1; scale < 2 ** 50; scale *= 128) {
      const byte = this.bytes(1)?.[0]
      if (byte === undefined) return null
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
    return null
  }

  float64(): number | null {
    const bytes = this.bytes(8)
    return bytes === null ? null : new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true)
  }
}
