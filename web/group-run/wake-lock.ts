// Keeps the screen on while a group runs. The browser takes the lock away when the page is hidden; it is taken again when
// the page is back. @source Screen Wake Lock API, W3C

export interface WakeLock {
  readonly release: () => void
}

/** @param onState hears whether the screen stays on; false where the browser refuses or cannot */
export function keepAwake(onState: (isAwake: boolean) => void): WakeLock {
  let lock: WakeLockSentinel | null = null
  let wanted = true
  const take = async () => {
    if (!wanted || document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return
    try {
      lock = await navigator.wakeLock.request('screen')
      lock.addEventListener('release', () => onState(false))
      onState(true)
      if (!wanted) await lock.release()
    } catch {
      // No such API, a low battery, or a browser that says no: the reader is told, the run goes on.
      onState(false)
    }
  }
  const retake = () => void take()
  document.addEventListener('visibilitychange', retake)
  void take()
  return {
    release: () => {
      wanted = false
      document.removeEventListener('visibilitychange', retake)
      void lock?.release()
    },
  }
}
