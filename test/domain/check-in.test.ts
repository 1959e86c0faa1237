import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkInQuestions,
  checkInResults,
  judgeCheckIn,
  type CheckInAnswers,
} from '../../src/domain/check-in/check-in.ts'

const allWell: CheckInAnswers = Object.fromEntries(
  checkInQuestions.map((question) => [question, question === 'wants_to']),
)

describe('check-in (J)', () => {
  it('is ok when nothing is the matter', () => {
    expect(judgeCheckIn(allWell)).toEqual({ result: 'ok', advice: [], zoneNeedsReview: false, unanswered: [] })
  })

  it.each([
    ['ill', 'not_today'],
    ['chest_or_fainting', 'not_today'],
    ['injury', 'consult'],
    ['alcohol_drugs_withdrawal', 'not_today'],
    ['heat', 'consult'],
    ['fluid_loss', 'consult'],
    ['painkiller', 'consult'],
    ['medicine_changed', 'consult'],
    ['doctor_says_no', 'consult'],
  ] as const)('%s leads to %s', (question, result) => {
    expect(judgeCheckIn({ ...allWell, [question]: true }).result).toBe(result)
  })

  it('takes fluid loss more seriously in the heat', () => {
    expect(judgeCheckIn({ ...allWell, fluid_loss: true, heat: true }).result).toBe('not_today')
  })

  it('holds not wanting to against nobody', () => {
    expect(judgeCheckIn({ ...allWell, wants_to: false })).toMatchObject({ result: 'ok', advice: ['come_and_watch'] })
  })

  it('asks to look at the calm limit again after a change of medicine (A10)', () => {
    expect(judgeCheckIn({ ...allWell, medicine_changed: true }).zoneNeedsReview).toBe(true)
  })

  it('never gets better by one more complaint, and knows what is still open', () => {
    const answers = fc.record(
      Object.fromEntries(checkInQuestions.map((question) => [question, fc.boolean()])) as Record<
        (typeof checkInQuestions)[number],
        fc.Arbitrary<boolean>
      >,
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(answers, fc.constantFrom(...checkInQuestions.slice(0, -1)), (given, worse) => {
        const rank = (one: CheckInAnswers) => checkInResults.indexOf(judgeCheckIn(one).result)
        expect(rank({ ...given, [worse]: true })).toBeGreaterThanOrEqual(rank({ ...given, [worse]: false }))
        expect(judgeCheckIn(given).unanswered).toEqual(checkInQuestions.filter((question) => !(question in given)))
      }),
    )
  })
})
