import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import {
  appendEntry,
  confirmPiece,
  dueMs,
  isSealDue,
  MOST_ENTRIES,
  newWriter,
  SEAL_AFTER_MS,
  takePieces,
  type BatchWriter,
  WRITE_AFTER_MS,
  type Piece,
} from '../../../web/outbox/batch-writer.ts'
import { measurement } from '../../support/stream.ts'

const beat = (atMs: number): StreamEntry => ({ kind: 'notification', atMs, bytes: measurement({ bpm: 120 }) })
const stop = (atMs: number): StreamEntry => ({ kind: 'stop', atMs })

/** What a write at that moment holds. */
const take = (writer: BatchWriter, nowMs: number) => takePieces(writer, isSealDue(writer, nowMs))

/** A writer with these entries, and what is on disk after one write. */
function written(entries: readonly StreamEntry[], nowMs = 0): Piece[] {
  const writer = newWriter('noor', 0, null)
  for (const entry of entries) appendEntry(writer, entry, nowMs)
  return take(writer, nowMs)
}
const beats = (count: number) => Array.from({ length: count }, (_, i) => beat(i + 1))
const shape = (pieces: readonly Piece[]) =>
  pieces.map(({ number, entries, sealed }) => [number, entries.length, sealed])

describe('a batch of a runner', () => {
  it('stays open, and its row is written whole each time', () => {
    const writer = newWriter('noor', 4, 0)
    appendEntry(writer, beat(1), 0)
    const [first] = take(writer, 0)
    if (first === undefined) throw new Error('nothing to write')
    confirmPiece(writer, first)
    expect(take(writer, 1)).toEqual([])
    appendEntry(writer, beat(2), 2)
    expect(shape([first, ...take(writer, 2)])).toEqual([
      [5, 1, false],
      [5, 2, false],
    ])
  })

  it('is sealed by its hundredth entry, and the next has the next number', () => {
    expect(shape(written(beats(MOST_ENTRIES)))).toEqual([[1, MOST_ENTRIES, true]])
    expect(shape(written(beats(MOST_ENTRIES + 3)))).toEqual([
      [1, MOST_ENTRIES, true],
      [2, 3, false],
    ])
  })

  it('is sealed by a stop', () => {
    expect(shape(written([beat(1), stop(2), beat(3)]))).toEqual([
      [1, 2, true],
      [2, 1, false],
    ])
  })

  it('is sealed ten seconds after it was opened, with nothing new in it', () => {
    const writer = newWriter('noor', 0, null)
    appendEntry(writer, beat(1), 1000)
    for (const piece of take(writer, 1000)) confirmPiece(writer, piece)
    expect(dueMs(writer)).toBe(1000 + SEAL_AFTER_MS)
    expect(shape(take(writer, 999 + SEAL_AFTER_MS))).toEqual([])
    expect(shape(take(writer, 1000 + SEAL_AFTER_MS))).toEqual([[1, 1, true]])
  })

  it('is sealed with those of the others, so that they travel together', () => {
    const writer = newWriter('mo', 0, null)
    appendEntry(writer, beat(1), 9000)
    expect(shape(takePieces(writer, true))).toEqual([[1, 1, true]])
    expect(takePieces(newWriter('bo', 3, 0), true)).toEqual([])
  })

  it('is due a third of a second after its first entry that waits', () => {
    const writer = newWriter('noor', 0, null)
    appendEntry(writer, beat(1), 1000)
    appendEntry(writer, beat(2), 1200)
    expect(dueMs(writer)).toBe(1000 + WRITE_AFTER_MS)
    expect(dueMs(newWriter('noor', 0, null))).toBeNull()
  })

  it.each<[string, StreamEntry]>([
    ['a time that does not rise', beat(5)],
    ['a broken time', beat(6.5)],
    ['bytes that no notification has', { kind: 'notification', atMs: 6, bytes: new Uint8Array(513) }],
    ['a mark with a text that is too long', { kind: 'told', atMs: 6, by: 'x'.repeat(201) }],
  ])('takes nothing of %s, so that one bad entry never holds up the good ones', (_name, entry) => {
    const writer = newWriter('noor', 0, 5)
    expect(() => appendEntry(writer, entry, 0)).toThrow(RangeError)
    expect(take(writer, 0)).toEqual([])
  })

  it('loses nothing and leaves no gap, whatever writes fail or overtake each other, and never changes what is sealed', () => {
    type Step =
      | { do: 'append'; kind: 'beat' | 'stop' }
      | { do: 'wait'; ms: number }
      | { do: 'write' }
      | { do: 'end'; ok: boolean }
    const step: fc.Arbitrary<Step> = fc.oneof(
      { weight: 8, arbitrary: fc.record({ do: fc.constant('append'), kind: fc.constant('beat') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('append'), kind: fc.constant('stop') }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.nat(12_000) }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('write') }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('end'), ok: fc.boolean() }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const writer = newWriter('noor', 0, null)
        const appended: StreamEntry[] = []
        const disk = new Map<number, Piece>()
        /** Writes under way, in the order in which the database does them. */
        const underWay: Piece[][] = []
        let nowMs = 0
        const end = (ok: boolean) => {
          const pieces = underWay.shift() ?? []
          if (!ok) return
          for (const piece of pieces) {
            const before = disk.get(piece.number)
            if (before?.sealed) expect(piece).toEqual(before)
            disk.set(piece.number, piece)
            confirmPiece(writer, piece)
          }
          expect([...disk.keys()].toSorted((a, b) => a - b)).toEqual(Array.from(disk.keys(), (_, i) => i + 1))
        }
        for (const one of steps) {
          if (one.do === 'append') {
            const entry = one.kind === 'beat' ? beat(appended.length + 1) : stop(appended.length + 1)
            appendEntry(writer, entry, nowMs)
            appended.push(entry)
          } else if (one.do === 'wait') nowMs += one.ms
          else if (one.do === 'write') underWay.push(take(writer, nowMs))
          else end(one.ok)
        }
        while (underWay.length > 0) end(false)
        underWay.push(take(writer, nowMs))
        end(true)
        const rows = [...disk.values()].toSorted((a, b) => a.number - b.number)
        expect(rows.flatMap(({ entries }) => entries)).toEqual(appended)
        expect(rows.slice(0, -1).every(({ sealed }) => sealed)).toBe(true)
        expect(rows.every(({ entries }) => entries.length <= MOST_ENTRIES)).toBe(true)
      }),
    )
  })
})
