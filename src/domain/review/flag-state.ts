// How a flag is worked on: its states, the steps a person can take, and what each step needs. Pure: the page asks before it
// offers a step, the server before it writes one. No step is taken by itself.

export const flagStates = ['open', 'acknowledged', 'in_conversation', 'escalated', 'resolved', 'false_alarm'] as const
export type FlagState = (typeof flagStates)[number]

/** Nobody is done with it. */
export const waitingStates = [
  'open',
  'acknowledged',
  'in_conversation',
  'escalated',
] as const satisfies readonly FlagState[]
/** A person said that it is done with. */
const closedStates = ['resolved', 'false_alarm'] as const satisfies readonly FlagState[]
export const isClosed = (state: FlagState): boolean => closedStates.some((closed) => closed === state)

/** What a person does with a flag, in the order in which it is offered. */
export const reviewActs = ['acknowledge', 'talk', 'resolve', 'escalate', 'false_alarm', 'reopen', 'comment'] as const
export type ReviewAct = (typeof reviewActs)[number]

/** What happens to a flag beside that: it was raised, its rule held again for a later run, its numbers changed because more
 *  came in, a person opened it first, what it rested on is no more, the client removed its run and it stays, the colleague whom
 *  it was handed to cannot open it any more. */
export const flagHappenings = ['raised', 'seen_again', 'renumbered', 'opened', 'over', 'kept', 'handed_back'] as const
export const flagActs = [...flagHappenings, ...reviewActs] as const
export type FlagAct = (typeof flagActs)[number]

/** Why a flag is done with. */
export const resolveReasons = ['talked', 'agreement_changed', 'limit_changed', 'handed_over', 'nothing_needed'] as const
export type ResolveReason = (typeof resolveReasons)[number]

/** Why a flag is over without a step of its own: somebody removed its run; or nobody had touched it and runs that came in
 *  later show that it never held, or that another row says it more fully. */
export const overReasons = ['run_removed', 'never_held', 'told_by_another'] as const
export type OverReason = (typeof overReasons)[number]
export const closeReasons = [...resolveReasons, ...overReasons] as const
export type CloseReason = (typeof closeReasons)[number]

export interface Step {
  readonly act: ReviewAct
  /** Of `resolve`. */
  readonly reason: ResolveReason | null
  readonly note: string | null
  /** Of `escalate`: the colleague. */
  readonly toPersonId: string | null
}

/** What a step lacks. `NOT_FROM_HERE`: the flag's state does not lead there. `COLLEAGUE_CANNOT_OPEN`: who was chosen does not guide
 *  the client (any more), or is the one who asks; the server alone knows. */
export const stepProblems = [
  'NOT_FROM_HERE',
  'REASON_REQUIRED',
  'NOTE_REQUIRED',
  'COLLEAGUE_REQUIRED',
  'COLLEAGUE_CANNOT_OPEN',
] as const
export type StepProblem = (typeof stepProblems)[number]

interface ActRule {
  readonly from: readonly FlagState[]
  /** Null leaves the state as it is. */
  readonly to: FlagState | null
  readonly needs: readonly Exclude<StepProblem, 'NOT_FROM_HERE' | 'COLLEAGUE_CANNOT_OPEN'>[]
}

/** product choice: a colleague who got a flag acknowledges it anew; reopening says why, for somebody had closed it. */
const rules: Readonly<Record<ReviewAct, ActRule>> = {
  acknowledge: { from: ['open', 'escalated'], to: 'acknowledged', needs: [] },
  talk: { from: ['open', 'acknowledged', 'escalated'], to: 'in_conversation', needs: [] },
  resolve: { from: waitingStates, to: 'resolved', needs: ['REASON_REQUIRED', 'NOTE_REQUIRED'] },
  escalate: { from: waitingStates, to: 'escalated', needs: ['COLLEAGUE_REQUIRED'] },
  false_alarm: { from: waitingStates, to: 'false_alarm', needs: [] },
  reopen: { from: closedStates, to: 'open', needs: ['NOTE_REQUIRED'] },
  comment: { from: flagStates, to: null, needs: ['NOTE_REQUIRED'] },
}

/** Steps that can be taken from a state. */
export const actsFrom = (state: FlagState): ReviewAct[] => reviewActs.filter((act) => rules[act].from.includes(state))

/** What a step needs beside the press. */
export const needsOf = (act: ReviewAct): readonly StepProblem[] => rules[act].needs

/** Where a step leads.
 *  @returns the state from then on, or everything that the step lacks; nothing is changed then */
export function stepFlag(
  state: FlagState,
  { act, reason, note, toPersonId }: Step,
):
  { readonly ok: true; readonly state: FlagState } | { readonly ok: false; readonly problems: readonly StepProblem[] } {
  const { from, to, needs } = rules[act]
  if (!from.includes(state)) return { ok: false, problems: ['NOT_FROM_HERE'] }
  const given = {
    REASON_REQUIRED: reason !== null,
    NOTE_REQUIRED: note !== null && note.trim() !== '',
    COLLEAGUE_REQUIRED: toPersonId !== null,
  }
  const problems = needs.filter((need) => !given[need])
  return problems.length > 0 ? { ok: false, problems } : { ok: true, state: to ?? state }
}
