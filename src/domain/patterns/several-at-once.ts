// Rule G16: three of intensity, amount, rest and night at attention within a week. Each alone waits for its turn; together
// they ask for a look, whether or not anything is told.
import { runIdsIn, sides, type Side } from '../evidence.ts'
import { makeFinding, type Finding, type PatternFlagKind, type RunFlagKind } from '../finding.ts'
import type { PatternParameters } from '../parameters/pattern.ts'
import type { History } from './history.ts'
import { flagNight, flagNoRest, flagNotEasing, flagTrend, flagTwoADay, flagWeek } from './rhythm-flags.ts'
import { runsOf, viewOf, type View } from './view.ts'

const sideOf: Readonly<Partial<Record<RunFlagKind | PatternFlagKind, Side>>> = {
  'F1.above': 'intensity',
  'F6.rising': 'intensity',
  'F9.hard': 'intensity',
  'F9.not_easing': 'intensity',
  'F10.possible_misreading': 'intensity',
  'G10.calm_share_falling': 'intensity',
  'G11.not_easing': 'intensity',
  'F5.longer': 'amount',
  'G8.week_minutes': 'amount',
  'G6.two_a_day': 'rest',
  'G7.no_rest_day': 'rest',
  'G9.night': 'night',
}
const patternRules = [flagTrend, flagNotEasing, flagTwoADay, flagNoRest, flagWeek, flagNight]

/** What was attention at some run of the last seven days, as of that run. */
export function flagSeveral(view: View): Finding<PatternFlagKind> | null {
  const { history, atMs, p } = view
  const weekRuns = runsOf(view.week)
  if (weekRuns.length === 0) return null
  const seen = new Map<Side, { kinds: Set<string>; runIds: Set<string> }>()
  const note = (kind: RunFlagKind | PatternFlagKind, runIds: readonly string[]) => {
    const side = sideOf[kind]
    if (side === undefined) return
    const of = seen.get(side) ?? { kinds: new Set(), runIds: new Set() }
    of.kinds.add(kind)
    for (const id of runIds) of.runIds.add(id)
    seen.set(side, of)
  }
  for (const run of weekRuns) for (const kind of run.attention) note(kind, [run.id])
  // Runs of no known date came in, and so ended, at one moment.
  const ends = new Set(weekRuns.map(({ startedAtMs, elapsedS }) => Math.min(startedAtMs + elapsedS * 1000, atMs)))
  for (const endMs of ends) for (const { kind, runIds } of attentionAt(history, endMs, p)) note(kind, runIds)
  if (seen.size < p.severalSides) return null
  const found = sides.filter((side) => seen.has(side))
  const kinds = [...seen.values()].flatMap((of) => [...of.kinds]).toSorted()
  const runIds = [...new Set([...seen.values()].flatMap((of) => [...of.runIds]))].toSorted()
  return makeFinding('G16.several_at_once', 'look', { sides: found, sidesCount: found.length, kinds, runIds })
}

function attentionAt(history: History, atMs: number, p: PatternParameters) {
  const view = viewOf(history, atMs, p)
  return patternRules.flatMap((rule) => {
    const flag = rule(view)
    if (flag?.level !== 'attention') return []
    return [{ kind: flag.kind, runIds: runIdsIn(flag.evidence) }]
  })
}
