// One event, one row. Some rules say of a moment what another rule says of it more fully: the report of the run and of the
// weeks tells both, the list has a row for the fuller one only. Asked by rows.ts before anything is placed.
import type { FlagKind } from '../finding.ts'
import { isSameMoment, type FindingOccurrence } from './finding-occurrences.ts'

/** What says it more fully. F2 beside F9 is a note by the rule itself (rule F2); these are its brothers (product choice). */
const fullerOf: ReadonlyMap<FlagKind, FlagKind> = new Map<FlagKind, FlagKind>([
  // A run over the hard limit: that it also rose is part of its story. That nobody eased when told is of its own.
  ['F6.rising', 'F9.hard'],
  // Too long a run in a week that is too long, by the same plan.
  ['F5.longer', 'G8.week_minutes'],
  // The calm part of several runs falls, and of this one it is too small.
  ['G10.calm_share_falling', 'F1.above'],
])

/** Kinds that can be told by another row. */
export const echoKinds: ReadonlySet<FlagKind> = new Set(fullerOf.keys())

/** @param isQuiet whether the fuller one gets no row, since a person called its kind unfounded: then the other speaks for itself
 *  @returns those that another occurrence of the same moment says more fully */
export function findEchoes(
  occurrences: readonly FindingOccurrence[],
  isQuiet: (occurrence: FindingOccurrence) => boolean,
): ReadonlySet<FindingOccurrence> {
  const loud = occurrences.filter((one) => !isQuiet(one))
  return new Set(
    occurrences.filter(({ kind, ...moment }) =>
      loud.some((one) => one.kind === fullerOf.get(kind) && isSameMoment(one, moment)),
    ),
  )
}
