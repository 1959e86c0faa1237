import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import type { Database } from '../../src/store/database.ts'

let folder: string
let store: Awaited<ReturnType<typeof openStore>>
/** Somebody else's look at what is on disk. */
let disk: DatabaseSync
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'calmpace-'))
  store = await openStore(folder)
  disk = new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
})
afterEach(async () => {
  disk.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

const add = async (db: Database, id: string): Promise<string> => {
  await db.insertInto('care_group').values({ id, name: id, created_at_ms: 1 }).execute()
  return id
}
const onDisk = (): unknown[] =>
  disk
    .prepare('select id from care_group order by id')
    .all()
    .map(({ id }) => id)

describe('short works that are asked for at the same moment', () => {
  test('each is told once it is on disk, and all were written together', async () => {
    const seen: unknown[][] = []
    const works = ['a', 'b', 'c'].map(async (id) => {
      await store.shortly((db) => add(db, id))
      seen.push(onDisk())
    })
    await Promise.all(works)
    const all = ['a', 'b', 'c']
    expect(seen).toEqual([all, all, all])
  })

  test('one that fails takes back what it wrote, and nothing of the others', async () => {
    const failing = store.shortly(async (db) => {
      await add(db, 'b')
      throw new Error('changed its mind')
    })
    const ends = await Promise.allSettled([
      store.shortly((db) => add(db, 'a')),
      failing,
      store.shortly((db) => add(db, 'c')),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(onDisk()).toEqual(['a', 'c'])
  })

  test('where the disk is full nobody is told that theirs is there', async () => {
    const fill = async (db: Database) => {
      await sql`pragma max_page_count = 1`.execute(db)
      await sql`insert into care_group
        with recursive number(n) as (select 1 union all select n + 1 from number where n < 10000)
        select n, hex(zeroblob(1000)), 1 from number`.execute(db)
    }
    const ends = await Promise.allSettled([store.shortly((db) => add(db, 'a')), store.shortly(fill)])
    expect(String(ends[1]?.status === 'rejected' && ends[1].reason)).toContain('full')
    expect(onDisk()).toEqual(ends[0]?.status === 'fulfilled' ? ['a'] : [])
  })

  test('a long work comes between, and none is lost', async () => {
    const order: string[] = []
    const note = (id: string) => (): number => order.push(id)
    await Promise.all([
      store.shortly((db) => add(db, 'a')).then(note('a')),
      store.atomically((db) => add(db, 'long')).then(note('long')),
      store.shortly((db) => add(db, 'b')).then(note('b')),
    ])
    expect(onDisk()).toEqual(['a', 'b', 'long'])
    expect(order).toHaveLength(3)
  })
})

test('what is read outside a transaction waits for none, and sees what is on disk', async () => {
  const { promise: looked, resolve: goOn } = Promise.withResolvers<void>()
  const writing = store.atomically(async (db) => {
    await add(db, 'a')
    await looked
  })
  expect(await store.db.selectFrom('care_group').select('id').execute()).toEqual([])
  goOn()
  await writing
  expect(await store.db.selectFrom('care_group').select('id').execute()).toEqual([{ id: 'a' }])
})

test('what is written outside a transaction waits its turn', async () => {
  await Promise.all([store.atomically((db) => add(db, 'a')), add(store.db, 'b'), store.shortly((db) => add(db, 'c'))])
  expect(onDisk()).toEqual(['a', 'b', 'c'])
})

test('after it is closed nothing hangs', async () => {
  const other = await openStore(mkdtempSync(join(tmpdir(), 'calmpace-')))
  await other.close()
  await expect(other.shortly((db) => add(db, 'a'))).rejects.toThrow()
})
