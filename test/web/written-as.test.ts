// How days, moments and numbers are written in both languages: in English as in Europe, day before month, 24 hours.
import { describe, expect, it, vi } from 'vitest'

const AFTERNOON_MS = Date.UTC(2026, 10, 9, 14, 5)

describe('days, moments and numbers', () => {
  it.each([
    ['nl', '9 nov', '9 nov 2026, 14:05', '1.234,5'],
    ['en', '9 Nov', '9 Nov 2026, 14:05', '1,234.5'],
  ] as const)('%s', async (language, day, moment, tenths) => {
    vi.stubGlobal('navigator', { languages: ['nl'] })
    const { formatDay, formatMoment, formatTenths, locale } = await import('../../web/messages/translate.ts')
    locale.value = language
    expect(formatDay(AFTERNOON_MS, 0)).toBe(day)
    expect(formatMoment(AFTERNOON_MS, 0)).toBe(moment)
    expect(formatTenths(1234.5)).toBe(tenths)
    // What is kept for the next one is kept by language.
    expect([formatDay(AFTERNOON_MS, 36_000), formatDay(AFTERNOON_MS, 0)]).toEqual([day.replace('9', '10'), day])
    locale.value = 'nl'
  })
})
