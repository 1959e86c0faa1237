// What sending needs from outside the outbox: clocks, random numbers, whether there is a network. Tests replace it.

export interface SyncWorld {
  readonly isOnline: () => boolean
  readonly steadyMs: () => number
  readonly wallMs: () => number
  /** From 0 to 1. */
  readonly random: () => number
  readonly after: (ms: number, work: () => void) => void
  /** `online`: there is a network again; `offline`: there is none; `shown`: somebody looks at the page. */
  readonly onChange: (hear: (what: 'online' | 'offline' | 'shown') => void) => void
}

export const pageWorld: SyncWorld = {
  isOnline: () => navigator.onLine,
  steadyMs: () => performance.now(),
  wallMs: () => Date.now(),
  random: () => Math.random(),
  after: (ms, work) => void setTimeout(work, ms),
  onChange: (hear) => {
    addEventListener('online', () => hear('online'))
    addEventListener('offline', () => hear('offline'))
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) hear('shown')
    })
  },
}
