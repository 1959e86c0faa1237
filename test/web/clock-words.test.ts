import { describe, expect, it } from 'vitest'
import { t } from '../../web/messages/translate.ts'
import { clockWords } from '../../web/screens/run/clock-words.ts'

const said = (laterS: number) => {
  const words = clockWords(laterS)
  return words === null ? null : t(words.key, words.values)
}

describe('how far two clocks lie apart, in words', () => {
  it('says minutes, whole hours as hours, and nothing of less than a minute', () => {
    expect([40, -59, 0].map(said)).toEqual([null, null, null])
    expect(said(180)).toBe('Op de klok is de andere 3 minuten later.')
    expect(said(-62)).toBe('Op de klok is de andere 1 minuut eerder.')
    expect(said(7200)).toBe('Op de klok is de andere 2 uur later.')
    expect(said(-3600)).toBe('Op de klok is de andere 1 uur eerder.')
    expect(said(5400)).toBe('Op de klok is de andere 90 minuten later.')
  })
})
