// One day or run of a client's reports in words, for the client's own table and for their therapist. Only what the
// client answered.
import type { AfterRun } from '../../../api/self-report.ts'
import type { MessageKey } from '../../../messages/translate.ts'

const measures = ['sleepH', 'mood', 'energy', 'rpe', 'painNrs'] as const
type SelfReport = Pick<AfterRun, (typeof measures)[number] | 'mealsForRunning'>

interface SelfReportWords {
  readonly key: MessageKey
  /** Null where the words have no number. */
  readonly value: number | null
}

/** Their own words (`whatHelped`) are not among them: those are quoted. */
export function selfReportWords(one: SelfReport): SelfReportWords[] {
  const numbers = measures.flatMap((name): SelfReportWords[] => {
    const value = one[name]
    return value === null ? [] : [{ key: `flags.told.${name}`, value }]
  })
  return one.mealsForRunning ? [...numbers, { key: 'after.mealsTold', value: null }] : numbers
}
