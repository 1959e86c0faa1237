// Handles a request without an answer: is the server away, or does only this request get no answer (a gateway that
// gives up, a filter that drops it, a limit)? If the same request were repeated alone, it would block everybody for
// ever. So after some tries a request without a batch finds out. Pure.
import type { SealedBatch, StoredParticipation } from './stored.ts'

export interface Request {
  readonly participations: readonly StoredParticipation[]
  readonly batches: readonly SealedBatch[]
}

export interface Silence {
  readonly runId: string
  /** The last that brought batches, or the question that came before any. */
  readonly request: Request
  /** Requests in a row without an answer. */
  readonly count: number
  /** The server has answered a question since: it is there. */
  readonly isThere: boolean
}

/** So often a request of several gets no answer before the server is asked whether it is there … product choice. Where
 *  somebody is sent alone already, once is enough. */
const SILENT_BEFORE_ASKING = 3

/** One more request got no answer. */
export function noteSilence(before: Silence | null, runId: string, request: Request): Silence {
  const isSame = before?.runId === runId
  // A question that gets none says nothing of what was sent before it.
  const isQuestion = request.batches.length === 0
  return {
    runId,
    request: isSame && isQuestion ? before.request : request,
    count: isSame ? before.count + 1 : 1,
    isThere: false,
  }
}

/** Whom the question is about; null where it is not asked now. Somebody else each time: the one with trouble may get no
 *  answer to anything. */
export function askerAfter(
  silence: Silence | null,
  runId: string,
  runners: readonly StoredParticipation[],
  isAlone: (id: string) => boolean,
): StoredParticipation | null {
  if (silence?.runId !== runId || silence.isThere) return null
  const { participations } = silence.request
  const isOneApart = participations.length === 1 && participations.every(({ id }) => isAlone(id))
  if (silence.count < (isOneApart ? 1 : SILENT_BEFORE_ASKING)) return null
  return runners[silence.count % runners.length] ?? null
}
