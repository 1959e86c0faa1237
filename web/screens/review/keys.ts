// The letter key of each step. They are the first letters of the Dutch words where these differ. Both languages show
// them.
import { actsFrom, type FlagState, type ReviewAct } from '../../../src/domain/review/flag-state.ts'

export const letters: Readonly<Record<ReviewAct, string>> = {
  acknowledge: 'Z',
  talk: 'G',
  resolve: 'O',
  escalate: 'D',
  false_alarm: 'F',
  reopen: 'H',
  comment: 'B',
}

/** The step of a key, where the flag's state allows it. */
export const actOfKey = (key: string, state: FlagState): ReviewAct | null =>
  actsFrom(state).find((act) => letters[act] === key.toUpperCase()) ?? null

/** Whether keys are text where the focus is. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [role=img]')
