// Rethrows an error of a listener later, so that the caller can continue.

/** Reports an error as if nobody had caught it, once this turn is over. */
export function rethrowAsync(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
