// Makes a press count for the element that was under the finger when it came down (press.ts decides), for everything
// inside `data-hands`: the screens and sheets of a group run. Keyboard and assistive technology work at once.
// `data-press` says what a press means; without it, the text does. It uses the time when the screen is drawn. Called
// once, from main.tsx.
import { isSettled, look, pressedOf, type Box, type FingerDown, type Standing } from './press.ts'

const PRESSABLE = 'button, a[href], summary'
const GUARDED = '[data-hands] :is(button, a[href], summary)'

export function guardPresses(): void {
  let standing = new Map<Element, Standing>()
  let down: FingerDown<HTMLElement> | null = null

  const lookNow = () => {
    const nowMs = drawnAtMs()
    const seen = new Map<Element, Standing>()
    for (const element of document.querySelectorAll<HTMLElement>(GUARDED)) {
      const box = element.getBoundingClientRect()
      if (box.width === 0) continue
      const before = standing.get(element) ?? null
      const sight = { meaning: meaningOf(element), box: toBox(box), ...scrollOf(element) }
      const now = look(before, sight, nowMs)
      seen.set(element, now)
      if (now.sinceMs !== before?.sinceMs) beFresh(element)
    }
    standing = seen
  }
  const lookSoon = oncePerTask(lookNow)

  new MutationObserver(lookSoon).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['class', 'data-press', 'hidden', 'open', 'style'],
  })
  addEventListener('resize', lookSoon)
  document.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isPrimary) return
      lookNow()
      const target = pressableOf(event.target)
      const stood = target === null ? undefined : standing.get(target)
      const counts = stood === undefined || isSettled(stood, drawnAtMs())
      // What is held must not begin either.
      if (!counts) event.stopPropagation()
      down = {
        target: counts ? target : null,
        meaning: stood?.seen.meaning ?? '',
        x: event.clientX,
        y: event.clientY,
      }
    },
    { capture: true, passive: true },
  )
  document.addEventListener('pointercancel', () => (down = null), { capture: true, passive: true })
  document.addEventListener(
    'click',
    (event) => {
      // A keyboard, a screen reader, a switch: nothing moves under their finger.
      if (event.detail === 0) return
      const before = down
      down = null
      const target = pressableOf(event.target)
      if (!isGuarded(target) && !isGuarded(before?.target ?? null)) return
      const meaning = before?.target?.isConnected === true ? meaningOf(before.target) : null
      const pressed = pressedOf(before, { target, x: event.clientX, y: event.clientY }, meaning)
      if (pressed !== null && pressed === target) return
      event.preventDefault()
      event.stopPropagation()
      pressed?.click()
    },
    { capture: true },
  )
}

/** Lets the finger through to nothing for a while (press.css). Two alike by turns: another name begins it anew. */
function beFresh(element: HTMLElement): void {
  element.dataset['fresh'] = element.dataset['fresh'] === 'a' ? 'b' : 'a'
}

/** Of the last picture, ms. */
const drawnAtMs = (): number => Number(document.timeline.currentTime ?? 0)

/** Whatever changes in one task is looked at once, after it. */
function oncePerTask(work: () => void): () => void {
  const { port1, port2 } = new MessageChannel()
  let isAsked = false
  port1.addEventListener('message', () => {
    isAsked = false
    work()
  })
  port1.start()
  return () => {
    if (isAsked) return
    isAsked = true
    port2.postMessage(null)
  }
}

const pressableOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(PRESSABLE) : null

const isGuarded = (element: Element | null): boolean => element?.matches(GUARDED) === true

/** Numbers that count up or down in a text do not change what it means. */
const meaningOf = (element: Element): string =>
  element.closest('[data-press]')?.getAttribute('data-press') ?? (element.textContent ?? '').replaceAll(/\d/g, '')

function scrollOf(element: Element): { readonly scrollX: number; readonly scrollY: number } {
  let [scrollX, scrollY] = [0, 0]
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    scrollX += around.scrollLeft
    scrollY += around.scrollTop
  }
  return { scrollX, scrollY }
}

const toBox = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom })
