// Where made people may go: into an empty folder, and nowhere else.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { emptyHalfMade, markDemo, openDemoFolder } from '../../src/cli/demo/kept-folder.ts'
import { openStore } from '../../src/node/open-store.ts'

const root = mkdtempSync(join(tmpdir(), 'calmpace-demo-folder-'))
afterAll(() => rmSync(root, { recursive: true }))

it('begins in a folder that is missing, and in an empty one, which becomes its owner’s alone', () => {
  const [missing, empty] = [join(root, 'new', 'demo'), join(root, 'empty')]
  mkdirSync(empty)
  chmodSync(empty, 0o755)
  for (const folder of [missing, empty]) {
    expect(openDemoFolder(folder)).toBe('begun')
    expect([statSync(folder).mode & 0o777, readdirSync(folder)]).toEqual([0o700, ['demo']])
  }
})

it('fills what it began and did not come to fill, as where the port was in use', async () => {
  const folder = join(root, 'begun')
  openDemoFolder(folder)
  await (await openStore(folder)).close()
  expect(openDemoFolder(folder)).toBe('begun')
})

it('serves again what it made, and fills nothing twice', async () => {
  const folder = join(root, 'made')
  openDemoFolder(folder)
  await (await openStore(folder)).close()
  markDemo(folder, 'made')
  expect(openDemoFolder(folder)).toBe('made')
})

it('refuses what was broken off, where a database is gone, and every folder that is not its own', async () => {
  const [broken, gone, practice, letters] = ['broken', 'gone', 'practice', 'letters'].map((name) => join(root, name))
  for (const [folder = '', state] of [
    [broken, 'filling'],
    [gone, 'made'],
  ] as const) {
    openDemoFolder(folder)
    markDemo(folder, state)
    expect(() => openDemoFolder(folder)).toThrow('was broken off while it was made')
  }
  // Stopped by hand, it leaves room for the next one.
  await (await openStore(broken ?? '')).close()
  emptyHalfMade(broken ?? '')
  expect(readdirSync(broken ?? '')).toEqual([])
  expect(openDemoFolder(broken ?? '')).toBe('begun')
  await (await openStore(practice ?? '')).close()
  expect(() => openDemoFolder(practice ?? '')).toThrow('holds a practice; nothing was changed')
  mkdirSync(letters ?? '')
  writeFileSync(join(letters ?? '', 'letter.txt'), 'Lieve Anna')
  expect(() => openDemoFolder(letters ?? '')).toThrow('is not empty; nothing was changed')
  expect(readdirSync(letters ?? '')).toEqual(['letter.txt'])
})

it('waits for the disk at each write in a clinic, and not where people are made', async () => {
  const synchronous = async (folder: string, isDemo: boolean) => {
    const store = await openStore(join(root, folder), undefined, undefined, isDemo ? 'normal' : undefined)
    const { rows } = await store.atomically((db) => sql<{ synchronous: number }>`pragma synchronous`.execute(db))
    await store.close()
    return rows[0]?.synchronous
  }
  // SQLite's own numbers: 2 is full, 1 is normal.
  expect([await synchronous('clinic', false), await synchronous('demo', true)]).toEqual([2, 1])
})
