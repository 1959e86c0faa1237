// Full screen during a run, so that nobody touches parts of the browser by accident. It stays until somebody leaves it.
// If the browser ends it (a reload, another app), the next touch requests it again.
import { signal } from '@preact/signals'
import { keepWord, recallWord } from '../ui/small-memory.ts'

const WANTED = 'calmpace.fullScreen'

/** Whether the run fills the screen now. */
export const isFullScreen = signal(document.fullscreenElement !== null)
export const canFullScreen = document.fullscreenEnabled

let isWanted = recallWord('sessionStorage', WANTED) === 'yes'
const want = (wanted: boolean) => {
  isWanted = wanted
  keepWord('sessionStorage', WANTED, wanted ? 'yes' : null)
}

document.addEventListener('fullscreenchange', () => {
  isFullScreen.value = document.fullscreenElement !== null
  // Left while the page is seen: by hand. A hidden page lost it to the browser.
  if (!isFullScreen.value && document.visibilityState === 'visible') want(false)
})

/** From a press of its button. */
export function turnFullScreen(on: boolean): void {
  want(on)
  // If the browser refuses, the button does not change, and so shows it.
  const turned = on ? document.documentElement.requestFullscreen() : document.exitFullscreen()
  turned.catch(() => want(false))
}

/** From a touch: what the browser took back. */
export function refillScreen(): void {
  if (isWanted && document.fullscreenElement === null && canFullScreen)
    document.documentElement.requestFullscreen().catch(() => undefined)
}
