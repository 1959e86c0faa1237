// One tab of this browser records and sends, whatever others are open: two would give the same numbers to different batches.
// A page that holds such a lock is not frozen or put away by the browser either.

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
