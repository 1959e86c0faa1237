// Rows of the list over occurrences: what is new and waits, what is told beside a row, what closing does and does not silence.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../../src/domain/finding.ts'
import { restsOn, reviseRows, type KnownRow, type Revision } from '../../../src/domain/review/rows.ts'
import {
  isNewAt,
  raisedLevels,
  rankOf,
  toOccurrences,
  type FindingOccurrence,
} from '../../../src/domain/review/finding-occurrences.ts'

const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2026, 10, 2, 11)
const quietly: Revision = { timeZone: 'Europe/Amsterdam', isAsked: () => false, mayBeOver: () => false }

const night = { runs: 1, fromHour: 22, toHour: 5, runIds: [] }
const seen = (day: number, more: Partial<FindingOccurrence> = {}): FindingOccurrence => ({
  ...makeFinding('G9.night', 'attention', { ...night, runs: day }),
  level: 'attention',
  runId: `run of day ${day}`,
  aboutMs: NOON_MS + day * DAY_MS,
  ...more,
})
const hard = (day: number) => seen(day, { kind: 'F9.hard', rule: 'F9' })

/** The rows that stand after occurrences, as the store would keep them. */
function keep(
  known: readonly KnownRow[],
  occurrences: readonly FindingOccurrence[],
  revision: Partial<Revision> = {},
): KnownRow[] {
  const rows = [...known]
  for (const { flagId, occurrences: found, shows, over } of reviseRows(occurrences, known, {
    ...quietly,
    ...revision,
  })) {
    const at = rows.findIndex(({ id }) => id === flagId)
    const before = rows[at]
    const shown = shows ?? before?.shown
    const first = found[0]
    if (shown === undefined || (before ?? first) === undefined) throw new Error('a row that says nothing')
    const after: KnownRow = {
      id: before?.id ?? `row ${rows.length}`,
      kind: before?.kind ?? first?.kind ?? 'G9.night',
      level: shown.level,
      shown,
      seen: [...(before?.seen ?? []), ...found],
      closed: over !== null ? { atMs: 0, asUnfounded: false, asOver: true } : (before?.closed ?? null),
      isTouched: before?.isTouched ?? false,
    }
    if (before === undefined) rows.push(after)
    else rows[at] = after
  }
  return rows
}
const touch = (rows: readonly KnownRow[]): KnownRow[] => rows.map((row) => ({ ...row, isTouched: true }))
const close = (rows: readonly KnownRow[], day: number, asUnfounded = false): KnownRow[] =>
  touch(rows).map((row) => (row.closed ? row : { ...row, closed: { atMs: NOON_MS + day * DAY_MS, asUnfounded } }))
const dayOf = ({ shown }: KnownRow) => (shown.aboutMs - NOON_MS) / DAY_MS
const waiting = (rows: readonly KnownRow[]) => rows.filter(({ closed }) => closed === null)

describe('what is put before a person', () => {
  it('leaves a note in the report', () => {
    const flags = [
      makeFinding('G9.night', 'note', night),
      makeFinding('G6.two_a_day', 'attention', { days: 1, mostADay: 2, runIds: [] }),
    ]
    expect(toOccurrences(flags, 'r', 1).map(({ kind }) => kind)).toEqual(['G6.two_a_day'])
  })

  it('says of weeks only what a run or a telling adds to them', () => {
    const rests = { evidence: { runIds: ['a', 'b'] }, aboutMs: 5 }
    expect(isNewAt({ ...rests, runId: 'b' })).toBe(true)
    expect(isNewAt({ ...rests, runId: 'calm run after them' })).toBe(false)
    expect(isNewAt({ evidence: { toldAtMs: 5 }, runId: null, aboutMs: 5 })).toBe(true)
    expect(isNewAt({ evidence: { toldAtMs: 4 }, runId: null, aboutMs: 5 })).toBe(false)
  })

  it('is one row while nobody looked at it, with the numbers of its newest occurrence', () => {
    const [row, ...others] = keep(
      [],
      [0, 1, 6, 7, 8, 15].map((day) => seen(day)),
    )
    expect(others).toEqual([])
    expect([row?.shown.evidence, row?.seen.length]).toEqual([{ ...night, runs: 15 }, 6])
  })

  it('says the newest number of days in a row, also once somebody works on it (G7)', () => {
    const ofDays = (days: number) => seen(days, { kind: 'G7.no_rest_day', rule: 'G7', evidence: { days } })
    let rows = touch(keep([], [ofDays(6)]))
    for (const days of [7, 8, 9, 10, 11, 12]) rows = touch(keep(rows, [ofDays(days)]))
    expect(rows.map(({ shown }) => shown.evidence)).toEqual([{ days: 12 }])
    // A week of files at once says the same.
    expect(keep(touch(keep([], [ofDays(6)])), [7, 8, 9, 10, 11, 12].map(ofDays))).toMatchObject([
      { shown: { evidence: { days: 12 } } },
    ])
  })

  it('raises a kind that somebody works on at most once in seven local days', () => {
    let rows: KnownRow[] = []
    for (const day of [0, 1, 6, 7, 8, 15]) rows = touch(keep(rows, [seen(day)]))
    expect(rows.map((row) => row.seen.length)).toEqual([3, 2, 1])
    expect(rows.map(dayOf)).toEqual([6, 8, 15])
    const lateEvening = seen(0, { aboutMs: Date.UTC(2026, 10, 2, 22, 30) })
    const earlyMorning = seen(7, { aboutMs: Date.UTC(2026, 10, 8, 23, 30) })
    expect(keep(touch(keep([], [lateEvening])), [earlyMorning])).toHaveLength(2)
  })

  it('tells a rise of level anew, and never a lower one', () => {
    const look = seen(0, { level: 'look' })
    const today = seen(2, { level: 'today' })
    // Nobody looked yet: one row, at the higher level. Somebody did: a row of its own.
    expect(keep([], [look, today]).map(({ level }) => level)).toEqual(['today'])
    expect(keep(keep([], [today]), [look]).map(({ level }) => level)).toEqual(['today'])
    expect(keep(touch(keep([], [look])), [today]).map(({ level }) => level)).toEqual(['look', 'today'])
    const lower = keep(touch(keep([], [seen(0, { level: 'today' })])), [seen(2, { level: 'look' })])
    expect(lower.map(({ level }) => level)).toEqual(['today'])
  })

  it('keeps kinds apart', () => {
    expect(keep([], [seen(0), seen(0, { kind: 'G6.two_a_day' })])).toHaveLength(2)
  })
})

