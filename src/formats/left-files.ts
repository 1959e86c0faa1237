// Counts what was left of archives: one line for each, with how many files for which reason. An export of years holds ten
// thousand files that are no runs; nobody reads their names one by one.
import type { FileProblem } from '../domain/reading-codes.ts'
import type { LeftFile } from './unpack.ts'

export interface LeftCount {
  readonly code: FileProblem
  readonly count: number
  /** Of the first ones. */
  readonly names: readonly string[]
}
export interface LeftOfArchive {
  readonly archive: string
  readonly counts: readonly LeftCount[]
}

/** That a file is no run is nothing that anybody has to look at. */
export const isNoRun = (code: string): boolean => code === 'UNKNOWN_KIND' || code === 'NOT_ACTIVITY'

/** What is said of an archive beside what was read of it: no file more that was left. */
export const isOfArchive = (code: string): boolean =>
  code === 'ARCHIVE_BROKEN' || code === 'ARCHIVE_UNREADABLE' || code === 'ARCHIVE_TRAILING'

/** product choice: archives with a line of their own; what is left of more is counted with the archive around them. */
const MOST_LINES = 500
/** product choice: of one archive and one reason. */
const MOST_TOLD = 20

interface LeftOptions {
  readonly mostTold?: number
  readonly mostNames?: number
  readonly isListing?: boolean
}

export class LeftFiles {
  readonly #mostTold: number
  readonly #mostNames: number
  readonly #isListing: boolean
  readonly #lines = new Map<string, Map<FileProblem, { count: number; names: string[] }>>()
  readonly #times = new Map<string, number>()

  /** @param mostTold problems of one archive and one kind that are told file by file
   *  @param mostNames of what is counted
   *  @param isListing what is no run is told as a problem is */
  constructor({ mostTold = MOST_TOLD, mostNames = 0, isListing = false }: LeftOptions = {}) {
    this.#mostTold = mostTold
    this.#mostNames = mostNames
    this.#isListing = isListing
  }

  /** @returns whether this one is told by itself; else it was counted */
  take({ path, archive, code }: Omit<LeftFile, 'ok'>): boolean {
    if (archive === null || ((this.#isListing || !isNoRun(code)) && this.#isAmongFirst(archive, code))) return true
    const counts = this.#countsOf(archive)
    const one = counts.get(code) ?? { count: 0, names: [] }
    counts.set(code, one)
    one.count++
    if (one.names.length < this.#mostNames) one.names.push(path)
    return false
  }

  /** In the order in which the first of each was left. */
  get lines(): LeftOfArchive[] {
    return [...this.#lines].map(([archive, counts]) => ({
      archive,
      counts: [...counts].map(([code, { count, names }]) => ({ code, count, names })),
    }))
  }

  #isAmongFirst(archive: string, code: FileProblem): boolean {
    const key = `${code} ${this.#times.size < MOST_LINES ? archive : ''}`
    const times = (this.#times.get(key) ?? 0) + 1
    this.#times.set(key, times)
    return times <= this.#mostTold
  }

  #countsOf(archive: string) {
    const known = this.#lines.get(archive)
    if (known !== undefined) return known
    const line = this.#lines.size < MOST_LINES ? archive : this.#lineAround(archive)
    const counts = this.#lines.get(line) ?? new Map<FileProblem, { count: number; names: string[] }>()
    this.#lines.set(line, counts)
    return counts
  }

  /** The nearest archive around it that has a line. */
  #lineAround(archive: string): string {
    for (let end = archive.lastIndexOf('/'); end > 0; end = archive.lastIndexOf('/', end - 1))
      if (this.#lines.has(archive.slice(0, end))) return archive.slice(0, end)
    return '…'
  }
}

export const countOf = ({ counts }: LeftOfArchive): number => counts.reduce((sum, { count }) => sum + count, 0)
