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
  const others = othersOf(pairs)
  const doublesOf = new Map<string, T[]>()
  for (const one of hardestFirst(runs)) {
    const counting = others.get(one.run.id)?.find((id) => doublesOf.has(id))
    if (counting === undefined) doublesOf.set(one.run.id, [])
    else doublesOf.get(counting)?.push(one)
  }
  return runs.flatMap((counts) => {
    const doubles = doublesOf.get(counts.run.id)
    return doubles === undefined ? [] : [{ counts, doubles }]
  })
}

/** These runs, and all that are bound to them by pairs, of whatever length the chain is: what is counted of them depends on no other. */
export function boundTogether(runIds: readonly string[], pairs: readonly TwinPair[]): string[] {
  const others = othersOf(pairs)
  const found = new Set(runIds)
  // A set that grows while it is gone over is gone over to its end.
  for (const id of found) for (const other of others.get(id) ?? []) found.add(other)
  return [...found]
}

/** Of runs of which nothing but the name is asked: each once, the first of those that are one. */
export function withoutDoubles(runIds: readonly string[], pairs: readonly TwinPair[]): string[] {
  const kept: string[] = []
  for (const id of runIds)
    if (!pairs.some(([one, other]) => (one === id && kept.includes(other)) || (other === id && kept.includes(one))))
      kept.push(id)
  return kept
}

function othersOf(pairs: readonly TwinPair[]): ReadonlyMap<string, readonly string[]> {
  const others = new Map<string, string[]>()
  const add = (one: string, other: string) => {
    const known = others.get(one)
    if (known === undefined) others.set(one, [other])
    else known.push(other)
  }
  for (const [one, other] of pairs) {
    add(one, other)
    add(other, one)
  }
  return others
}

/** What a flag or a verdict would say goes before the clock, the clock before small differences. */
function hardestFirst<T extends Countable>(runs: readonly T[]): T[] {
  const ranked = runs.map((one) => ({ one, ranks: ranksOf(one) }))
  return ranked.toSorted((a, b) => byRank(a.ranks, b.ranks)).map(({ one }) => one)
}

function byRank(a: readonly number[], b: readonly number[]): number {
  for (const [i, rank] of a.entries()) if (rank !== b[i]) return (b[i] ?? 0) - rank
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
