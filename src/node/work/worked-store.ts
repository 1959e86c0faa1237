// Connects the pools of threads to the store.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../store/database.ts'
import type { TaskName, TaskOutput } from '../../store/work/tasks.ts'
import { withWork } from '../../store/work/work.ts'
import { makeThreadPool, type Lease, type PoolOptions } from './thread-pool.ts'

const script = fileURLToPath(new URL('thread-entry.cjs', import.meta.url))

/** product choice: one core serves. A TCX of 62 MB, nearly the largest file that is read, needs between 128 and 256 MB and some 10 s. */
const poolOptions: PoolOptions = {
  script,
  threads: Math.max(1, availableParallelism() - 1),
  mostWaiting: 500,
  memoryMb: 512,
  limitMs: 120_000,
}

/** What somebody waits for with a screen open. It never stands behind an import: one thread is there for it alone. */
const awaited: ReadonlySet<TaskName> = new Set<TaskName>(['series', 'sumUp', 'export'])

export interface WorkThreads {
  /** Wait for a thread that does this. @throws WorkError WORK_QUEUE_FULL, WORK_STOPPED */
  readonly takeFor: (name: TaskName) => Promise<Lease>
  readonly close: () => Promise<void>
}

export function openThreads(options: Partial<PoolOptions> = {}): WorkThreads {
  const pool = makeThreadPool({ ...poolOptions, ...options })
  const awaitedPool = makeThreadPool({ ...poolOptions, ...options, threads: 1 })
  return {
    takeFor: (name) => (awaited.has(name) ? awaitedPool : pool).take(),
    close: async () => {
      await Promise.all([pool.close(), awaitedPool.close()])
    },
  }
}

/** A store whose long work is done in threads. */
export const workedBy = <S extends Store>(store: S, threads: WorkThreads): S =>
  withWork(store, async (name, input) => {
    const lease = await threads.takeFor(name)
    try {
      return (await lease.ask({ name, input })) as TaskOutput<typeof name & TaskName>
    } finally {
      lease.release()
    }
  })
