// Keeps the screen on while a group runs. The browser takes the lock away when the page is hidden, and may refuse it while
// the battery is low; it is asked for again when the page is back and at every touch. @source Screen Wake Lock API, W3C

export interface WakeLock {
  /** Ask again where it is not held. */
  readonly ask: () => void
  readonly release: () => void
}

/** @param onState hears whether the screen stays on; false where the browser refuses or cannot */
export function keepAwake(onState: (isAwake: boolean) => void): WakeLock {
  let lock: WakeLockSentinel | null = null
  let wanted = true
  let asking = false
  const take = async () => {
    if (!wanted || asking || document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return
    asking = true
    try {
      lock = await navigator.wakeLock.request('screen')
      lock.addEventListener('release', () => {
        if (wanted) onState(false)
      })
      onState(true)
      if (!wanted) await lock.release()
    } catch {
      // No such API, a low battery, or a browser that refuses: the page shows it, and the run continues.
      onState(false)
    } finally {
      asking = false
    }
  }
  const ask = () => void take()
  document.addEventListener('visibilitychange', ask)
  ask()
  return {
    ask,
    release: () => {
      wanted = false
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    },
  }
}
