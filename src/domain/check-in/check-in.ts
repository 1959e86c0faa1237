// Section J: ten questions before the run, and where each answer leads. The answers themselves are kept nowhere; only the
// day and the result are. The app never advises anything about a medicine.

export const checkInResults = ['ok', 'consult', 'not_today'] as const
/** `ok`, `overleg`, `niet_vandaag`: rising. */
export type CheckInResult = (typeof checkInResults)[number]

/** In the order in which they are asked. */
export const checkInQuestions = [
  'ill',
  'chest_or_fainting',
  'injury',
  'alcohol_drugs_withdrawal',
  'heat',
  'fluid_loss',
  'painkiller',
  'medicine_changed',
  'doctor_says_no',
  'wants_to',
] as const
export type CheckInQuestion = (typeof checkInQuestions)[number]
/** True is yes; a question that was not answered is absent. */
export type CheckInAnswers = Readonly<Partial<Record<CheckInQuestion, boolean>>>

/** Words that go with a result (section J), in the order of the questions. */
export const checkInAdvice = [
  'call_doctor_today',
  'walking_is_fine',
  'supervisor_now',
  'shorter_shade_water',
  'ask_about_painkiller',
  'come_and_watch',
] as const
export type CheckInAdvice = (typeof checkInAdvice)[number]

interface Consequence {
  readonly result: CheckInResult
  readonly advice?: CheckInAdvice
}

/** What a yes leads to (for `wants_to`, a no). */
const consequences: Readonly<Record<CheckInQuestion, Consequence>> = {
  ill: { result: 'not_today' },
  chest_or_fainting: { result: 'not_today', advice: 'call_doctor_today' },
  injury: { result: 'consult', advice: 'walking_is_fine' },
  alcohol_drugs_withdrawal: { result: 'not_today', advice: 'supervisor_now' },
  heat: { result: 'consult', advice: 'shorter_shade_water' },
  fluid_loss: { result: 'consult' },
  painkiller: { result: 'consult', advice: 'ask_about_painkiller' },
  medicine_changed: { result: 'consult' },
  doctor_says_no: { result: 'consult' },
  wants_to: { result: 'ok', advice: 'come_and_watch' },
}

export interface CheckInOutcome {
  readonly result: CheckInResult
  readonly advice: readonly CheckInAdvice[]
  /** Rule A10: the calm limit is to be looked at again; the last one keeps running. */
  readonly zoneNeedsReview: boolean
  /** Questions that are still open. Without all answers the result is only what it would be at least. */
  readonly unanswered: readonly CheckInQuestion[]
}

/** Where the answers lead. Not wanting to run is never held against anybody. */
export function judgeCheckIn(answers: CheckInAnswers): CheckInOutcome {
  let result: CheckInResult = 'ok'
  const advice: CheckInAdvice[] = []
  for (const question of checkInQuestions) {
    const answer = answers[question]
    if (answer === undefined || answer !== (question !== 'wants_to')) continue
    const consequence = consequences[question]
    // Vomiting or drinking little weighs more where heat does (question 6 with 5).
    const reached = question === 'fluid_loss' && answers.heat === true ? 'not_today' : consequence.result
    if (checkInResults.indexOf(reached) > checkInResults.indexOf(result)) result = reached
    if (consequence.advice !== undefined) advice.push(consequence.advice)
  }
  return {
    result,
    advice,
    zoneNeedsReview: answers.medicine_changed === true,
    unanswered: checkInQuestions.filter((question) => answers[question] === undefined),
  }
}
