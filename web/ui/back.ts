// The browser's Back: it closes the innermost sheet, then asks the screen if the screen wants that, and only then goes
// back. While something wants to ask, there is one extra history entry over the screen's own. Back removes that entry,
// the page handles it, and adds the entry again. A leftover entry is skipped.

type Asked = () => void

/** Innermost last. */
const stops: Asked[] = []
/** The screen that is shown, which Back must not leave while it has stops. */
let shownPath = location.pathname
let shownHash = location.hash
let wasOnTop = isOnTop()
let go: Asked = () => undefined

/** @param hear the address has changed by Back or Forward */
export function whenBack(hear: Asked): void {
  go = hear
}

/** Another screen, under its own address. */
export function addPlace(path: string): void {
  if (isOnTop()) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  shownPath = path
  shownHash = location.hash
  wasOnTop = false
}

/** Be asked before Back goes anywhere, before everybody who asked for it earlier.
 *  @returns how to be asked no more */
export function stopBack(asked: Asked): () => void {
  stops.push(asked)
  putOnTop()
  return () => {
    const place = stops.lastIndexOf(asked)
    if (place >= 0) stops.splice(place, 1)
  }
}

function isOnTop(): boolean {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'isStop' in state
}

function putOnTop(): void {
  if (!isOnTop()) history.pushState({ isStop: true }, '', shownPath)
  wasOnTop = true
}

addEventListener('popstate', () => {
  const cameFromTop = wasOnTop
  wasOnTop = isOnTop()
  const isWithinPage = location.pathname === shownPath && location.hash !== shownHash
  shownHash = location.hash
  if (isWithinPage) return stops.length > 0 ? putOnTop() : undefined
  const innermost = stops.at(-1)
  if (innermost !== undefined) {
    // Wherever the browser has gone: the screen that wants to be asked is still the one that is shown.
    putOnTop()
    innermost()
    return
  }
  if (cameFromTop && !wasOnTop && location.pathname === shownPath) return history.back()
  shownPath = location.pathname
  go()
})
