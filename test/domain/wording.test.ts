import { describe, expect, it } from 'vitest'
import { checkInResults } from '../../src/domain/check-in/check-in.ts'
import { cueKinds } from '../../src/domain/cue.ts'
import { patternFlagKinds } from '../../src/domain/finding.ts'
import { wordingKeys, wordsOfCheckIn, wordsOfCue, wordsOfFlag } from '../../src/domain/wording.ts'

describe('wording', () => {
  it("speaks on the client's own device at the friendly cues, and at no button of a therapist (E10)", () => {
    const spoken = cueKinds.filter((kind) => wordsOfCue[kind] !== null)
    expect(spoken).toEqual(['HARD', 'NOT_EASING', 'OVER', 'NO_SIGNAL', 'CLEARED'])
    expect(wordsOfCue.NOT_EASING).toBe(wordsOfCue.OVER)
  })

  it('ends a check-in with a sentence, save where it is talked about', () => {
    expect(checkInResults.map((result) => wordsOfCheckIn[result])).toEqual([
      'words.check_in.ok',
      null,
      'words.check_in.not_today',
    ])
  })

  it('says nothing to a client about early signs, food or rest days taken hard (G13, G14, G15)', () => {
    const told = patternFlagKinds.filter((kind) => wordsOfFlag[kind] !== undefined)
    expect(told).toEqual(['G6.two_a_day', 'G7.no_rest_day', 'G9.night'])
  })

  it('uses every key that it lists', () => {
    const used = new Set([
      ...Object.values(wordsOfCue),
      ...Object.values(wordsOfCheckIn),
      ...Object.values(wordsOfFlag),
    ])
    const listed = wordingKeys.filter((key) => !/^words\.(calm|mostly_calm|too_hard|cannot_tell|walked)/.test(key))
    expect(listed.filter((key) => !used.has(key))).toEqual([])
  })
})
