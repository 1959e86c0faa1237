import { describe, expect, it } from 'vitest'
import { clockWords } from '../../web/screens/runs/run/clock-words.ts'

describe('how far two clocks lie apart, in words', () => {
  it('says minutes, whole hours as hours, and nothing of less than a minute', () => {
    expect([40, -59, 0].map(clockWords)).toEqual([null, null, null])
    expect(clockWords(180)).toEqual({ key: 'run.nearMinutes', values: { minutes: 3, side: 'later' } })
    expect(clockWords(-62)).toEqual({ key: 'run.nearMinutes', values: { minutes: 1, side: 'earlier' } })
    expect(clockWords(7200)).toEqual({ key: 'run.nearHours', values: { hours: 2, side: 'later' } })
    expect(clockWords(5400)).toEqual({ key: 'run.nearMinutes', values: { minutes: 90, side: 'later' } })
  })
})
