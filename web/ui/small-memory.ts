// Words of a few letters that a browser keeps for this page outside its database. A browser may keep nothing (site data are
// blocked, a view inside another app) or have no room: then the page forgets them, and works all the same. Never throws.

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
