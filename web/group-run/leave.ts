// Leaving the page while a run goes: by a gesture, a reload, a closed tab. The browser asks, in its own words.

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault()

/** @param isGoing whether somebody runs */
export function askBeforeLeaving(isGoing: boolean): void {
  if (isGoing) addEventListener('beforeunload', askFirst)
  else removeEventListener('beforeunload', askFirst)
}

/** Somebody has been asked, in better words, and leaves. */
export const leaveUnasked = (): void => askBeforeLeaving(false)
