// What somebody waits for with a screen open does not stand behind imports, with real threads.
import { afterEach, expect, it } from 'vitest'
import { openThreads, type WorkThreads } from '../../../src/node/work/worked-store.ts'

let threads: WorkThreads | null = null
afterEach(() => threads?.close())

it('shows a long run while every thread that reads files is taken and more files wait', async () => {
  threads = openThreads({ threads: 1 })
  const reading = await threads.takeFor('read')
  const next = threads.takeFor('read').then((lease) => {
    lease.release()
    return 'read'
  })
  const shown = threads.takeFor('series').then((lease) => {
    lease.release()
    return 'shown'
  })
  expect(await Promise.race([next, shown])).toBe('shown')
  reading.release()
  expect(await next).toBe('read')
})
