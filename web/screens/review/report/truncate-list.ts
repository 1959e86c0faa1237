// Shortens a list to fit on one page: the first items, and how many more there are.

export function truncateList<T>(
  all: readonly T[],
  most: number,
): { readonly shown: readonly T[]; readonly more: number } {
  return all.length <= most ? { shown: all, more: 0 } : { shown: all.slice(0, most - 1), more: all.length - most + 1 }
}
