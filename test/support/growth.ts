// How work grows with what it is given, by the processor time of this thread: no wall clock, so that a busy machine is not taken for
// slow code.
const usOf = (work: () => void): number => {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}

/** Of a thread's time the system counts little less than this. */
const LEAST_US = 5000

/** How much longer one piece of work takes than a small one done so many times, each at its best of three: about 1 where work grows
 *  as what it is given. */
export function growthOf(little: () => void, times: number, much: () => void): number {
  const best = (work: () => void) => Math.max(Math.min(usOf(work), usOf(work), usOf(work)), LEAST_US)
  const repeated = () => {
    for (let i = 0; i < times; i++) little()
  }
  return best(much) / best(repeated)
}
