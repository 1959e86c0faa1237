// Finds the holder of a group run that an older page started. That page stored no holder, but each runner's stream says
// who let them join. Pure.
import type { Here } from '../session/here.ts'
import type { RunHolder } from '../outbox/stored.ts'
import type { Participant } from './participants.ts'

/** @param here who opens it
 *  @returns whoever let the first runner join; where nobody has joined there is nothing of anybody in it, and it is theirs who
 *    opens it; null where that is nobody yet */
export const holderOfOld = (participants: readonly Participant[], here: Here | null): RunHolder | null =>
  holderByJoined(
    participants.map(({ live }) => live.runner.joined ?? null),
    here,
  )

interface Joined {
  readonly atMs: number
  readonly by: string
}

/** The same by what the streams say.
 *  @param joined of each runner; null where their stream does not say it */
export function holderByJoined(joined: readonly (Joined | null)[], here: Here | null): RunHolder | null {
  if (joined.length === 0) return here?.mayRecord === true ? { personId: here.personId, name: here.name } : null
  const [first] = joined.flatMap((one) => one ?? []).toSorted((a, b) => a.atMs - b.atMs)
  return { personId: first?.by ?? '', name: first !== undefined && first.by === here?.personId ? here.name : null }
}
