// What a client told of one day or run, in words: for their own table, and for whoever guides them. Only what was told.
import type { AfterRun } from '../../../api/self-report.ts'
import type { MessageKey } from '../../../messages/translate.ts'

const measures = ['sleepH', 'mood', 'energy', 'rpe', 'painNrs'] as const
type Told = Pick<AfterRun, (typeof measures)[number] | 'mealsForRunning'>

interface SelfReportWords {
  readonly key: MessageKey
  /** Null where the words have no number. */
  readonly value: number | null
}

/** Their own words (`whatHelped`) are not among them: those are quoted. */
export function selfReportWords(one: Told): SelfReportWords[] {
  const numbers = measures.flatMap((name): SelfReportWords[] => {
    const value = one[name]
    return value === null ? [] : [{ key: `flags.told.${name}`, value }]
  })
  return one.mealsForRunning ? [...numbers, { key: 'after.mealsTold', value: null }] : numbers
}
