// Turns for one person's work that takes memory or time: a few at a time, the rest wait in order. Each person has their
// own queue. Turns are kept in memory, so after a start all are free.
import { ProblemError } from './problem.ts'

export interface Turns {
  /** Wait for a turn.
   *  @param signal of a request: who has gone waits no longer
   *  @returns what ends the turn; calling it again does nothing
   *  @throws ProblemError TOO_MANY_REQUESTS where too many wait already, INVALID_REQUEST where they have gone */
  readonly take: (personId: string, signal?: AbortSignal) => Promise<() => void>
}

interface Queue {
  running: number
  readonly waiting: (() => void)[]
}

/** @param atOnce turns of one person at a time
 *  @param mostWaiting of one person */
export function makeTurns(atOnce: number, mostWaiting: number): Turns {
  const queues = new Map<string, Queue>()
  const endOf = (personId: string, queue: Queue) => {
    let ended = false
    return () => {
      if (ended) return
      ended = true
      const next = queue.waiting.shift()
      // The turn goes to the request that has waited longest.
      if (next !== undefined) return next()
      if (--queue.running === 0) queues.delete(personId)
    }
  }
  return {
    take: async (personId, signal) => {
      const queue = queues.get(personId) ?? { running: 0, waiting: [] }
      queues.set(personId, queue)
      if (queue.running < atOnce) queue.running++
      else if (queue.waiting.length >= mostWaiting) throw new ProblemError('TOO_MANY_REQUESTS')
      else await waitIn(queue, signal)
      return endOf(personId, queue)
    },
  }
}

const waitIn = ({ waiting }: Queue, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = () => {
      const at = waiting.indexOf(begin)
      if (at < 0) return
      waiting.splice(at, 1)
      reject(new ProblemError('INVALID_REQUEST', 'Whoever asked has gone.'))
    }
    const begin = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    waiting.push(begin)
    if (signal?.aborted === true) leave()
    else signal?.addEventListener('abort', leave)
  })
