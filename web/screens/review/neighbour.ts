// Finds the next flag after the open one.

/** The next in the list, or the first where the open one was the last; null where there is no other. */
export function neighbourOf(order: readonly string[], flagId: string): string | null {
  const at = order.indexOf(flagId)
  const next = order[at + 1] ?? order.find((id) => id !== flagId)
  return next ?? null
}
