// Reports every touch and every key. The page uses them to request things that a browser gives only after an action of
// a person.

/** Which of them a browser takes for a person's hand differs by pointer and browser. */
const KINDS = ['pointerdown', 'pointerup', 'touchend', 'click', 'keydown'] as const

/** @returns how to stop hearing */
export function onTouch(hear: () => void): () => void {
  for (const kind of KINDS) document.addEventListener(kind, hear, { capture: true, passive: true })
  return () => {
    for (const kind of KINDS) document.removeEventListener(kind, hear, { capture: true })
  }
}
