// The facts of a group run with their types, for the screens. The outbox stores these parts as plain data without
// looking into them.
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
