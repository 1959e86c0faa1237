// A pool of worker threads: first come, first served, a bounded queue, a memory limit for each thread and a time limit
// for each question. A thread that dies fails only its own work; the next piece gets a new thread. Threads start when
// they are first needed and stay (docs/decisions/0029-own-thread-pool.md).
import type { Transferable } from 'node:worker_threads'
import { WorkError } from '../../store/work/work.ts'
import { startThread, type Thread, type ThreadOptions } from './thread.ts'

export interface PoolOptions extends ThreadOptions {
  /** At most so many threads at once. */
  readonly threads: number
  /** At most so many wait for one. */
  readonly mostWaiting: number
}

/** A thread that is somebody's alone until they release it. */
export interface Lease {
  /** One question, one answer, in turn.
   *  @param move is gone here once it is sent
   *  @throws WorkError where the thread died of it; what the work itself threw */
  readonly ask: (message: unknown, move?: readonly Transferable[]) => Promise<unknown>
  /** Calling it again does nothing. */
  readonly release: () => void
}

export interface ThreadPool {
  /** Wait for a thread. @throws WorkError WORK_QUEUE_FULL, WORK_STOPPED */
  readonly take: () => Promise<Lease>
  /** How many threads there are, and pieces of work that wait for one. */
  readonly count: () => { readonly threads: number; readonly waiting: number }
  /** End all threads: what they work on comes to no end. */
  readonly close: () => Promise<void>
}

interface Waiter {
  readonly give: (thread: Thread) => void
  readonly refuse: (error: WorkError) => void
}

export function makeThreadPool({ threads: most, mostWaiting, ...options }: PoolOptions): ThreadPool {
  const alive = new Set<Thread>()
  const idle: Thread[] = []
  const waiting: Waiter[] = []
  let isClosed = false

  function start(): Thread {
    const thread = startThread(options, () => {
      alive.delete(thread)
      const at = idle.indexOf(thread)
      if (at >= 0) idle.splice(at, 1)
      serveNext()
    })
    alive.add(thread)
    return thread
  }

  /** The work that has waited longest gets a free thread, or a new thread if one died. */
  function serveNext(): void {
    while (!isClosed && waiting.length > 0) {
      const thread = idle.pop() ?? (alive.size < most ? start() : null)
      if (thread === null) return
      waiting.shift()?.give(thread)
    }
  }

  function leaseOf(thread: Thread): Lease {
    let isHeld = true
    return {
      ask: (message, move) => thread.ask(message, move),
      release: () => {
        if (!isHeld) return
        isHeld = false
        if (alive.has(thread)) idle.push(thread)
        serveNext()
      },
    }
  }

  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new WorkError('WORK_STOPPED'))
        if (idle.length === 0 && alive.size >= most && waiting.length >= mostWaiting)
          return reject(new WorkError('WORK_QUEUE_FULL'))
        waiting.push({ give: (thread) => resolve(leaseOf(thread)), refuse: reject })
        serveNext()
      }),
    count: () => ({ threads: alive.size, waiting: waiting.length }),
    close: async () => {
      isClosed = true
      for (const { refuse } of waiting.splice(0)) refuse(new WorkError('WORK_STOPPED'))
      await Promise.all([...alive].map((thread) => thread.end('WORK_STOPPED')))
    },
  }
}
