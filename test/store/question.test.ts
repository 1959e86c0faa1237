// Questions put into SQL once: other values each time, on whatever connection, and never the values of the time before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { among, question, toAmong } from '../../src/store/question.ts'

const opening = openStore(null)
beforeAll(async () => {
  const { db } = await opening
  for (const [id, at] of [
    ['a', 1],
    ['b', 2],
    ['c', 2],
  ] as const)
    await db
      .insertInto('care_group')
      .values({ id, name: `group ${id}`, created_at_ms: at })
      .execute()
})
afterAll(async () => (await opening).close())

const createdAt = question((db, atMs: number, name: string) =>
  db.selectFrom('care_group').select('id').where('created_at_ms', '=', atMs).where('name', '>=', name).orderBy('id'),
)
const named = question((db, ids: string) =>
  db.selectFrom('care_group').select('name').where('id', 'in', among(ids)).orderBy('id'),
)

describe('a question', () => {
  it('is asked with other values each time, wherever they stand in it', async () => {
    const { db } = await opening
    expect(await createdAt(db, 2, 'group a')).toEqual([{ id: 'b' }, { id: 'c' }])
    expect(await createdAt(db, 1, 'group a')).toEqual([{ id: 'a' }])
    expect(await createdAt(db, 2, 'group c')).toEqual([{ id: 'c' }])
  })

  it('is asked inside a transaction of what that has written', async () => {
    const store = await opening
    await expect(
      store.atomically(async (db) => {
        await db.insertInto('care_group').values({ id: 'd', name: 'group d', created_at_ms: 2 }).execute()
        expect(await createdAt(db, 2, 'group d')).toEqual([{ id: 'd' }])
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await createdAt(store.db, 2, 'group d')).toEqual([])
  })

  it('takes any number of ids as one value, whatever letters they have', async () => {
    const { db } = await opening
    expect(await named(db, toAmong([]))).toEqual([])
    expect(await named(db, toAmong(['c', `'";--`, 'é🏃', 'a']))).toEqual([{ name: 'group a' }, { name: 'group c' }])
    expect(await named(db, toAmong(Array.from({ length: 500 }, () => 'b')))).toEqual([{ name: 'group b' }])
  })

  it('throws where a value would stay the first one for ever: in the text, or nowhere', async () => {
    const { db } = await opening
    const inText = question((on, id: string) => on.selectFrom('care_group').select('id').where('name', '=', `${id}!`))
    await expect(inText(db, 'a')).rejects.toThrow('parameters alone')
    const nowhere = question((on, _id: string) => on.selectFrom('care_group').select('id'))
    await expect(nowhere(db, 'a')).rejects.toThrow('all of its values')
  })
})
