// Which of several recordings of one run counts where runs are counted (section G), as long as a person did not say that they
// are two: the harder one, so that a question which nobody answers hides nothing.
import type { Verdict } from '../assessment.ts'
import type { HistoryRun } from '../patterns/history.ts'

/** What the choice rests on. */
export interface Countable {
  readonly run: Pick<HistoryRun, 'id' | 'urgent' | 'hard' | 'attention' | 'verdict' | 'calmShare'>
  /** Whether its clock is the surer one: a device that knows UTC, or that writes its own offset. */
  readonly clockIsSure: boolean
}

/** Two runs that may be one, or that a person called one. */
export type TwinPair = readonly [runId: string, otherRunId: string]

export interface Counted<T extends Countable> {
  readonly counts: T
  /** Recordings of the same run, which do not count. */
  readonly doubles: readonly T[]
}

/** Each run once, in the order given. A third recording that is a double of one that does not count itself is counted: what
 *  people said of pairs is not stretched to others.
 *  @param runs of equal ones the earlier counts */
export function countOnce<T extends Countable>(runs: readonly T[], pairs: readonly TwinPair[]): Counted<T>[] {
  const others = new Map<string, string[]>()
  for (const [one, other] of pairs) {
    others.set(one, [...(others.get(one) ?? []), other])
    others.set(other, [...(others.get(other) ?? []), one])
  }
  const doublesOf = new Map<string, T[]>()
  for (const one of runs.toSorted(byHardness)) {
    const counting = others.get(one.run.id)?.find((id) => doublesOf.has(id))
    if (counting === undefined) doublesOf.set(one.run.id, [])
    else doublesOf.get(counting)?.push(one)
  }
  return runs.flatMap((counts) => {
    const doubles = doublesOf.get(counts.run.id)
    return doubles === undefined ? [] : [{ counts, doubles }]
  })
}

/** Of runs of which nothing but the name is asked: each once, the first of those that are one. */
export function withoutDoubles(runIds: readonly string[], pairs: readonly TwinPair[]): string[] {
  const kept: string[] = []
  for (const id of runIds)
    if (!pairs.some(([one, other]) => (one === id && kept.includes(other)) || (other === id && kept.includes(one))))
      kept.push(id)
  return kept
}

/** The harder one first. What a flag or a verdict would say goes before the clock, the clock before small differences. */
function byHardness(a: Countable, b: Countable): number {
  const [ranksA, ranksB] = [ranksOf(a), ranksOf(b)]
  for (const [i, rank] of ranksA.entries()) if (rank !== ranksB[i]) return (ranksB[i] ?? 0) - rank
  return 0
}

const ranksOf = ({ run: { urgent, hard, attention, verdict, calmShare }, clockIsSure }: Countable): number[] => [
  urgent ? 1 : 0,
  hard ? 1 : 0,
  attention.length,
  hardness[verdict],
  clockIsSure ? 1 : 0,
  calmShare === null ? 0 : 1 - calmShare,
]

/** What could not be judged counts only where nothing could be. */
const hardness: Readonly<Record<Verdict, number>> = {
  too_hard: 3,
  mostly_calm: 2,
  calm: 1,
  'cannot_tell:no_zone': 0,
  'cannot_tell:too_short': 0,
  'cannot_tell:signal': 0,
}
