// Turns the plan form into the agreement that is sent. Pure. The server decides what is allowed.
import type { PlanInput } from '../../../../api/self-report.ts'

/** As typed; numbers in minutes, empty where nothing was typed. */
export interface PlanDraft {
  readonly weekdays: readonly string[]
  readonly minutes: string
  readonly runFor: string
  readonly walkFor: string
  readonly reason: string
  readonly reasonForClient: string
}

/** Running and walking go together: the form asks for both or none. */
export function planOfDraft({ weekdays, minutes, runFor, walkFor, ...reasons }: PlanDraft): PlanInput {
  return {
    weekdays: weekdays.map(Number),
    runMin: Number(minutes),
    intervals: runFor === '' && walkFor === '' ? null : { runS: secondsOf(runFor), walkS: secondsOf(walkFor) },
    reason: reasons.reason || null,
    reasonForClient: reasons.reasonForClient || null,
  }
}

/** Whole seconds: of twenty seconds the form shows a third of a minute. */
const secondsOf = (minutes: string): number => Math.round(Number(minutes) * 60)
