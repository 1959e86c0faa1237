// A group run as its screens know it. The outbox keeps these parts as plain data without looking into them; here they come
// back as what they were.
import type { ParameterOverrides } from '../../src/domain/parameters/parameters.ts'
import type { RunWalkPlan } from '../../src/domain/plan.ts'
import type { StoredGroupRun } from '../outbox/stored.ts'
import type { PlanTimer } from './plan-timer.ts'

export interface GroupRunFacts extends StoredGroupRun {
  readonly plan: RunWalkPlan
  readonly timer: PlanTimer
  readonly settings: {
    /** The clinic's changes to the rules' parameters, as this phone knew them when the run was made. */
    readonly parameters: ParameterOverrides
  }
}

/** Only this page writes what it reads here. */
export const toGroupRun = (stored: StoredGroupRun): GroupRunFacts => stored as GroupRunFacts
