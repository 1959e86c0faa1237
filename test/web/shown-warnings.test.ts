import { beforeAll, describe, expect, it } from 'vitest'
import { readingWarnings, type ReadingWarning } from '../../src/domain/reading-codes.ts'
import { forClient, forStaff } from '../../web/screens/runs/run/shown-warnings.ts'
import en from '../../web/messages/en.json' with { type: 'json' }
import nl from '../../web/messages/nl.json' with { type: 'json' }
import { speakDutch } from '../support/dutch.ts'

beforeAll(speakDutch)

const all = Object.keys(readingWarnings) as ReadingWarning[]
const run = (
  warnings: readonly string[],
  dating: { fileStartedAtMs: number; saidAtMs: number | null } | null = null,
) => ({
  warnings: [...warnings],
  dating,
})
const asked = { fileStartedAtMs: 0, saidAtMs: null }

describe('what a client is told of the reading of their file', () => {
  it('says of a pause that was measured through that it counts, or that it does not', () => {
    expect(forClient(run(['TIMER_CONTRADICTED', 'CRC_MISMATCH']))).toEqual([
      'warned.TIMER_CONTRADICTED',
      'warned.CRC_MISMATCH',
    ])
    expect(nl['warned.TIMER_CONTRADICTED']).toMatch(/Die tijd telt mee\.$/)
    expect(nl['warned.MEASURED_IN_PAUSE']).toMatch(/Die tijd telt niet mee\.$/)
  })

  it.each([
    'CLOCK_STEPPED_BACK',
    'STRAY_POINTS',
    'TRUNCATED',
    'DAMAGED',
    'TIME_MISSING',
    'TIME_OUTLIERS',
    'HR_MESSAGES_DAMAGED',
    'NOT_STOPPED',
    'TIME_ZONE_MISSING',
    'BATCHES_MISSING',
  ])('tells of %s, in words of its own', (code) => {
    const [key] = forClient(run([code]))
    expect(key).toBe(`warned.${code}`)
    for (const words of [nl, en] as Record<string, string>[])
      expect(words[`warned.${code}`]).not.toBe(words[`warning.${code}`])
  })

  it('says what comes to one thing once, and leaves to the question of the date what that says', () => {
    expect(forClient(run(['TIME_BEFORE_2000', 'CLOCK_IMPLAUSIBLE']))).toHaveLength(1)
    expect(forClient(run(['TIME_BEFORE_2000', 'CLOCK_IMPLAUSIBLE', 'TIME_IN_FUTURE'], asked))).toEqual([])
    expect(forClient(run(['TRUNCATED', 'DAMAGED']))).toHaveLength(1)
    expect(forClient(run(['TIME_OUTLIERS', 'TIME_MISSING', 'VALUE_UNREADABLE'])).length).toBeLessThanOrEqual(3)
  })

  it('does not trouble them with what they cannot do anything about', () => {
    expect(forClient(run(['HEADER_SIZE_MISMATCH', 'TRAILING_BYTES', 'HR_MESSAGES_PREFERRED', 'NO_RECORDS']))).toEqual(
      [],
    )
  })

  it('is short, in both languages, without a word of the desk', () => {
    for (const code of all) {
      const [key] = forClient(run([code]))
      if (key === undefined) continue
      expect(nl[key].split(/[.?!:] |[{}]/).every((sentence) => sentence.split(' ').length <= 14)).toBe(true)
      expect(nl[key]).not.toMatch(/record|checksum|controlesom|server|seconde|plaatsen|notifi/i)
      expect(en[key]).not.toMatch(/record\b|checksum|server|activity/i)
    }
  })
})

describe('what staff are told of it', () => {
  it('puts what changes the numbers before them, and loses no code', () => {
    const { numbers, file } = forStaff(run(all.filter((code) => code !== 'TIME_BEFORE_2000')))
    expect([...numbers, ...file].toSorted()).toEqual(all.filter((code) => code !== 'TIME_BEFORE_2000').toSorted())
    for (const code of [
      'TIMER_CONTRADICTED',
      'CLOCK_STEPPED_BACK',
      'MEASURED_IN_PAUSE',
      'TRUNCATED',
      'STRAY_POINTS',
      'BATCHES_MISSING',
    ] as const)
      expect(numbers).toContain(code)
    for (const code of ['TRAILING_BYTES', 'TIME_ZONE_MISSING', 'HEADER_SIZE_MISMATCH'] as const)
      expect(file).toContain(code)
  })

  it('says of a date once that it cannot be right', () => {
    expect(forStaff(run(['TIME_BEFORE_2000', 'CLOCK_IMPLAUSIBLE'])).file).toEqual(['CLOCK_IMPLAUSIBLE'])
    expect(forStaff(run(['TIME_BEFORE_2000', 'CLOCK_IMPLAUSIBLE'], asked)).file).toEqual([])
    expect(forStaff(run(['TIME_BEFORE_2000'])).file).toEqual(['TIME_BEFORE_2000'])
  })

  it('shows a code that this page does not know yet', () => {
    expect(forStaff(run(['OF_TOMORROW'])).file).toEqual(['OF_TOMORROW'])
  })
})
