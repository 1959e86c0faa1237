// What `check` says about itself on standard error: how far it is, on a terminal only, and at the end, where there was more
// than one thing to read, what was read and why the rest was left.
import { fileProblems, type FileProblem } from '../domain/reading-codes.ts'
import type { CheckLine } from './table.ts'

interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const PROGRESS_EVERY = 20

export class CheckSummary {
  readonly #output: Output
  readonly #left = new Map<FileProblem, number>()
  #runs = 0
  #lines = 0

  constructor(output: Output) {
    this.#output = output
  }

  get allRead(): boolean {
    return this.#left.size === 0
  }

  count(line: CheckLine): void {
    this.#lines++
    if (line.ok) this.#runs++
    else this.#left.set(line.code, (this.#left.get(line.code) ?? 0) + 1)
    if (this.#output.isTTY === true && this.#lines % PROGRESS_EVERY === 0)
      this.#output.write(`\r${this.#lines} read, ${this.#runs} runs`)
  }

  close(): void {
    if (this.#output.isTTY === true && this.#lines >= PROGRESS_EVERY) this.#output.write('\r\u001b[K')
    if (this.#lines < 2) return
    const left = this.#lines - this.#runs
    this.#output.write(`${runs(this.#runs)} read${left === 0 ? '' : `, ${left} left`}\n`)
    for (const [code, count] of [...this.#left].sort((a, b) => b[1] - a[1]))
      this.#output.write(`  ${count} x ${code}: ${fileProblems[code]}\n`)
  }
}

const runs = (count: number): string => (count === 1 ? '1 run' : `${count} runs`)
