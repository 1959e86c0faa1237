/** As a `ref`: what comes in the place of what the reader was at gets the focus, once. In a sheet that is about to be shown, the mark
 *  tells the browser which part of it that is; its first button would be the one that closes it. */
export function focusOnce(element: HTMLElement | null): void {
  if (element === null) return
  element.autofocus = true
  element.focus()
}
