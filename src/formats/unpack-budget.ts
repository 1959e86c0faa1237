// How much may come out of one thing that was handed in, and until when. What an archive inside takes too much of ends that
// archive, and no other; what all of them together take too much of ends all.
import type { Meter } from './pieces.ts'

export interface UnpackLimits {
  /** One file as it comes out. */
  readonly fileBytes: number
  /** One packed zip inside another archive: it is unpacked to memory before it is opened. */
  readonly archiveBytes: number
  /** All that comes out of one archive, without what comes out of archives in it; more where the archive itself is large. */
  readonly unpackedBytes: number
  /** … and of all archives of one source: this many times as much. */
  readonly times: number
  /** An archive may hold this many times its own size: XML packs to a tenth, the rest to less. */
  readonly growth: number
  /** What opening one file counts for, however small it is. */
  readonly openingBytes: number
  readonly depth: number
}
const MB = 1024 * 1024
export const unpackLimits: UnpackLimits = {
  fileBytes: 64 * MB,
  archiveBytes: 256 * MB,
  unpackedBytes: 512 * MB,
  times: 4,
  growth: 16,
  openingBytes: 1024,
  depth: 3,
}

interface Purse {
  left: number
}

export class Budget {
  readonly limits: UnpackLimits
  readonly #isTimeUp: () => boolean
  readonly #whole: Purse
  readonly #archive: Purse
  readonly #late: { is: boolean }

  constructor(limits: UnpackLimits, sourceBytes: number, isTimeUp: () => boolean, parent: Budget | null = null) {
    this.limits = limits
    this.#isTimeUp = isTimeUp
    const most = Math.max(limits.unpackedBytes, limits.growth * sourceBytes)
    this.#whole = parent === null ? { left: Math.max(limits.times * limits.unpackedBytes, most) } : parent.#whole
    this.#archive = { left: most }
    this.#late = parent === null ? { is: false } : parent.#late
  }

  /** @param packedBytes its own size; 0 where that is not known */
  forArchive(packedBytes: number): Budget {
    return new Budget(this.limits, packedBytes, this.#isTimeUp, this)
  }

  /** Whether it was time that ran out. */
  get isLate(): boolean {
    return this.#late.is
  }

  /** What has come to its end: this archive, or all that was handed in. */
  get stop(): 'archive' | 'all' | null {
    this.#late.is ||= this.#isTimeUp()
    if (this.#late.is || this.#whole.left < 0) return 'all'
    return this.#archive.left < 0 ? 'archive' : null
  }

  count(bytes: number): void {
    this.#whole.left -= bytes
    this.#archive.left -= bytes
  }

  meter(): Meter {
    return (bytes) => {
      this.count(bytes)
      return this.stop === null
    }
  }
}
