// What to keep in mind about runs that could be read, as `check` says it on standard error: a line for each run and warning, the first
// ones by name; of more with the same warning only how many.
import { readingWarnings, type ReadingWarning } from '../domain/reading-codes.ts'
import type { Recording } from '../domain/recording.ts'

/** product choice: runs that are told by name for each warning. */
const MOST_NAMED = 20

export class CheckWarnings {
  readonly #say: (line: string) => void
  readonly #mostNamed: number
  readonly #counts = new Map<ReadingWarning, number>()

  /** @param isListing every run is told by name */
  constructor(say: (line: string) => void, isListing: boolean) {
    this.#say = say
    this.#mostNamed = isListing ? Infinity : MOST_NAMED
  }

  tell(name: string, { warnings, strayPoints }: Pick<Recording, 'warnings' | 'strayPoints'>): void {
    for (const code of warnings) {
      const count = (this.#counts.get(code) ?? 0) + 1
      this.#counts.set(code, count)
      if (count <= this.#mostNamed) this.#say(`${name}: ${code}: ${sentence(code, strayPoints)}`)
    }
  }

  close(): void {
    for (const [code, count] of this.#counts) {
      const more = count - this.#mostNamed
      if (more > 0) this.#say(`${more} more with ${code}: ${readingWarnings[code]}`)
    }
  }
}

function sentence(code: ReadingWarning, strayPoints = 0): string {
  if (code !== 'STRAY_POINTS' || strayPoints === 0) return readingWarnings[code]
  const few = readingWarnings.STRAY_POINTS
  return few.replace(/^A few points have/, strayPoints === 1 ? '1 point has' : `${strayPoints} points have`)
}
