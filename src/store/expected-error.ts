// An expected error: its message is for people, its code for scripts. Any other thrown error is a bug in calmpace.

export class ExpectedError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
