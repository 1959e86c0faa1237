// Whether this page has a group run to show. Every page can import it without the code of a run.
import { signal } from '@preact/signals'

/** Set once one is looked at or found to be recorded; stays. */
export const isRunHere = signal(false)