describe('closing a row', () => {
  it('silences nothing: what is seen after it was seen to is new and waits', () => {
    let rows = close(keep([], [seen(0)]), 1)
    for (const day of [1, 2, 3]) {
      rows = keep(rows, [seen(0), seen(1), seen(2), seen(3)].slice(0, day + 1))
      expect(waiting(rows).map(dayOf)).toEqual([day])
      rows = close(rows, day + 1)
    }
  })

  it('also where what comes in late is about a day before it', () => {
    const rows = close(keep([], [seen(5)]), 6)
    expect(waiting(keep(rows, [seen(4)])).map(dayOf)).toEqual([4])
  })

  it('says nothing again of a run that was told before, however often it is judged again', () => {
    const rows = close(keep([], [seen(0), seen(3)]), 4)
    expect(reviseRows([seen(0), seen(3, { evidence: { runs: 99 } })], rows, quietly)).toEqual([])
  })

  it('as unfounded keeps that kind quiet for 28 days, told beside the row', () => {
    const rows = close(keep([], [seen(0)]), 1, true)
    const later = keep(rows, [seen(2), seen(28)])
    expect(waiting(later)).toEqual([])
    expect(later[0]?.seen).toHaveLength(3)
    expect(waiting(keep(later, [seen(29)])).map(dayOf)).toEqual([29])
    expect(waiting(keep(rows, [seen(2, { kind: 'G6.two_a_day' })]))).toHaveLength(1)
  })

  it('as unfounded never keeps HARD quiet, nor a rise of level', () => {
    expect(waiting(keep(close(keep([], [hard(0)]), 1, true), [hard(2)]))).toHaveLength(1)
    const look = close(keep([], [seen(0, { level: 'look' })]), 1, true)
    expect(waiting(keep(look, [seen(2, { level: 'look' })]))).toEqual([])
    expect(waiting(keep(look, [seen(2, { level: 'today' })])).map(({ level }) => level)).toEqual(['today'])
  })
})

describe('what a row says', () => {
  it('follows what came in since, of the very moment that it tells of', () => {
    const rows = keep([], [seen(3)])
    const [row, ...others] = keep(rows, [seen(3, { evidence: { runs: 7 } })])
    expect([row?.shown.evidence, row?.seen.length, others]).toEqual([{ runs: 7 }, 1, []])
    expect(reviseRows([seen(3)], rows, quietly)).toEqual([])
  })

  it('is over where nobody touched it and what came in later shows that it never held', () => {
    const asked = { isAsked: () => true, mayBeOver: ({ isTouched }: KnownRow) => !isTouched }
    const rows = keep([], [seen(0), seen(3)])
    expect(waiting(keep(rows, [seen(0)], asked)).map(dayOf)).toEqual([0])
    expect(waiting(keep(rows, [], asked))).toEqual([])
    expect(waiting(keep(touch(rows), [], asked)).map(dayOf)).toEqual([3])
  })

  it('is over with the run that it rests on, where others are left it says theirs', () => {
    const rows = keep([], [hard(0), hard(3)])
    const without = (days: readonly number[]) =>
      rows.map((row) => ({
        ...row,
        shown: days.includes(3) ? { ...row.shown, runId: null } : row.shown,
        seen: row.seen.map((one, i) => (days.includes([0, 3][i] ?? 0) ? { ...one, runId: null } : one)),
      }))
    const removed = { mayBeOver: (row: KnownRow) => restsOn(row, 'any') }
    expect(waiting(keep(without([3]), [], removed)).map(dayOf)).toEqual([0])
    expect(waiting(keep(without([0, 3]), [], removed))).toEqual([])
  })
})

