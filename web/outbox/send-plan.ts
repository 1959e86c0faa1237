// Decides when to try sending again, and which answers need more requests. Pure.
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import { endOf, type BatchKey, type Sent, type StoredGroupRun, type StoredParticipation } from './stored.ts'

const FIRST_WAIT_MS = 2000
const LONGEST_WAIT_MS = 60_000
/** A server that misses a batch over and over is not given it for ever … product choice. */
const MOST_REPEATS = 3

/** How long to wait after so many failures in a row, spread so that phones do not come together.
 *  @param random from 0 to 1 */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2)

/** Names a batch. */
export const nameOf = ({ participationId, number }: BatchKey): string => `${participationId} ${number}`

/** Final refusals of a whole runner: sending again is refused again. Other refusals may pass. */
const forGood: readonly string[] = ['NOT_FOUND', 'PARTICIPATION_OTHER', 'RUN_REMOVED']

/** What an answer says of one runner: `refused` for good, with its code; `trouble`: not now; `taken`: at least something was;
 *  `silent`: it does not say what became of what was sent. */
export type RunnerFate =
  { readonly fate: 'refused'; readonly code: string } | { readonly fate: 'trouble' | 'taken' | 'silent' }

/** @param sent batches of this runner that the request brought */
export function fateIn(answer: BatchesAnswer, participationId: string, sent: readonly BatchKey[]): RunnerFate {
  const whole = answer.refused.find((one) => one.participationId === participationId && one.number === null)
  if (whole !== undefined)
    return forGood.includes(whole.code) ? { fate: 'refused', code: whole.code } : { fate: 'trouble' }
  const answeredKeys = new Set(
    [...answer.acknowledged, ...answer.refused.filter(({ code }) => code !== 'TROUBLE')].flatMap(
      ({ participationId, number }) => (number === null ? [] : [nameOf({ participationId, number })]),
    ),
  )
  const answered = sent.filter((key) => answeredKeys.has(nameOf(key)))
  return { fate: answered.length > 0 || sent.length === 0 ? 'taken' : 'silent' }
}

/** What is to be written down about a runner after an answer; null where it says nothing new.
 *  @param nowMs wall clock */
export function toSent(
  before: StoredParticipation,
  answer: BatchesAnswer,
  fate: RunnerFate,
  nowMs: number,
): Partial<Sent> | null {
  const said = answer.participations.find(({ id }) => id === before.id)
  const arrival = said?.state ?? before.arrival
  const composedRunId = said?.runId ?? before.composedRunId
  const after: Partial<Sent> =
    fate.fate === 'refused'
      ? { arrival, composedRunId, ...refusedSince(before, fate.code, nowMs) }
      : fate.fate === 'taken'
        ? { arrival, composedRunId, refused: null, refusedAtMs: before.setAside > 0 ? before.refusedAtMs : null }
        : { arrival, composedRunId }
  const isNew =
    arrival !== before.arrival ||
    composedRunId !== before.composedRunId ||
    (after.refused !== undefined && after.refused !== before.refused)
  return isNew ? after : null
}

/** A refusal keeps the moment at which it was first said: the term for which it is kept begins there. */
export const refusedSince = (before: Sent, code: string, nowMs: number): Pick<Sent, 'refused' | 'refusedAtMs'> => ({
  refused: code,
  refusedAtMs: before.refusedAtMs ?? nowMs,
})

/** What the server misses, to be sent once more.
 *  @param repeats how often each was, by name; counted on */
export function listMissing(answer: BatchesAnswer, repeats: Map<string, number>): BatchKey[] {
  const justTaken = new Set(answer.acknowledged.map(nameOf))
  const missing = answer.participations.flatMap(({ id, missing }) =>
    missing.map((number): BatchKey => ({ participationId: id, number })),
  )
  return missing.filter((key) => {
    const name = nameOf(key)
    const times = repeats.get(name) ?? 0
    if (justTaken.has(name) || times >= MOST_REPEATS) return false
    repeats.set(name, times + 1)
    return true
  })
}

/** Whether to ask about a runner whose data were all sent: the group run is over, and the server still waited. */
export const isAskedFor = (run: StoredGroupRun, { arrival }: Sent, nowMs: number): boolean =>
  arrival === 'arriving' && endOf(run) <= nowMs
