// Section G as flags: what a client's last weeks show, as of one moment. Each says what is different from the agreement
// or from usual; none says why, and a person closes each.
import { makeFinding, type Finding, type PatternFlagKind } from '../finding.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import type { RuleSet } from '../rule-sets.ts'
import { SLACK } from '../rounding.ts'
import type { History } from './history.ts'
import { dailyLoads, fosterWeek, loadChange } from './load.ts'
import * as rhythm from './rhythm-flags.ts'
import { flagSeveral } from './several-at-once.ts'
import { flagEarlySigns, flagFood, flagRestDays, flagVeryLow } from './self-report-flags.ts'
import { viewOf, type View } from './view.ts'

export type PatternFlag = Finding<PatternFlagKind>

/** All pattern flags that hold as of `atMs`, in the order of `patternFlagKinds`. */
export function findPatternFlags(
  history: History,
  atMs: number,
  ruleSets: readonly RuleSet[],
  p: PatternParameters = patternDefaults,
): PatternFlag[] {
  const view = viewOf(history, atMs, p)
  const found = [
    flagVeryLow(view),
    ...(ruleSets.includes('early_signs') ? flagEarlySigns(view) : []),
    flagSeveral(view),
    rhythm.flagNotEasing(view),
    flagFood(view),
    rhythm.flagTrend(view),
    rhythm.flagTwoADay(view),
    rhythm.flagNoRest(view),
    rhythm.flagWeek(view),
    rhythm.flagNight(view),
    rhythm.flagUnplanned(view),
    ...flagLoad(view),
    flagRestDays(view),
  ]
  return found.filter((flag) => flag !== null)
}

/** G4 and G5, from session RPE where every run has one, else from minutes. */
function flagLoad({ sessions, today, p }: View): PatternFlag[] {
  const { loads: daily, loadOf } = dailyLoads(sessions, today)
  if (daily.length === 0) return []
  const flags: PatternFlag[] = []
  const { acute, chronic, ratio } = loadChange(daily, p)
  if (ratio !== null && ratio > p.changeNoteRatio + SLACK)
    flags.push(makeFinding('G4.change', 'note', { acute, chronic, ratio, loadOf }))
  const lastWeek = daily.slice(-p.windowDays)
  const { monotony, strain } = fosterWeek(lastWeek)
  const runDays = lastWeek.filter((load) => load > 0).length
  if (lastWeek.length === p.windowDays && monotony !== null && monotony > p.monotonyNote + SLACK)
    if (runDays >= p.monotonyMinRunDays)
      flags.push(makeFinding('G5.monotony', 'note', { monotony, strain, runDays, loadOf }))
  return flags
}
