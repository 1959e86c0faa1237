// Work that is done elsewhere, and transactions that ask for it: none is open while it is done, and what is written goes by what
// holds when it is written.
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/node/open-store.ts'
import { packRecording } from '../../../src/store/columns.ts'
import type { Database } from '../../../src/store/database.ts'
import { doTask, withWork, work, WorkError, type Work } from '../../../src/store/work/work.ts'
import { evenRecording } from '../../support/even-recording.ts'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

/** A store whose work is told of, and looks whether a transaction is open meanwhile. */
async function open(meanwhile: (db: Database, turn: number) => Promise<void> = async () => undefined) {
  const store = await openStore(null)
  closing.push(store.close)
  const asked: string[] = []
  const elsewhere: Work = async (name, input) => {
    asked.push(`${name} ${String(Reflect.get(input, 'name'))}`)
    // Waits for ever where a transaction is open: there is one connection.
    await store.db.selectFrom('person').select('id').execute()
    await meanwhile(store.db, asked.length)
    return doTask(name, input)
  }
  return { store: withWork(store, elsewhere), asked }
}
const read = (db: Database, name: string) => work(db, 'read', { name, bytes: new Uint8Array([1]), nowMs: 1 })
const addGroup = (db: Database, id: string) =>
  db.insertInto('care_group').values({ id, name: id, created_at_ms: 1 }).execute()
const groups = async (db: Database) =>
  (await db.selectFrom('care_group').select('name').orderBy('id').execute()).map(({ name }) => name)

describe('work in a transaction', () => {
  it('is done while none is open; then all is written once, in one', async () => {
    const { store, asked } = await open()
    const outcome = await store.atomically(async (db) => {
      await addGroup(db, 'a')
      const one = await read(db, 'one.fit')
      await addGroup(db, 'b')
      const two = await read(db, 'two.fit')
      return [one.ok, two.ok, (await read(db, 'one.fit')).ok]
    })
    expect([outcome, asked, await groups(store.db)]).toEqual([
      [false, false, false],
      ['read one.fit', 'read two.fit'],
      ['a', 'b'],
    ])
  })

  it('is done anew where what it rests on changed meanwhile', async () => {
    const { store, asked } = await open((db, turn) =>
      turn > 2 ? Promise.resolve() : addGroup(db, `meanwhile ${turn}`).then(() => undefined),
    )
    await store.atomically(async (db) => read(db, `of ${(await groups(db)).length}`))
    expect(asked).toEqual(['read of 0', 'read of 1', 'read of 2'])
  })

  it('undoes a transaction also where whoever writes takes it for a trouble of their own and goes on', async () => {
    const { store } = await open()
    const outcome = await store.atomically(async (db) => {
      const done = await read(db, 'one.fit').then(
        () => 'done',
        () => 'trouble',
      )
      await addGroup(db, done)
      return done
    })
    expect([outcome, await groups(store.db)]).toEqual(['done', ['done']])
  })

  it('leaves nothing where the work comes to no end, or the writing fails', async () => {
    const { store } = await open(async (_db, turn) => {
      if (turn === 1) throw new WorkError('WORK_TOO_LONG')
    })
    const write = async (db: Database) => {
      await addGroup(db, 'a')
      await read(db, 'one.fit')
      throw new Error('no more room')
    }
    await expect(store.atomically(write)).rejects.toMatchObject({ code: 'WORK_TOO_LONG' })
    await expect(store.atomically(write)).rejects.toThrow('no more room')
    expect(await groups(store.db)).toEqual([])
  })

  it('is done at once outside of one', async () => {
    const { store, asked } = await open()
    expect((await read(store.db, 'one.fit')).ok).toBe(false)
    expect(asked).toEqual(['read one.fit'])
  })

  it('is done where it is asked where a thread would take longer, and waits behind nobody then', async () => {
    const { store, asked } = await open()
    const sum = (rows: number) =>
      store.atomically((db) => work(db, 'sumUp', { run: { own: packed(rows), other: null }, overrides: {} }))
    expect([await sum(1200), asked]).toMatchObject([{ elapsedS: 1200, hasReadings: true }, []])
    // As well packed as a short one, and still long.
    expect(await sum(100_000)).toMatchObject({ elapsedS: 100_000 })
    expect(asked).toHaveLength(1)
    // Of two recordings of one run both count.
    for (const other of [1200, 100_000]) {
      const two = { own: packed(1200), other: packed(other) }
      await store.atomically((db) => work(db, 'sumUp', { run: two, overrides: {} }))
      expect(asked).toHaveLength(other === 1200 ? 1 : 2)
    }
    const series = { run: { own: packed(1200), other: null }, overrides: {} }
    await store.atomically((db) => work(db, 'series', { ...series, showsAlpha1: false }))
    expect(asked).toHaveLength(2)
    await store.atomically((db) => work(db, 'series', { ...series, showsAlpha1: true }))
    expect(asked).toHaveLength(3)
  })
})

const packed = (seconds: number) => packRecording(evenRecording(seconds))
