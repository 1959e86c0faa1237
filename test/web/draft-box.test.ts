import { expect, it } from 'vitest'
import { DRAFT_KEPT_MS, openDraftBox, removeOldDrafts, type DraftDisk } from '../../web/drafts/draft-box.ts'

const keyOf = (letter: string): string => btoa(letter.repeat(32))
const NOW = Date.UTC(2026, 10, 29)

function madeDisk() {
  const rows = new Map<string, unknown>()
  const disk: DraftDisk = {
    read: async (name) => rows.get(name) ?? null,
    write: async (name, row) => void (row === null ? rows.delete(name) : rows.set(name, row)),
    names: async () => [...rows.keys()],
  }
  return { rows, disk }
}
const boxOf = (disk: DraftDisk, letter: string, nowMs = NOW) => openDraftBox(keyOf(letter), disk, () => nowMs)
const note = { what: 'note', clientId: 'noor' }

it('gives what was written to its writer alone', async () => {
  const { disk } = madeDisk()
  await (await boxOf(disk, 'a')).save(note, 'ze slaapt slecht')
  expect(await (await boxOf(disk, 'a')).load(note)).toBe('ze slaapt slecht')
  expect(await (await boxOf(disk, 'b')).load(note)).toBeNull()
})

it('gives nobody else what was moved under their own name', async () => {
  const { rows, disk } = madeDisk()
  await (await boxOf(disk, 'a')).save(note, 'ze slaapt slecht')
  const [row] = rows.values()
  await (await boxOf(disk, 'b')).save(note, 'anders')
  for (const name of rows.keys()) rows.set(name, row)
  expect(await (await boxOf(disk, 'b')).load(note)).toBeNull()
})

it('writes down neither the words nor of whom they are', async () => {
  const { rows, disk } = madeDisk()
  await (await boxOf(disk, 'a')).save(note, 'ze slaapt slecht')
  const written = JSON.stringify([...rows], (_key, value: unknown) =>
    value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value,
  )
  for (const part of ['slaapt', 'noor', 'note', keyOf('a')]) expect(written).not.toContain(part)
})

it('removes what is about somebody who is theirs no longer, and leaves what others wrote', async () => {
  const { rows, disk } = madeDisk()
  const [a, b] = [await boxOf(disk, 'a'), await boxOf(disk, 'b')]
  await a.save(note, 'weg')
  await a.save({ what: 'note', clientId: 'fay' }, 'blijft')
  await a.save({ what: 'settings', clientId: null }, 'blijft ook')
  await b.save(note, 'van een ander')
  await a.removeAbout((clientId) => clientId !== 'fay')
  expect(rows.size).toBe(3)
  expect(await a.load(note)).toBeNull()
  expect(await b.load(note)).toBe('van een ander')
})

it('removes everything after its term, whoever wrote it', async () => {
  const { rows, disk } = madeDisk()
  await (await boxOf(disk, 'a')).save(note, 'oud')
  await (await boxOf(disk, 'b', NOW + 1000)).save(note, 'jonger')
  await removeOldDrafts(disk, NOW + DRAFT_KEPT_MS)
  expect(rows.size).toBe(2)
  await removeOldDrafts(disk, NOW + DRAFT_KEPT_MS + 1)
  expect(rows.size).toBe(1)
})
