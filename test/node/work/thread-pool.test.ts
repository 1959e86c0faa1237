// The pool of threads: order, bounds, and what becomes of the others when one thread dies, with real threads.
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { makeThreadPool, type PoolOptions, type ThreadPool } from '../../../src/node/work/thread-pool.ts'

const script = fileURLToPath(new URL('../../support/pool-thread.mjs', import.meta.url))
const pools: ThreadPool[] = []
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
})

function open(options: Partial<PoolOptions> = {}) {
  const pool = makeThreadPool({ script, threads: 1, mostWaiting: 50, memoryMb: 32, limitMs: 20_000, ...options })
  pools.push(pool)
  const ask = async (kind: string, value?: unknown): Promise<unknown> => {
    const lease = await pool.take()
    try {
      return await lease.ask({ kind, value })
    } finally {
      lease.release()
    }
  }
  return { pool, ask }
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

describe('a pool of threads', () => {
  it('starts none before there is work, and keeps the one that it started', async () => {
    const { pool, ask } = open({ threads: 2 })
    expect(pool.count()).toEqual({ threads: 0, waiting: 0 })
    const first = await ask('id')
    expect(await ask('id')).toBe(first)
    expect(pool.count()).toEqual({ threads: 1, waiting: 0 })
  })

  it('serves in the order in which work came, also behind a thread that died', async () => {
    const { ask } = open()
    const order: number[] = []
    const work = Array.from({ length: 12 }, async (_, i) => {
      await codeOf(ask(i === 4 ? 'hoard' : i === 7 ? 'leave' : 'busy', 5))
      order.push(i)
    })
    await Promise.all(work)
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('has no more threads than it may, and lets no more wait', async () => {
    const { pool, ask } = open({ threads: 2, mostWaiting: 3 })
    const work = Array.from({ length: 7 }, () => codeOf(ask('busy', 50)))
    expect(pool.count()).toEqual({ threads: 2, waiting: 3 })
    expect(await Promise.all(work)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'done',
      'WORK_QUEUE_FULL',
      'WORK_QUEUE_FULL',
    ])
    expect(pool.count()).toEqual({ threads: 2, waiting: 0 })
  })

  it('ends what takes more memory than it may, with a code; this process and what waits go on', async () => {
    const { ask } = open()
    const work = [codeOf(ask('hoard')), ask('echo', 1), ask('echo', 2)]
    expect(await Promise.all(work)).toEqual(['WORK_OUT_OF_MEMORY', 1, 2])
  })

  it.each([['leave'], ['crash']])(
    'tells of a thread that dies (%s), and the next piece has a new one',
    async (kind) => {
      const { pool, ask } = open()
      const first = await ask('id')
      expect(await codeOf(ask(kind))).toBe('WORK_DIED')
      expect(await ask('id')).not.toBe(first)
      expect(pool.count().threads).toBe(1)
    },
  )

  it('ends what hangs once its time is over, counted from when it began', async () => {
    // Together longer than the limit, each far from it: a loaded machine takes several times as long.
    const { ask } = open({ limitMs: 3000 })
    const work = [codeOf(ask('busy', 1600)), codeOf(ask('busy', 1600)), codeOf(ask('hang')), codeOf(ask('busy', 1))]
    expect(await Promise.all(work)).toEqual(['done', 'done', 'WORK_TOO_LONG', 'done'])
  })

  it('tells what the work itself throws, and keeps the thread', async () => {
    const { ask } = open()
    const first = await ask('id')
    await expect(ask('refuse')).rejects.toThrow('not like this')
    expect(await codeOf(ask('refuse', 'NOT_SO'))).toBe('NOT_SO')
    expect(await ask('id')).toBe(first)
  })

  it('refuses a question that cannot be sent, and keeps the thread', async () => {
    const { ask } = open()
    await expect(ask('echo', () => undefined)).rejects.toThrow()
    expect(await ask('echo', 3)).toBe(3)
  })

  it('leaves a thread to whoever took it, for several questions, and moves bytes both ways', async () => {
    const { pool, ask } = open()
    const lease = await pool.take()
    const waiting = ask('echo', 'later')
    const bytes = new Uint8Array([1, 2, 3])
    expect(await lease.ask({ kind: 'echo', value: bytes, move: true }, [bytes.buffer])).toEqual(
      new Uint8Array([1, 2, 3]),
    )
    expect(bytes.length).toBe(0)
    expect(await lease.ask({ kind: 'id' })).toBe(await lease.ask({ kind: 'id' }))
    expect(pool.count().waiting).toBe(1)
    lease.release()
    lease.release()
    expect(await waiting).toBe('later')
  })

  it('gives a thread nothing of what the process was told', async () => {
    expect(await open().ask('environment')).toEqual([])
  })

  it('ends with what it works on and what waits, and takes nothing more', async () => {
    const { pool, ask } = open()
    await ask('echo')
    const work = [codeOf(ask('hang')), codeOf(ask('echo'))]
    await new Promise((resolve) => setTimeout(resolve, 50))
    await pool.close()
    expect(await Promise.all([...work, codeOf(ask('echo'))])).toEqual(['WORK_STOPPED', 'WORK_STOPPED', 'WORK_STOPPED'])
  })
})
