// Whether there is a group run on this page to tell of: known to every page, without any of the code of a run.
import { signal } from '@preact/signals'

/** Set once one is looked at or found to be recorded; stays. */
export const isRunHere = signal(false)
