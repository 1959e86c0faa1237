// Lets one tab of this browser record and send, however many are open. Two would give the same numbers to different
// batches. The browser also does not freeze or discard a page that holds such a lock.

/** Ask for the right to record; it is held until this page goes.
 *  @param onHeld from now on this one has it
 *  @param onOther another tab has it; it comes here once that one goes */
export function takeRecorderLock(name: string, onHeld: () => void, onOther: () => void): void {
  // Without https, other than on this machine, a browser has no locks: nobody records over such an address.
  const { locks } = navigator as Partial<Navigator>
  const hold = () => {
    onHeld()
    return new Promise<never>(() => undefined)
  }
  if (locks === undefined) return void hold()
  void locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock !== null) return hold()
    onOther()
    void locks.request(name, hold)
    return undefined
  })
}
