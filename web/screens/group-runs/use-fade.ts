// Makes a current number fade by itself. The style sheet removes it at its time, so not even the first picture after a
// standstill of the page shows the old number (rule E0). It needs no timer and no work of the page.
import { useRef } from 'preact/hooks'
import './fade.css'

export interface Fade {
  readonly class: string
  readonly style: Readonly<Record<string, string>>
}
const none: Fade = { class: '', style: {} }

/** @param beatAtMs changes with each beat; null where no number stands as the present
 *  @param leftMs how long this one may still stand */
export function useFade(beatAtMs: number | null, leftMs: number): Fade {
  const last = useRef<{ beatAtMs: number | null; turn: number; fade: Fade }>({ beatAtMs: null, turn: 0, fade: none })
  if (last.current.beatAtMs !== beatAtMs) {
    // Two alike by turns: another name begins the animation anew.
    const turn = 1 - last.current.turn
    const style = { '--fresh': `${Math.max(0, Math.round(leftMs))}ms` }
    last.current = { beatAtMs, turn, fade: beatAtMs === null ? none : { class: `fades-${turn}`, style } }
  }
  return last.current.fade
}
