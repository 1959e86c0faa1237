// Values with their times in two typed arrays that grow by doubling: a reader does not know how many come, and an object
// for each is too dear.

const FIRST_ROOM = 4096

export class GrowableSeries {
  length = 0
  #values = new Float32Array(0)
  #times = new Float64Array(0)

  push(value: number, time: number): void {
    if (this.length === this.#times.length) this.#makeRoom(this.length + 1)
    this.#values[this.length] = value
    this.#times[this.length++] = time
  }

  append(other: GrowableSeries): void {
    if (other.length === 0) return
    this.#makeRoom(this.length + other.length)
    this.#values.set(other.values, this.length)
    this.#times.set(other.times, this.length)
    this.length += other.length
  }

  /** A view, valid until the next `push`. */
  get values(): Float32Array {
    return this.#values.subarray(0, this.length)
  }

  /** A view, valid until the next `push`. */
  get times(): Float64Array {
    return this.#times.subarray(0, this.length)
  }

  #makeRoom(length: number): void {
    if (length <= this.#times.length) return
    const room = Math.max(FIRST_ROOM, length, this.#times.length * 2)
    const values = new Float32Array(room)
    const times = new Float64Array(room)
    values.set(this.#values)
    times.set(this.#times)
    this.#values = values
    this.#times = times
  }
}
