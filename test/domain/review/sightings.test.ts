import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFlag } from '../../../src/domain/flag.ts'
import {
  raisedLevels,
  sortSightings,
  toSightings,
  type KnownFlag,
  type Sighting,
} from '../../../src/domain/review/sightings.ts'

const ZONE = 'Europe/Amsterdam'
const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2026, 10, 2, 11)

const seen = (day: number, more: Partial<Sighting> = {}): Sighting => ({
  ...makeFlag('G9.night', 'attention', { runs: 2 }),
  level: 'attention',
  runId: `run of day ${day}`,
  aboutMs: NOON_MS + day * DAY_MS,
  ...more,
})
/** The flags that stand after sightings, as the store would keep them. */
function keep(known: readonly KnownFlag[], sightings: readonly Sighting[]): KnownFlag[] {
  const flags = known.map((flag) => ({ ...flag, seen: [...flag.seen] }))
  for (const raising of sortSightings(sightings, known, ZONE)) {
    const there = flags.find(({ id }) => id === raising.flagId)
    if (there !== undefined) there.seen.push(...raising.seenAgain)
    if (raising.flagId !== null) continue
    const { kind, level, aboutMs } = raising.sighting
    flags.push({ id: `flag ${flags.length}`, kind, level, aboutMs, seen: [raising.sighting, ...raising.seenAgain] })
  }
  return flags
}
const days = (flags: readonly KnownFlag[]) => flags.map(({ aboutMs }) => (aboutMs - NOON_MS) / DAY_MS)

describe('what is put before a person', () => {
  it('leaves a note in the report', () => {
    const flags = [makeFlag('G9.night', 'note', {}), makeFlag('G6.two_a_day', 'attention', {})]
    expect(toSightings(flags, 'r', 1).map(({ kind }) => kind)).toEqual(['G6.two_a_day'])
  })

  it('raises the same flag at most once in seven local days', () => {
    const flags = keep(
      [],
      [0, 1, 6, 7, 8, 15].map((day) => seen(day)),
    )
    expect(days(flags)).toEqual([0, 7, 15])
    expect(flags.map((flag) => flag.seen.length)).toEqual([3, 2, 1])
  })

  it('counts local days, not hours', () => {
    const lateEvening = seen(0, { aboutMs: Date.UTC(2026, 10, 2, 22, 30) })
    const earlyMorning = seen(7, { aboutMs: Date.UTC(2026, 10, 8, 23, 30) })
    expect(keep([], [lateEvening, earlyMorning])).toHaveLength(2)
  })

  it('raises anew within seven days where the level rises, and never for a lower one', () => {
    const look = seen(0, { level: 'look' })
    const today = seen(2, { level: 'today' })
    expect(keep([], [look, today]).map(({ level }) => level)).toEqual(['look', 'today'])
    expect(keep([], [seen(0, { level: 'today' }), seen(2, { level: 'look' })]).map(({ level }) => level)).toEqual([
      'today',
    ])
  })

  it('keeps kinds apart', () => {
    expect(keep([], [seen(0), seen(0, { kind: 'G6.two_a_day' })])).toHaveLength(2)
  })

  it('says nothing of a run that was told before, however often it is judged again', () => {
    const flags = keep([], [seen(0), seen(3)])
    expect(sortSightings([seen(0), seen(3), seen(0)], flags, ZONE)).toEqual([])
  })

  it('looks twice without adding, whatever was seen in whatever order', () => {
    const sightings = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 40 }),
        level: fc.constantFrom(...raisedLevels),
        kind: fc.constantFrom('G9.night' as const, 'F2.peak' as const),
      }),
      { maxLength: 25 },
    )
    fc.assert(
      fc.property(sightings, (drawn) => {
        const all = drawn.map(({ day, level, kind }) => seen(day, { level, kind }))
        const flags = keep([], all)
        expect(sortSightings(all, flags, ZONE)).toEqual([])
        // Nothing is lost: each is a flag or told beside one that weighs as much.
        for (const one of all)
          expect(
            flags.some(
              (flag) =>
                flag.kind === one.kind &&
                raisedLevels.indexOf(flag.level) >= raisedLevels.indexOf(one.level) &&
                flag.seen.some(({ runId }) => runId === one.runId),
            ),
          ).toBe(true)
      }),
    )
  })
})
