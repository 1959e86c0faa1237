// A list that the server sends page by page: the first page, and the pages that a person asked for. A new first page
// drops the rest.
import { useState } from 'preact/hooks'

interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** @param page the first one; null while it loads
 *  @param load what comes behind it
 *  @returns what is here, and what fetches more of it; null where there is no more */
export function useMore<T>(
  page: Page<T> | null,
  load: (cursor: string) => Promise<Page<T>>,
): { readonly items: readonly T[]; readonly showMore: (() => Promise<void>) | null } {
  const [more, setMore] = useState<{ readonly of: Page<T>; readonly later: Page<T> } | null>(null)
  if (page === null) return { items: [], showMore: null }
  const later = more?.of === page ? more.later : { items: [], nextCursor: page.nextCursor }
  const cursor = later.nextCursor
  const showMore = async (from: string) => {
    const next = await load(from)
    setMore({ of: page, later: { items: [...later.items, ...next.items], nextCursor: next.nextCursor } })
  }
  return { items: [...page.items, ...later.items], showMore: cursor === null ? null : () => showMore(cursor) }
}
