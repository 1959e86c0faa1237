import { describe, expect, it } from 'vitest'
import { selfReportWords } from '../../web/screens/clients/client/self-report-words.ts'

const nothing = { sleepH: null, mood: null, energy: null, rpe: null, painNrs: null, mealsForRunning: false }

describe('toldWords', () => {
  it('says what was told and nothing else, a nought too', () => {
    expect(selfReportWords(nothing)).toEqual([])
    expect(selfReportWords({ ...nothing, sleepH: 7.5, painNrs: 0 })).toEqual([
      { key: 'flags.told.sleepH', value: 7.5 },
      { key: 'flags.told.painNrs', value: 0 },
    ])
  })

  it('says that meals were skipped where nothing else was told', () => {
    expect(selfReportWords({ ...nothing, mealsForRunning: true })).toEqual([{ key: 'after.mealsTold', value: null }])
  })
})
