import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyScenarios } from '../../fixtures/scenarios/histories.ts'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import { ruleSets } from '../../src/domain/rule-sets.ts'
import { localMoment } from '../../src/domain/patterns/local-day.ts'
import { findPatternFlags } from '../../src/domain/patterns/pattern-flags.ts'
import { named } from '../support/named.ts'

const DAY_MS = 86_400_000

describe('local days', () => {
  it('agrees with the calendar of the platform, daylight saving and leap days included', () => {
    const zones = ['Europe/Amsterdam', 'America/St_Johns', 'Pacific/Apia', 'UTC']
    const moments = fc.integer({ min: -1_000_000_000_000, max: 4_000_000_000_000 })
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (atMs, timeZone) => {
        const { day, hour, weekday } = localMoment(atMs, timeZone)
        const noon = new Date(day * DAY_MS + DAY_MS / 2)
        const iso = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(atMs)
        expect(noon.toISOString().slice(0, 10)).toBe(iso)
        expect(weekday).toBe(((noon.getUTCDay() + 6) % 7) + 1)
        expect(hour).toBeLessThan(24)
      }),
      { numRuns: 500 },
    )
  })
})

describe('pattern flags', () => {
  const history = makeHistory(named(historyScenarios, 'two runs a day at night'))
  const atMs = Date.parse('2026-09-19T23:50+02:00')

  it('carry their rule, its version and numbers, and say which runs they mean', () => {
    for (const flag of findPatternFlags(history, atMs, ruleSets)) {
      expect(flag.rule).toMatch(/^G\d+$/)
      expect(Number(flag.ruleVersion)).toBeGreaterThan(0)
      expect(Object.values(flag.evidence).some((value) => typeof value === 'number')).toBe(true)
    }
  })

  it('say nothing of the hour of runs that count from the day on which they came in (rule T4)', () => {
    const kinds = (isUndated: boolean) =>
      findPatternFlags({ ...history, runs: history.runs.map((run) => ({ ...run, isUndated })) }, atMs, ruleSets).map(
        ({ kind }) => kind,
      )
    expect(kinds(false)).toContain('G9.night')
    expect(kinds(true)).toEqual(kinds(false).filter((kind) => kind !== 'G9.night' && kind !== 'G16.several_at_once'))
  })

  it('do not depend on the order in which runs are known, nor on runs still to come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...history.runs], { minLength: history.runs.length }), (runs) => {
        const later = { ...history.runs[0], id: 'later', startedAtMs: atMs + DAY_MS }
        expect(findPatternFlags({ ...history, runs: [...runs, later] }, atMs, [])).toEqual(
          findPatternFlags(history, atMs, []),
        )
      }),
      { numRuns: 30 },
    )
  })
})
