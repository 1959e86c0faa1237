// Pairs of numbers in two typed arrays that grow by doubling: a reader does not know how many come, and an object for each
// is too dear.

const FIRST_ROOM = 2048

export class GrowablePairs {
  length = 0
  #firsts = new Float64Array(0)
  #seconds = new Float64Array(0)

  push(first: number, second: number): void {
    if (this.length === this.#firsts.length) this.#grow()
    this.#firsts[this.length] = first
    this.#seconds[this.length++] = second
  }

  /** The first of each pair; a view, valid until the next `push`. */
  get firsts(): Float64Array {
    return this.#firsts.subarray(0, this.length)
  }

  /** The second of each pair; a view, valid until the next `push`. */
  get seconds(): Float64Array {
    return this.#seconds.subarray(0, this.length)
  }

  #grow(): void {
    const room = Math.max(FIRST_ROOM, this.length * 2)
    const [firsts, seconds] = [new Float64Array(room), new Float64Array(room)]
    firsts.set(this.#firsts)
    seconds.set(this.#seconds)
    this.#firsts = firsts
    this.#seconds = seconds
  }
}
