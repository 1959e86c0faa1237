// Who is at this page, for what lives longer than a screen: the group run that this phone records, and its sending. Written by
// `me.ts` alone; it imports nothing of the page, so that both can read it.
import { signal } from '@preact/signals'

export interface Here {
  readonly personId: string
  readonly name: string
  /** Whether some rule lets them record runners. */
  readonly mayRecord: boolean
}

/** Null while nobody is, or nobody knows who. */
export const here = signal<Here | null>(null)
