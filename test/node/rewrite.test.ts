// What was deleted is in the files no more: in the log of changes and in free pages at once, and beside rows that moved at once
// in a small store, by night in a large one.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { openStore } from '../../src/node/open-store.ts'
import { insertSettings } from '../../src/store/settings/settings.ts'
import { noteRewrite, rewriteDueMs, rewriteWhenDue } from '../../src/store/rights/rewrite-due.ts'
import type { Store } from '../../src/store/database.ts'
import { closeClinics, newFolder } from '../support/node-clinic.ts'

afterAll(closeClinics)

const MARK = 'this was told in trust'

/** Rows of all sizes among which marked ones come and go, so that SQLite moves rows from page to page; none is left at the end. */
async function deleteMarked({ atomically }: Store): Promise<void> {
  const random = seeded(7)
  await atomically(async (db) => {
    await sql`create table told (id text primary key, whose text not null, words text not null) strict`.execute(db)
    await sql`create index told_by on told (whose, id)`.execute(db)
  })
  for (let round = 0; round < 6; round++)
    await atomically(async (db) => {
      for (let i = 0; i < 1500; i++) {
        const isMarked = random() < 0.1
        const words = (isMarked ? MARK : 'plain') + 'x'.repeat(random() * (random() < 0.12 ? 9000 : 300))
        const whose = isMarked ? MARK : `somebody ${Math.floor(random() * 50)}`
        await sql`insert into told values (${`${random()} ${i}`}, ${whose}, ${words})`.execute(db)
      }
      await sql`delete from told where rowid % 5 = ${round % 5} and whose <> ${MARK}`.execute(db)
      await sql`update told set words = substr(words, 1, 30) where rowid % 7 = ${round}`.execute(db)
    })
  await atomically(async (db) => {
    await sql`delete from told where whose = ${MARK}`.execute(db)
    await noteRewrite(db, 1000)
  })
}

const traces = (folder: string, ends: readonly string[] = ['', '-wal']) =>
  ends.reduce(
    (sum, end) => sum + readFileSync(`${folder}/calmpace.sqlite${end}`).toString('latin1').split(MARK).length - 1,
    0,
  )

it('rewrites a small store at once, also where no page is free', async () => {
  const folder = newFolder()
  const store = await openStore(folder)
  await deleteMarked(store)
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db)
  // Why it is rewritten: overwriting what is deleted is not enough.
  expect(traces(folder)).toBeGreaterThan(0)
  let free = 1
  for (let i = 0; free > 0; i++) {
    await sql`insert into told values (${`again ${i}`}, 'nobody', ${'y'.repeat(30_000)})`.execute(store.db)
    const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(store.db)
    free = rows[0]?.freelist_count ?? 0
  }
  await sql`pragma wal_checkpoint(truncate)`.execute(store.db)
  expect(traces(folder)).toBeGreaterThan(0)
  await store.compact?.()
  expect(traces(folder)).toBe(0)
  expect(await rewriteDueMs(store.db)).toBeNull()
  await store.close()
})

it('leaves nothing of a large store in the log of changes, and rewrites it when it is due, beside everything else', async () => {
  const folder = newFolder()
  const store = await openStore(folder, undefined, 0)
  await insertSettings(store.db, 0, { timeZone: 'UTC', ruleSets: [], parameters: {}, retentionDays: 90 }, 'x', 1)
  await deleteMarked(store)
  await store.compact?.()
  expect(readFileSync(`${folder}/calmpace.sqlite-wal`)).toHaveLength(0)
  expect(traces(folder)).toBeGreaterThan(0)
  const [noonMs, nightMs] = [12, 27].map((hour) => hour * 3_600_000)
  expect(await rewriteWhenDue(store, noonMs ?? 0)).toBe(false)
  let ticks = 0
  const timer = setInterval(() => ticks++)
  expect(await rewriteWhenDue(store, nightMs ?? 0)).toBe(true)
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(1)
  expect(traces(folder)).toBe(0)
  expect(await rewriteDueMs(store.db)).toBeNull()
  expect(await rewriteWhenDue(store, nightMs ?? 0)).toBe(false)
  const { rows } = await sql`pragma integrity_check`.execute(store.db)
  expect(rows).toEqual([{ integrity_check: 'ok' }])
  await store.close()
})

it('is due from the earliest moment that was noted', async () => {
  const store = await openStore(null)
  for (const [note, due] of [
    [500, 500],
    [900, 500],
    [200, 200],
  ] as const) {
    await noteRewrite(store.db, note)
    expect(await rewriteDueMs(store.db)).toBe(due)
  }
  await store.close()
})
