// For what must go on although somebody who was told threw.

/** Reports an error as if nobody had caught it, once this turn is over. */
export function rethrowAsync(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
