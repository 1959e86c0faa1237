// Two heart rates of one second, as where somebody put the files of two sensors together, or a device wrote down both. Nobody can tell
// which is right, so a hard one is never hidden behind a calm one. Asked by every reader of files.

/** product choice (as in rule T5): two sensors on one heart differ by no more. */
const SAME_BPM = 5
/** product choice (as in rule T1): fewer are a few, and the first that was told of each stays. */
const FEW_ROWS = 60

export class SecondRates {
  /** The highest told of a second, by its row, where another differs from it. */
  readonly #highest = new Map<number, number>()

  /** Of a row that has a rate already another one is told. */
  take(row: number, firstBpm: number, otherBpm: number): void {
    if (!(firstBpm > 0 && otherBpm > 0) || Math.abs(firstBpm - otherBpm) <= SAME_BPM) return
    this.#highest.set(row, Math.max(firstBpm, otherBpm, this.#highest.get(row) ?? 0))
  }

  /** Put the higher ones in their places, where they are more than a few.
   *  @returns whether they are */
  settle(bpm: { [row: number]: number }): boolean {
    if (this.#highest.size < FEW_ROWS) return false
    for (const [row, highestBpm] of this.#highest) bpm[row] = highestBpm
    return true
  }
}
