// What `check` says about itself on standard error: how far it is, on a terminal only, and at the end why something was left, with
// what was read where there was more than one thing to read.
import { fileProblems, problemSentence, type FileProblem } from '../domain/reading-codes.ts'
import { isNoRun, isOfArchive } from '../formats/left-files.ts'
import type { Output } from './output.ts'
import { nameOf, type CheckLine } from './table.ts'

const PROGRESS_EVERY = 20

export class CheckSummary {
  readonly #output: Output
  readonly #left = new Map<FileProblem, number>()
  #hasProblem = false
  #runs = 0
  #archives = 0
  #lines = 0
  #only: CheckLine | null = null

  constructor(output: Output) {
    this.#output = output
  }

  /** That an archive holds files which are no runs beside its runs is nothing wrong. */
  get allRead(): boolean {
    return !this.#hasProblem && this.#runs > 0
  }

  count(line: CheckLine): void {
    this.#lines++
    this.#only = this.#lines === 1 ? line : null
    if (line.ok) this.#runs++
    else {
      if (isOfArchive(line.code)) this.#archives++
      this.#hasProblem ||= !isNoRun(line.code) || line.archive === null
    }
    if (!line.ok) this.#left.set(line.code, (this.#left.get(line.code) ?? 0) + 1)
    if (this.#lines % PROGRESS_EVERY === 0) this.#output.progress.show(`${this.#lines} read, ${runs(this.#runs)}`)
  }

  /** Of a path in which there is nothing to read. */
  countNothing(path: string, words: string): void {
    this.#hasProblem = true
    this.#output.complain(`${path}: ${words}`)
  }

  close(): void {
    this.#output.progress.clear()
    const only = this.#only
    if (only !== null && !only.ok)
      this.#output.complain(`${nameOf(only)}: ${only.code}: ${problemSentence(only.code, only.detail)}`)
    if (this.#lines < 2) return
    const left = this.#lines - this.#runs - this.#archives
    const archives = this.#archives === 1 ? '1 archive is' : `${this.#archives} archives are`
    const words = [`${runs(this.#runs)} read`, ...(left === 0 ? [] : [`${left} left`])].join(', ')
    this.#output.note(this.#archives === 0 ? words : `${words}; ${archives} not whole`)
    for (const [code, count] of [...this.#left].sort((a, b) => b[1] - a[1]))
      this.#output.note(`  ${count} x ${code}: ${fileProblems[code]}`)
  }
}

const runs = (count: number): string => (count === 1 ? '1 run' : `${count} runs`)
