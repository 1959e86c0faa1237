// Keeps the focus for people who do not use a mouse. A pressed button may disappear, and the browser then starts again
// at the top of the page. This moves the focus to the nearest remaining element around it.

/** product choice: lists that are loaded anew come in within this. */
const WATCHED_MS = 3000
const HEADINGS = 'h1, h2, h3, h4'

/** @returns what to call once it is done: gives the focus back where it was lost, for as long as nobody moves on by themselves */
export function holdFocus(): () => void {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body) return () => undefined
  const around: HTMLElement[] = []
  for (let one: HTMLElement | null = at; one !== null && one !== document.body; one = one.parentElement)
    around.push(one)
  const giveBack = () => {
    if (isLost()) for (const place of around) if (place.isConnected && takes(place, at)) return
  }
  return () => {
    // What comes in its place is shown first, and may take the focus itself.
    setTimeout(giveBack)
    const observer = new MutationObserver(giveBack)
    const stop = () => {
      observer.disconnect()
      clearTimeout(timer)
      for (const kind of ['pointerdown', 'keydown']) removeEventListener(kind, stop, true)
    }
    const timer = setTimeout(stop, WATCHED_MS)
    observer.observe(document.body, { childList: true, subtree: true })
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, stop, true)
  }
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** @returns whether the focus is there now: on the thing itself, or on the heading of what it stood in */
function takes(place: HTMLElement, at: HTMLElement): boolean {
  const target = place === at || place.id === 'main' ? place : place.querySelector<HTMLElement>(HEADINGS)
  if (target === null) return false
  if (target !== at && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus({ preventScroll: target !== at })
  return !isLost()
}
