import { describe, expect, it } from 'vitest'
import { planOfDraft } from '../../web/screens/clients/client/plan/plan-draft.ts'

const draft = { weekdays: ['2', '6'], minutes: '30', runFor: '', walkFor: '', reason: '', reasonForClient: '' }

describe('the form of an agreement', () => {
  it('is calm running and no reason where nothing was typed', () => {
    expect(planOfDraft(draft)).toEqual({
      weekdays: [2, 6],
      runMin: 30,
      intervals: null,
      reason: null,
      reasonForClient: null,
    })
  })

  it('keeps twenty seconds that it showed as a third of a minute', () => {
    const { intervals } = planOfDraft({ ...draft, runFor: String(90 / 60), walkFor: String(20 / 60) })
    expect(intervals).toEqual({ runS: 90, walkS: 20 })
  })

  it('never makes calm running of half an interval, which the server refuses', () => {
    expect(planOfDraft({ ...draft, runFor: '2' }).intervals).toEqual({ runS: 120, walkS: 0 })
  })
})
