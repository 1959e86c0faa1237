// Whose a group run is that an older page began: it kept no name of whoever held the phone, but each runner's stream says who
// let them join. Pure.
import type { Here } from '../session/here.ts'
import type { RunHolder } from '../outbox/stored.ts'
import type { Participant } from './roll.ts'

/** @param here who opens it
 *  @returns whoever let the first runner join; where nobody has joined there is nothing of anybody in it, and it is theirs who
 *    opens it; null where that is nobody yet */
export function holderOfOld(participants: readonly Participant[], here: Here | null): RunHolder | null {
  if (participants.length === 0) return here?.mayRecord === true ? { personId: here.personId, name: here.name } : null
  const joined = participants.flatMap(({ live }) => live.runner.joined ?? [])
  const [first] = joined.toSorted((a, b) => a.atMs - b.atMs)
  return { personId: first?.by ?? '', name: first !== undefined && first.by === here?.personId ? here.name : null }
}
