// Decides for each runner alone: who has trouble, how much data the next request carries, and how long it waits. The
// other runners continue. Nothing here is stored on disk: a page that opens tries everybody together again. Pure.
import { MAX_BATCHES_PER_REQUEST } from '../../src/live/protocol.ts'
import { backOffMs } from './send-plan.ts'
import type { BatchKey } from './stored.ts'

/** Changed in place. */
interface Fate {
  /** Sent in requests of its own. */
  alone: boolean
  /** The next request brings no more of it. */
  mostBatches: number
  failures: number
  /** Left alone until then, by the steady clock. */
  untilMs: number
  /** Whether a request without any batch is asked for: is it the batches, or whose they are? */
  probe: 'no' | 'wanted' | 'done'
  /** Batches that came alone and brought trouble: they go behind all others, one at a time. */
  readonly suspects: Set<number>
}

/** Runners with trouble, by participation. A runner who is not in it has none. */
export type Fates = Map<string, Fate>

const newFate = (): Fate => ({
  alone: false,
  mostBatches: MAX_BATCHES_PER_REQUEST,
  failures: 0,
  untilMs: -Infinity,
  probe: 'no',
  suspects: new Set(),
})

function fateOf(fates: Fates, id: string): Fate {
  const fate = fates.get(id) ?? newFate()
  fates.set(id, fate)
  return fate
}

export const isLeft = (fates: Fates, id: string, nowMs: number): boolean =>
  nowMs < (fates.get(id)?.untilMs ?? -Infinity)
export const isAlone = (fates: Fates, id: string): boolean => fates.get(id)?.alone ?? false
export const isProbed = (fates: Fates, id: string): boolean => fates.get(id)?.probe === 'wanted'
export const isSuspect = (fates: Fates, { participationId, number }: BatchKey): boolean =>
  fates.get(participationId)?.suspects.has(number) ?? false
export const mostBatchesOf = (fates: Fates, id: string): number => fates.get(id)?.mostBatches ?? MAX_BATCHES_PER_REQUEST

/** A request of several failed, and not for the network: each is tried alone. */
export function setApart(fates: Fates, ids: readonly string[]): void {
  for (const id of ids) fateOf(fates, id).alone = true
}

/** The server has trouble with this one. It is left alone for a while, then less of it is tried.
 *  @param sent what the request brought of it
 *  @returns for how long */
export function leaveForNow(
  fates: Fates,
  id: string,
  sent: readonly BatchKey[],
  nowMs: number,
  random: number,
): number {
  const fate = fateOf(fates, id)
  const [only] = sent
  if (sent.length === 1 && only !== undefined) fate.suspects.add(only.number)
  else if (sent.length > 1) fate.mostBatches = Math.floor(sent.length / 2)
  fate.failures++
  const waitMs = backOffMs(fate.failures, random)
  fate.untilMs = nowMs + waitMs
  return waitMs
}

/** What a request of one runner said is refused for what it says. It shrinks to one batch; before that it is found out
 *  whether an empty one is refused as well.
 *  @returns `again`: something smaller is to be tried; else what is refused for good */
export function shrink(fates: Fates, id: string, sent: readonly BatchKey[]): 'again' | 'runner' | 'batch' {
  const fate = fateOf(fates, id)
  if (sent.length === 0) return 'runner'
  if (fate.probe === 'no') {
    fate.probe = 'wanted'
    return 'again'
  }
  if (sent.length === 1) return 'batch'
  fate.mostBatches = Math.floor(sent.length / 2)
  return 'again'
}

/** Something of it was taken, or a probe was answered: the next request may bring twice as much, and in the end it is sent
 *  with all others again. */
export function recover(fates: Fates, id: string, taken: readonly BatchKey[]): void {
  const fate = fates.get(id)
  if (fate === undefined) return
  fate.failures = 0
  if (fate.probe === 'wanted') {
    fate.probe = 'done'
    return
  }
  // A batch that was taken after all had no part in the trouble, and nor had those like it.
  if (taken.some(({ number }) => fate.suspects.has(number))) fate.suspects.clear()
  fate.mostBatches = Math.min(MAX_BATCHES_PER_REQUEST, fate.mostBatches * 2)
  if (fate.mostBatches === MAX_BATCHES_PER_REQUEST && fate.suspects.size === 0) fates.delete(id)
}

/** Runners that are left alone now. */
export const listLeft = (fates: Fates, nowMs: number): string[] =>
  [...fates].filter(([, { untilMs }]) => nowMs < untilMs).map(([id]) => id)
