/** Closes a `switch` over a union: forgetting a member does not compile. */
export function assertNever(value: never): never {
  throw new Error(`not expected here: ${JSON.stringify(value)}`)
}
