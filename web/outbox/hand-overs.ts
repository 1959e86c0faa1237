// Runs that somebody took over on this phone, until the server knows. They are on disk under their own name, so neither
// the end of the run nor the end of a session deletes them. The server decides: a refused take-over is undone.
import { signal, type ReadonlySignal } from '@preact/signals'
import type { HandOverRequest } from '../../src/live/protocol.ts'
import type { Outbox } from './outbox.ts'
import type { RunHolder } from './stored.ts'

export interface HandOver {
  readonly groupRunId: string
  readonly from: RunHolder | null
  readonly told: Omit<HandOverRequest, 'sentAtMs'>
}

export interface HandOvers {
  /** Those that the server refused while this page is there, newest last. */
  readonly refused: ReadonlySignal<readonly HandOver[]>
  /** In memory from this call on. @returns once it is on disk */
  readonly add: (one: HandOver) => Promise<void>
  /** Reports take-overs that the server does not know yet. @throws ApiError if all sending must stop */
  readonly sendAll: () => Promise<void>
}

/** The server's word that it may not be. */
const REFUSED = 'NOT_FOUND'

/** @param tell throws an ApiError
 *  @param codeOf of what `tell` threw */
export function openHandOvers(
  outbox: Pick<Outbox, 'kept' | 'keep' | 'ready' | 'listGroupRuns' | 'putGroupRun'>,
  tell: (groupRunId: string, request: HandOverRequest) => Promise<void>,
  codeOf: (error: unknown) => string,
): HandOvers {
  const refused = signal<readonly HandOver[]>([])
  let waiting: readonly HandOver[] | null = null
  const known = async (): Promise<readonly HandOver[]> => {
    if (waiting !== null) return waiting
    await outbox.ready
    const kept = (await outbox.kept<readonly HandOver[]>('handOvers')) ?? []
    return (waiting ??= kept)
  }
  const put = (all: readonly HandOver[]): Promise<void> => {
    waiting = all
    return outbox.keep('handOvers', all)
  }
  const giveBack = async (one: HandOver) => {
    refused.value = [...refused.value, one]
    const run = (await outbox.listGroupRuns()).find(({ id }) => id === one.groupRunId)
    const isStillTheirs = run?.holder?.personId === one.told.toPersonId
    if (run !== undefined && isStillTheirs) await outbox.putGroupRun({ ...run, holder: one.from ?? nobody })
  }
  return {
    refused,
    add: async (one) => put([...(await known()), one]),
    sendAll: async () => {
      for (const one of await known()) {
        try {
          await tell(one.groupRunId, { ...one.told, sentAtMs: Date.now() })
        } catch (error) {
          if (codeOf(error) !== REFUSED) throw error
          await giveBack(one)
        }
        // A disk that keeps it has it told again, which changes nothing.
        await put((await known()).filter(({ told }) => told.id !== one.told.id)).catch(() => undefined)
      }
    },
  }
}

/** Nobody is shown it until somebody takes it over. */
export const nobody: RunHolder = { personId: '', name: null }
