// Short values that a browser stores for this page outside its database. A browser may store nothing (blocked site
// data, a view inside another app) or have no room; then the page forgets them and still works. Never throws.

type Kind = 'localStorage' | 'sessionStorage'

/** @returns null where there is none, or the browser keeps nothing */
export function recallWord(kind: Kind, key: string): string | null {
  try {
    return globalThis[kind].getItem(key)
  } catch {
    return null
  }
}

/** @param word null forgets it */
export function keepWord(kind: Kind, key: string, word: string | null): void {
  try {
    if (word === null) globalThis[kind].removeItem(key)
    else globalThis[kind].setItem(key, word)
  } catch {
    // It holds for as long as the page does.
  }
}
