// How far a command is, as one line that is written over: on a terminal only, never into a pipe or a file.

interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export class Progress {
  readonly #terminal: Terminal | null
  #isShown = false

  constructor(stream: Terminal) {
    this.#terminal = stream.isTTY === true ? stream : null
  }

  /** @param text of ours; what is wider than the terminal is cut, for a second row could not be written over */
  show(text: string): void {
    if (this.#terminal === null) return
    this.#terminal.write(`\r\u001B[K${text.slice(0, (this.#terminal.columns ?? 80) - 1)}`)
    this.#isShown = true
  }

  clear(): void {
    if (!this.#isShown) return
    this.#terminal?.write('\r\u001B[K')
    this.#isShown = false
  }
}
