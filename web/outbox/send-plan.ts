// When sending is tried again and what of an answer calls for more, purely.
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import type { BatchKey, Sent, StoredGroupRun, StoredParticipation } from './stored.ts'

const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 60_000
/** A server that misses a batch over and over is not given it for ever … product choice. */
const MOST_REPEATS = 3

/** How long to wait after so many failures in a row, spread so that phones do not come together.
 *  @param random from 0 to 1 */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2)

/** Names a batch, or everything of a runner. */
export const nameOf = (participationId: string, number: number | null): string => `${participationId} ${number ?? '*'}`

/** What is to be written down about a runner after an answer; null where it says nothing new. */
export function toSent(before: StoredParticipation, answer: BatchesAnswer): Sent | null {
  const said = answer.participations.find(({ id }) => id === before.id)
  const refusal = answer.refused.find(({ participationId }) => participationId === before.id)
  const taken = answer.acknowledged.some(({ participationId }) => participationId === before.id)
  const after: Sent = {
    arrival: said?.state ?? before.arrival,
    composedRunId: said?.runId ?? before.composedRunId,
    refused: refusal?.code ?? (taken ? null : before.refused),
  }
  const isNew =
    after.arrival !== before.arrival || after.composedRunId !== before.composedRunId || after.refused !== before.refused
  return isNew ? after : null
}

/** What the server misses, to be sent once more.
 *  @param repeats how often each was, by name; counted on */
export function listMissing(answer: BatchesAnswer, repeats: Map<string, number>): BatchKey[] {
  const justTaken = new Set(answer.acknowledged.map(({ participationId, number }) => nameOf(participationId, number)))
  const missing = answer.participations.flatMap(({ id, missing }) =>
    missing.map((number): BatchKey => ({ participationId: id, number })),
  )
  return missing.filter(({ participationId, number }) => {
    const name = nameOf(participationId, number)
    const times = repeats.get(name) ?? 0
    if (justTaken.has(name) || times >= MOST_REPEATS) return false
    repeats.set(name, times + 1)
    return true
  })
}

/** Whether to ask about a runner of whom everything was sent: the group run is over, and the server still waited. */
export const isAskedFor = ({ endedAtMs }: StoredGroupRun, { arrival }: Sent): boolean =>
  endedAtMs !== null && arrival === 'arriving'

/** Codes that say nothing of what was sent: the server has trouble of its own. */
const troubles: readonly string[] = ['INTERNAL', 'NOT_READY', 'CLOSED']
export type SendFailure = 'offline' | 'signed_out' | 'trouble' | 'refused'

/** What a failed request means for the sending.
 *  @param code `codeOf` what was thrown */
export function toFailure(code: string): SendFailure {
  if (code === 'offline') return 'offline'
  if (code === 'SIGNED_OUT' || code === 'SECOND_FACTOR_REQUIRED') return 'signed_out'
  return troubles.includes(code) ? 'trouble' : 'refused'
}
