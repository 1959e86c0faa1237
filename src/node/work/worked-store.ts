// Connects the thread pool to the store.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../store/database.ts'
import type { TaskName, TaskOutput } from '../../store/work/tasks.ts'
import { withWork } from '../../store/work/work.ts'
import { makeThreadPool, type PoolOptions, type ThreadPool } from './thread-pool.ts'

const script = fileURLToPath(new URL('thread-entry.cjs', import.meta.url))

/** product choice: one core serves. A TCX of 62 MB, nearly the largest file that is read, needs between 128 and 256 MB and some 10 s. */
export const poolOptions: PoolOptions = {
  script,
  threads: Math.max(1, availableParallelism() - 1),
  mostWaiting: 500,
  memoryMb: 512,
  limitMs: 120_000,
}

/** A store whose long work is done in threads. */
export const workedBy = <S extends Store>(store: S, pool: ThreadPool): S =>
  withWork(store, async (name, input) => {
    const lease = await pool.take()
    try {
      return (await lease.ask({ name, input })) as TaskOutput<typeof name & TaskName>
    } finally {
      lease.release()
    }
  })

export const openPool = (options: Partial<PoolOptions> = {}): ThreadPool =>
  makeThreadPool({ ...poolOptions, ...options })
