// What a command says: its result on standard output, for people or as JSON, and everything else on standard error. One call, one
// line, whatever is in it. Nothing here is coloured.
import { oneLine } from '../domain/one-line.ts'
import type { Failure } from '../node/failure.ts'
import { Progress } from './progress.ts'
import { wrap } from './wrap.ts'

/** Of process.stdout and process.stderr what is used of them. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export class Output {
  readonly json: boolean
  /** How far it is, on a terminal only. */
  readonly progress: Progress
  readonly #out: Stream
  readonly #err: Stream

  /** @param json the result is one JSON object a line instead of words */
  constructor(out: Stream, err: Stream, json = false) {
    this.#out = out
    this.#err = err
    this.json = json
    this.progress = new Progress(err)
  }

  /** Width of the terminal that reads the result; null where it is a file or a pipe, in which nothing is cut or wrapped. */
  get columns(): number | null {
    return this.#out.isTTY === true ? (this.#out.columns ?? 80) : null
  }

  /** A line of the result. */
  print(line: string): void {
    this.progress.clear()
    this.#out.write(`${oneLine(line)}\n`)
  }

  /** The whole result: words for people, or one object for a script. */
  result(words: readonly string[], value: object): void {
    if (this.json) this.print(JSON.stringify(value))
    else for (const line of words) this.print(line)
  }

  /** What is no result and no complaint, on standard error. */
  note(line: string): void {
    this.progress.clear()
    const { isTTY, columns = 80 } = this.#err
    const [, indent = '', words = ''] = /^( *)(.*)$/.exec(oneLine(line)) ?? []
    // What follows the first line stands below its words.
    const [first = '', ...others] = isTTY === true ? wrap(words, columns, `${indent}  `) : [`${indent}  ${words}`]
    for (const shown of [first.slice(2), ...others]) this.#err.write(`${shown}\n`)
  }

  complain(line: string): void {
    this.note(`calmpace: ${line}`)
  }

  /** Why there is no result: words on standard error, and for a script an object in its place.
   *  @returns the exit code */
  fail({ code, message }: Failure): 1 {
    if (this.json) this.print(JSON.stringify({ ok: false, code, message }))
    this.complain(message)
    return 1
  }
}
