// The signed-in person, for code that lives longer than a screen: the group run on this phone, and its sending. Only
// `me.ts` writes it. It imports nothing of the page, so both can read it.
import { signal } from '@preact/signals'

export interface Here {
  readonly personId: string
  readonly name: string
  /** Whether some rule lets them record runners. */
  readonly mayRecord: boolean
}

/** Null while nobody is, or nobody knows who. */
export const here = signal<Here | null>(null)
