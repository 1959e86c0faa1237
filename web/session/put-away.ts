// A browser can store a whole page and show it again at Back without loading anything, perhaps after its reader signed
// out. So the page is emptied when it is stored, and shows nothing before the server says who is signed in.

/** @param root  where the page is drawn
 *  @param clear  takes away what is shown
 *  @param ask    asks who is here, and shows it */
export function clearWhenPutAway(root: HTMLElement, clear: () => void, ask: () => void): void {
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) return
    // The page is not drawn again before it goes: the picture of it is hidden, what it holds is taken away.
    root.hidden = true
    clear()
  })
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    clear()
    ask()
    // Before the next picture, and after what was cleared is gone.
    requestAnimationFrame(() => (root.hidden = false))
  })
}
