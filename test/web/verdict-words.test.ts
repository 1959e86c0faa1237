import { describe, expect, it } from 'vitest'
import { verdictWords } from '../../web/screens/runs/run/verdict-words.ts'

type Words = Parameters<typeof verdictWords>[0]
type Assessment = Words['assessment']
function words(
  verdict: Assessment['verdict'],
  movingS: number,
  goodS: number,
  calmS: number,
  more: Partial<Words> & Partial<Assessment> = {},
) {
  const zoneTime = { movingS, goodS, calmS, coverage: goodS / movingS }
  const assessment = { verdict, zoneTime, flags: more.flags ?? [] } as unknown as Assessment
  return verdictWords({
    assessment,
    sport: more.sport ?? 'running',
    sensor: more.sensor ?? 'chest',
    warnings: more.warnings ?? [],
  }).map(({ key, values }) => [key, values])
}

describe('verdictWords', () => {
  it('tells whole minutes that add up: calm ones and others are the minutes moved (C7)', () => {
    expect(words('calm', 1799, 1799, 1499)).toEqual([['words.calm', { calm: 25, total: 30 }]])
  })

  it('says 30 of 30 of a run that was calm for all of its 29:59', () => {
    expect(words('calm', 1799, 1799, 1799)).toEqual([['words.calm', { calm: 30, total: 30 }]])
  })

  it('says "at times" only where it was the lesser part', () => {
    expect(words('too_hard', 1900, 1900, 180)).toEqual([['words.too_hard_most', { calm: 3, total: 32 }]])
    expect(words('too_hard', 1800, 1800, 900)).toEqual([['words.too_hard', { calm: 15, total: 30 }]])
  })

  it('speaks of measured minutes below 95 % coverage, and tells what was missed', () => {
    expect(words('mostly_calm', 1800, 1500, 1300)).toEqual([
      ['words.mostly_calm', { calm: 22, total: 25 }],
      ['words.unmeasured', { minutes: 5 }],
    ])
  })

  it('has other words for a tough run without a calm minute', () => {
    expect(words('too_hard', 1800, 1800, 30)).toEqual([['words.too_hard_0', { calm: 0, total: 30 }]])
  })

  it('counts moved minutes where it cannot tell', () => {
    expect(words('cannot_tell:signal', 1800, 600, 500)).toEqual([['words.cannot_tell:signal', { calm: 8, total: 30 }]])
  })

  it('has a tip for the strap only where a strap was worn', () => {
    const ofSensor = (sensor: Words['sensor']) => words('cannot_tell:signal', 1800, 600, 500, { sensor })[0]?.[0]
    expect(ofSensor('chest')).toBe('words.cannot_tell:signal')
    expect(ofSensor('wrist')).toBe('words.signal_wrist')
    expect(ofSensor('unknown')).toBe('words.signal_other')
    expect(ofSensor('arm')).toBe('words.signal_other')
  })

  it.each(['cannot_tell:signal', 'cannot_tell:no_zone'] as const)(
    'says of a summary (%s) that it is one',
    (verdict) => {
      expect(words(verdict, 1800, 0, 0, { warnings: ['NO_RECORDS'] })).toEqual([
        ['words.summary_only', { calm: 0, total: 30 }],
      ])
    },
  )

  it('says that no heart rate was measured where none was, and not that it was often lost', () => {
    expect(words('cannot_tell:signal', 1800, 0, 0, { sensor: 'unknown' })).toEqual([
      ['words.no_heart_rate', { calm: 0, total: 30 }],
    ])
    expect(words('cannot_tell:signal', 1800, 0, 0)[0]?.[0]).toBe('words.cannot_tell:signal')
  })

  it('tells a walker that walking is good too', () => {
    expect(words('calm', 1800, 1800, 1800, { sport: 'walking' })).toEqual([['words.walked', { calm: 30, total: 30 }]])
  })

  it('tells a client of a longer run, and nothing of what is for the supervisor', () => {
    const flag = (kind: 'F5.longer' | 'F9.hard') => ({
      kind,
      rule: 'F',
      ruleVersion: '2',
      level: 'note' as const,
      evidence: { plannedMin: 30 },
    })
    expect(words('calm', 2760, 2760, 2760, { flags: [flag('F9.hard'), flag('F5.longer')] })).toEqual([
      ['words.calm', { calm: 46, total: 46 }],
      ['words.longer', { moving: 46, planned: 30 }],
    ])
  })
})
