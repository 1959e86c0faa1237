// Says whether another tab of this browser uses straps too, because both would receive the same beats. The driver calls
// it when this tab uses straps. It only warns, and takes no strap away.
import { signal, type ReadonlySignal } from '@preact/signals'
import type { Timers } from './timers.ts'

const LOCK = 'calmpace.straps'
/** Product choice: nobody is told when a lock of another tab begins or ends. */
const LOOK_MS = 3000

export interface OtherTab {
  readonly otherTab: ReadonlySignal<boolean>
  /** Say that this tab uses straps, from now until it is closed. */
  readonly use: () => void
}

/** @param locks null where the browser has none: then nobody is warned */
export function createOtherTab(locks: LockManager | null, timers: Timers): OtherTab {
  const otherTab = signal(false)
  let using = false
  const look = async () => {
    const { held = [] } = (await locks?.query()) ?? {}
    otherTab.value = held.filter(({ name }) => name === LOCK).length > 1
    timers.setTimer(() => void look(), LOOK_MS)
  }
  return {
    otherTab,
    use: () => {
      if (using || locks === null) return
      using = true
      void locks.request(LOCK, { mode: 'shared' }, () => {
        void look()
        // Held until the tab is gone.
        return new Promise(() => {})
      })
    },
  }
}
