/** As a `ref`: what comes in the place of what the reader was at gets the focus, once. */
export const focusOnce = (element: HTMLElement | null): void => element?.focus()
