import { describe, expect, it } from 'vitest'
import { toldWords } from '../../web/screens/clients/client/self-report-words.ts'

const nothing = { sleepH: null, mood: null, energy: null, rpe: null, painNrs: null, mealsForRunning: false }

describe('toldWords', () => {
  it('says what was told and nothing else, a nought too', () => {
    expect(toldWords(nothing)).toEqual([])
    expect(toldWords({ ...nothing, sleepH: 7.5, painNrs: 0 })).toEqual([
      { key: 'flags.told.sleepH', value: 7.5 },
      { key: 'flags.told.painNrs', value: 0 },
    ])
  })

  it('says that meals were skipped where nothing else was told', () => {
    expect(toldWords({ ...nothing, mealsForRunning: true })).toEqual([{ key: 'after.mealsTold', value: null }])
  })
})
