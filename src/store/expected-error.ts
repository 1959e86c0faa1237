// What may well happen, thrown: its message is for people, its code for scripts. Anything else that is thrown is a fault of calmpace.

export class ExpectedError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
