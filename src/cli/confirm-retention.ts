// `calmpace confirm-retention`: a person says that the clock is right and what is due may be deleted, where retention waits
// (`src/domain/retention.ts`). Deletes nothing itself: the server does, at its next start or within a day.
import { requireFailure } from '../node/failure.ts'
import { confirmRetention, lookAtRetention } from '../store/rights/retention-guard.ts'
import { openToChange } from './open-to-change.ts'
import type { Output } from './output.ts'

/** @returns the exit code: 0 it is written down, 1 nothing was changed */
export async function confirm(dataFolder: string, nowMs: number, output: Output): Promise<0 | 1> {
  try {
    const store = await openToChange(dataFolder)
    try {
      const { due } = await lookAtRetention(store, nowMs)
      await confirmRetention(store, nowMs)
      output.print(
        `calmpace: it is ${new Date(nowMs).toISOString()}. That is noted. What is due is deleted at the next start of the server, or ` +
          `within a day${due === 0 ? '' : `: the readings of ${due} ${due === 1 ? 'run' : 'runs'} that are long due, and of those that came in lately`}`,
      )
      return 0
    } finally {
      await store.close()
    }
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  }
}