describe('what held, did not, and holds again', () => {
  const asked = { isAsked: () => true, mayBeOver: ({ isTouched }: KnownRow) => !isTouched }
  const saidOf = (rows: readonly KnownRow[]) =>
    waiting(rows).map(({ level, shown }) => [level, shown.runId, shown.evidence])

  it('is said again, where it is the newest', () => {
    const without = keep(keep([], [seen(0), seen(3)], asked), [seen(0)], asked)
    const again = [seen(0), seen(3, { evidence: { runs: 5 } })]
    expect(saidOf(keep(without, again, asked))).toEqual([['attention', 'run of day 3', { runs: 5 }]])
    expect(saidOf(keep(touch(without), again, asked))).toEqual([['attention', 'run of day 3', { runs: 5 }]])
  })

  it('has the level and the numbers of now, not those of when it was first seen', () => {
    const rows = keep([], [seen(0), seen(3, { level: 'today' })], asked)
    expect(saidOf(keep(rows, [seen(0), seen(3)], asked))).toEqual([['attention', 'run of day 3', seen(3).evidence]])
    const now = seen(0, { evidence: { runs: 9 } })
    expect(saidOf(keep(rows, [now], asked))).toEqual([['attention', 'run of day 0', { runs: 9 }]])
  })

  it('is a rise of level where it had fallen: never quiet, and never within a row that somebody works on', () => {
    const fell = keep(keep([], [seen(3, { level: 'today' })], asked), [seen(3)], asked)
    const again = [seen(3, { level: 'today' })]
    const levelsOf = (rows: readonly KnownRow[]) => waiting(keep(rows, again, asked)).map(({ level }) => level)
    expect(levelsOf(fell)).toEqual(['today'])
    expect(levelsOf(touch(fell))).toEqual(['attention', 'today'])
    expect(levelsOf(close(fell, 4, true))).toEqual(['today'])
    expect(reviseRows(again, keep(close(fell, 4, true), again, asked), { ...quietly, ...asked })).toEqual([])
  })

  it('is not taken up again at the level that it had, where only later moments are looked at', () => {
    const from = (day: number) => ({
      ...asked,
      isAsked: (_: unknown, { runId }: { readonly runId: string | null }) => Number(runId?.split(' ').at(-1)) >= day,
    })
    const fell = keep(keep([], [seen(1, { level: 'today' })], asked), [seen(1), seen(3)], asked)
    expect(saidOf(fell)).toEqual([['attention', 'run of day 3', seen(3).evidence]])
    expect(saidOf(keep(fell, [seen(5)], from(5)))).toEqual([['attention', 'run of day 5', seen(5).evidence]])
    expect(saidOf(keep(fell, [], from(5)))).toEqual([['attention', 'run of day 3', seen(3).evidence]])
    const highBefore = keep([], [seen(1, { level: 'today' }), seen(3)], asked)
    expect(saidOf(keep(highBefore, [], from(3))).map(([level]) => level)).toEqual(['today'])
  })

  it('leaves one row that says what all at once would, whatever was asked of parts of it before', () => {
    const moments = fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 0, max: 20 }), level: fc.constantFrom(...raisedLevels) }),
      { maxLength: 8, selector: ({ day }) => day },
    )
    fc.assert(
      fc.property(fc.array(moments, { minLength: 1, maxLength: 6 }), (passes) => {
        const all = passes.map((pass) => pass.map(({ day, level }) => seen(day, { level })))
        const rows = all.reduce<readonly KnownRow[]>((before, pass) => keep(before, pass, asked), [])
        expect(saidOf(rows)).toEqual(saidOf(keep([], all.at(-1) ?? [], asked)))
      }),
    )
  })
})

describe('whatever was seen', () => {
  const occurrences = fc
    .array(
      fc.record({
        day: fc.integer({ min: 0, max: 40 }),
        level: fc.constantFrom(...raisedLevels),
        kind: fc.constantFrom('G9.night' as const, 'F2.peak' as const),
      }),
      { maxLength: 25 },
    )
    .map((drawn) => drawn.map(({ day, level, kind }) => seen(day, { level, kind })))

  it('looks twice without adding, and loses nothing', () => {
    fc.assert(
      fc.property(occurrences, (all) => {
        const rows = keep([], all)
        expect(reviseRows(all, rows, quietly)).toEqual([])
        for (const one of all)
          expect(
            rows.some(
              (row) =>
                row.kind === one.kind &&
                row.seen.some(({ runId, level }) => runId === one.runId && rankOf(level) >= rankOf(one.level)),
            ),
          ).toBe(true)
      }),
    )
  })

  it('says the same in whatever order and portions it came, while nobody touches it', () => {
    const said = (rows: readonly KnownRow[]) =>
      rows.map(({ kind, level, shown }) => `${kind} ${level} ${shown.runId}`).toSorted()
    fc.assert(
      fc.property(occurrences, fc.infiniteStream(fc.nat()), (all, numbers) => {
        const shuffled = all
          .map((one) => ({ one, at: numbers.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one)
        let rows: KnownRow[] = []
        for (const one of shuffled) rows = keep(rows, [one])
        expect(said(rows)).toEqual(said(keep([], all)))
      }),
    )
  })
})
