// A browser puts a page away whole and shows it again at Back, without loading anything: perhaps after its reader signed out.
// So nothing of it is left on the page when it is put away, and nothing comes back before the server said who is here.

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
