import { describe, expect, it } from 'vitest'
import type { MadeClient } from '../../../fixtures/weeks/client.ts'
import { frequency, kindNames, makeClient } from '../../../fixtures/weeks/kinds.ts'
import type { Morning, Played, PlayedRow, PlayedRun } from '../../support/weeks/play-client.ts'
import { countKind, countSilentDays, missedOf, rowsAWeek } from './count.ts'
import { clientsOf, toPractice } from './practice.ts'

const DAY_MS = 86_400_000
const changed: MadeClient = makeClient('abrupt_mania', 1)
const calm: MadeClient = makeClient('steady_10_below', 1)
const changedAtMs = changed.changedAtMs ?? 0

const row = (kind: string, raisedAtMs: number): PlayedRow => ({
  kind,
  level: 'attention',
  raisedAtMs,
  aboutMs: raisedAtMs,
  state: 'open',
  evidence: {},
})
const run = (hardS: number, seen: readonly string[]): PlayedRun => ({
  outingId: 'x',
  startedAtMs: 0,
  cameInAtMs: 0,
  hardS,
  seen,
})
const played = (client: MadeClient, more: Partial<Played> = {}): Played => ({
  client,
  rows: [],
  runs: [],
  mornings: [],
  ...more,
})

describe('counting a kind', () => {
  it('counts rows of a changed client from the change on, and the days to the first', () => {
    const rows = [row('G8.week_minutes', changedAtMs - DAY_MS), row('F9.hard', changedAtMs + DAY_MS / 2)]
    const count = countKind('abrupt_mania', 'changed', [played(changed, { rows })])
    expect([...count.rows]).toEqual([['F9.hard', 1]])
    expect(count.before.rows).toBe(1)
    expect(count.weeks + count.before.weeks).toBeCloseTo(changed.weeks)
    expect(count.daysToFirst).toEqual([0.5])
    expect(missedOf(count)).toBe(0)
  })

  it('misses an onset where no row came after it, whatever came before', () => {
    const rows = [row('G8.week_minutes', changedAtMs - DAY_MS)]
    const count = countKind('abrupt_mania', 'changed', [played(changed, { rows }), played(changed)])
    expect(missedOf(count)).toBe(2)
    expect(rowsAWeek(count)).toBe(0)
  })

  it('tells hard runs that nothing was seen at from those seen by their length alone', () => {
    const runs = [run(29, []), run(30, []), run(200, ['F5.longer']), run(90, ['F9.hard', 'F5.longer'])]
    const count = countKind('abrupt_mania', 'changed', [played(changed, { runs })])
    expect(count).toMatchObject({ hardRuns: 3, hardRunsUnseen: 1, hardRunsWithoutIntensity: 2 })
  })
})

describe('silent run days', () => {
  const morning = (day: number, waiting: number, hadRuns = true): Morning => ({
    atMs: changedAtMs + day * DAY_MS,
    hadRuns,
    waiting,
  })

  it('are those after the first closing on whose next morning nothing waits', () => {
    const mornings = [morning(-1, 3), morning(1, 0), morning(2, 2), morning(3, 0), morning(4, 0, false), morning(5, 1)]
    expect(countSilentDays([played(changed, { mornings })])).toEqual({ runDays: 2, silent: 1 })
  })

  it('are none of who was never seen: that is a missed onset', () => {
    expect(countSilentDays([played(changed, { mornings: [morning(1, 0), morning(2, 0)] })])).toEqual({
      runDays: 0,
      silent: 0,
    })
  })
})

describe('the practice of a hundred', () => {
  it('has ninety calm clients, four out of date, six changed', () => {
    expect(kindNames.reduce((sum, kind) => sum + clientsOf(kind), 0)).toBeCloseTo(100)
    expect(clientsOf('hypomania')).toBeCloseTo(6 / 7)
    expect(clientsOf('steady_10_below') / clientsOf('steady_3_below')).toBeCloseTo(
      frequency.steady_10_below / frequency.steady_3_below,
    )
  })

  it('weighs rows by how often a kind is met, and says which share matters', () => {
    const calmRows = [row('F9.not_easing', 1), row('F9.not_easing', 2)]
    const counts = [
      countKind('steady_10_below', 'calm', [played(calm, { rows: calmRows })]),
      countKind('abrupt_mania', 'changed', [played(changed, { rows: [row('F9.hard', changedAtMs + 1)] })]),
    ]
    const { byStanding, rows, precision, falsePer100, byFlag } = toPractice(counts)
    const calmRate = (clientsOf('steady_10_below') * 2) / calm.weeks
    expect(byStanding.calm).toBeCloseTo(calmRate)
    expect(falsePer100).toBeCloseTo((100 * calmRate) / 90)
    expect(precision).toBeCloseTo(1 - calmRate / rows)
    expect(byFlag.map(({ flag, calm: ofCalm }) => [flag, ofCalm > 0])).toContainEqual(['F9.not_easing', true])
  })
})
