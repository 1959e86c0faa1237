// Makes the browser ask before somebody leaves the page during a run, by a gesture, a reload or a closed tab. The
// browser uses its own words.

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault()

/** @param isGoing whether somebody runs */
export function askBeforeLeaving(isGoing: boolean): void {
  if (isGoing) addEventListener('beforeunload', askFirst)
  else removeEventListener('beforeunload', askFirst)
}

/** Somebody has been asked, in better words, and leaves. */
export const leaveUnasked = (): void => askBeforeLeaving(false)
