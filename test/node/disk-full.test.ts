import { Hono } from 'hono'
import { sql } from 'kysely'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderError } from '../../src/http/problem.ts'
import { KEPT_FREE_BYTES } from '../../src/node/disk-space.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSpool } from '../../src/node/spool-upload.ts'
import { isDiskFull } from '../../src/store/disk-full.ts'
import { readLog } from '../support/log-lines.ts'

let folder = ''
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'calmpace-full-'))))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => vi.restoreAllMocks())

const MB = 2 ** 20
const formOf = (bytes: number): FormData => {
  const form = new FormData()
  form.append('files', new File([new Uint8Array(bytes)], 'a.fit'))
  return form
}
const post = (bytes: number, length?: number) =>
  new Request('http://localhost/x', {
    method: 'POST',
    body: formOf(bytes),
    ...(length === undefined ? {} : { headers: { 'content-length': String(length) } }),
  })

describe('an upload', () => {
  it('that has no room is refused before a byte of it is written', async () => {
    const spool = makeSpool(folder, 60_000, () => Promise.resolve(KEPT_FREE_BYTES + 10 * MB))
    await expect(spool.read(post(1000, 6 * MB))).rejects.toMatchObject({ code: 'DISK_FULL' })
    const form = await spool.read(post(1000, 4 * MB))
    expect(form.files.length).toBe(1)
    await form.release()
  })

  it('that does not say how long it is ends where the room ends, and leaves nothing', async () => {
    let looks = 0
    const spool = makeSpool(folder, 60_000, () => Promise.resolve(looks++ === 0 ? KEPT_FREE_BYTES : 0))
    await expect(spool.read(post(40 * MB))).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(looks).toBe(2)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a full disk', () => {
  const full = [
    Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 }),
    Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
    new Error('over', { cause: Object.assign(new Error('quota'), { code: 'EDQUOT' }) }),
    new Error('database or disk is full: SQLITE_FULL'),
  ]

  it.each(full)('is known for what it is: %s', async (error) => {
    expect(isDiskFull(error)).toBe(true)
    const app = new Hono().get('/', () => {
      throw error
    })
    app.onError(renderError)
    const answer = await app.request('/', { headers: { 'x-request-id': 'mine' } })
    const requestId = answer.headers.get('x-request-id')
    expect([answer.status, await answer.json()]).toMatchObject([507, { code: 'DISK_FULL', requestId }])
    const lines = vi.mocked(console.error).mock.calls.flatMap(([line]) => readLog(String(line)))
    expect(lines.find((line) => line.requestId === requestId)).toMatchObject({
      event: 'request.refused',
      route: '/',
      status: 507,
      cause: { name: 'Error' },
    })
  })

  it.each(['atomically', 'shortly'] as const)('ends a transaction (%s) whole, and says what it was', async (how) => {
    const store = await openStore(join(folder, how))
    const pages = await sql<{ page_count: number }>`pragma page_count`.execute(store.db)
    await store.atomically(async (db) => {
      await sql.raw(`pragma max_page_count = ${(pages.rows[0]?.page_count ?? 0) + 2}`).execute(db)
    })
    const fill = store[how](async (db) => {
      await sql`create table filling (bytes blob)`.execute(db)
      for (let n = 0; n < 100; n++) await sql`insert into filling values (randomblob(4000))`.execute(db)
    })
    expect(isDiskFull(await fill.catch((error: unknown) => error))).toBe(true)
    const { rows } = await sql`select * from sqlite_master where name = 'filling'`.execute(store.db)
    expect(rows).toEqual([])
    // Others go on.
    await store[how]((db) => sql`select 1`.execute(db))
    await store.close()
  })

  it('is no other trouble of the database or the disk', () => {
    for (const error of [
      Object.assign(new Error('busy'), { code: 'ERR_SQLITE_ERROR', errcode: 5 }),
      Object.assign(new Error('gone'), { code: 'ENOENT' }),
      new Error('full'),
      'full',
    ])
      expect(isDiskFull(error)).toBe(false)
  })
})
