// One event, one row: which occurrences another one of the same moment tells more fully, and when they speak for themselves.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flagKinds, type FlagKind } from '../../../src/domain/finding.ts'
import { ruleVersion } from '../../../src/domain/rule-version.ts'
import { findEchoes } from '../../../src/domain/review/echoes.ts'
import { reviseRows, type KnownRow, type Revision } from '../../../src/domain/review/rows.ts'
import { neverQuietKinds, type FindingOccurrence } from '../../../src/domain/review/finding-occurrences.ts'

const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2026, 10, 2, 11)
const revision: Revision = {
  timeZone: 'Europe/Amsterdam',
  isAsked: () => false,
  mayBeOver: ({ isTouched }) => !isTouched,
}

const seen = (kind: FlagKind, day: number): FindingOccurrence => ({
  kind,
  rule: kind.slice(0, kind.indexOf('.')),
  ruleVersion,
  evidence: {},
  level: 'attention',
  runId: `run of day ${day}`,
  aboutMs: NOON_MS + day * DAY_MS,
})
const asRow = (occurrence: FindingOccurrence, more: Partial<KnownRow> = {}): KnownRow => ({
  id: occurrence.kind,
  kind: occurrence.kind,
  level: occurrence.level,
  shown: occurrence,
  seen: [occurrence],
  closed: null,
  isTouched: false,
  ...more,
})
const newKinds = (occurrences: readonly FindingOccurrence[], known: readonly KnownRow[] = []) =>
  reviseRows(occurrences, known, revision).flatMap(({ flagId, shows, occurrences: found }) =>
    flagId === null && shows !== null ? [found[0]?.kind] : [],
  )

describe('one event, one row', () => {
  it.each<[FlagKind, FlagKind]>([
    ['F6.rising', 'F9.hard'],
    ['F5.longer', 'G8.week_minutes'],
    ['G10.calm_share_falling', 'F1.above'],
  ])('%s has no row of its own where %s stands for the same run', (echo, fuller) => {
    expect(newKinds([seen(echo, 1), seen(fuller, 1)])).toEqual([fuller])
    expect(newKinds([seen(echo, 1)])).toEqual([echo])
    // Another run is another event.
    expect(newKinds([seen(echo, 1), seen(fuller, 2)])).toEqual([echo, fuller])
  })

  it('takes a row that nobody touched off the list once another one tells it, and says so', () => {
    const [longer, week] = [seen('F5.longer', 1), seen('G8.week_minutes', 1)]
    const changes = reviseRows([longer, week], [asRow(longer)], revision)
    expect(changes.filter(({ flagId }) => flagId !== null)).toMatchObject([{ over: 'told_by_another' }])
    const touched = reviseRows([longer, week], [asRow(longer, { isTouched: true })], revision)
    expect(touched.filter(({ flagId }) => flagId !== null)).toEqual([])
  })

  it('leaves a row what is its own to say', () => {
    const [before, now] = [seen('F5.longer', 0), seen('F5.longer', 1)]
    const row = asRow(now, { seen: [before, now] })
    expect(reviseRows([before, now, seen('G8.week_minutes', 1)], [row], revision)).toMatchObject([
      { flagId: 'F5.longer', over: null, shows: { aboutMs: before.aboutMs } },
      { flagId: null, occurrences: [{ kind: 'G8.week_minutes' }] },
    ])
  })

  it('speaks for itself where the fuller kind was called unfounded before', () => {
    const week = asRow(seen('G8.week_minutes', 0), {
      closed: { atMs: NOON_MS + DAY_MS, asUnfounded: true },
      isTouched: true,
    })
    expect(newKinds([seen('F5.longer', 2), seen('G8.week_minutes', 2)], [week])).toEqual(['F5.longer'])
    // What it was called unfounded for is not brought up again by its echo.
    expect(newKinds([seen('F5.longer', 0), seen('G8.week_minutes', 0)], [week])).toEqual([])
  })

  it('never leaves a moment without a row, and never takes HARD or what somebody tells', () => {
    const occurrences = fc.array(
      fc.tuple(fc.constantFrom(...flagKinds), fc.nat({ max: 5 })).map(([kind, day]) => seen(kind, day)),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(occurrences, (all) => {
        const echoes = findEchoes(all, () => false)
        for (const echo of echoes) {
          expect(neverQuietKinds.has(echo.kind)).toBe(false)
          expect(all.some((one) => one.runId === echo.runId && !echoes.has(one))).toBe(true)
        }
      }),
    )
  })
})
