// Typed arrays that grow by doubling: a reader does not know how many records come, and an object per record is too dear.

export class GrowableFloats {
  length = 0
  #values = new Float64Array(64)

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  replaceLast(value: number): void {
    this.#values[this.length - 1] = value
  }

  /** The values so far; a view, valid until the next `push`. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length)
  }
}
