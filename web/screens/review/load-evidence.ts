// Loads the data beside a flag: its run, the samples, the client's weeks.
import { findPatterns, findRun, findSeries } from '../../api/api.ts'
import { codeOf } from '../../api/request.ts'
import { findFlag, type InboxFlag } from '../../api/review.ts'

/** Gone where the samples are; any other failure is one. */
function noSeries(error: unknown): null {
  if (codeOf(error) !== 'SAMPLES_GONE') throw error
  return null
}

/** Everything that is drawn or told beside the flag itself. */
export async function loadEvidence(flagId: string, row: InboxFlag | null) {
  const { runId, clientId } = row ?? (await findFlag(flagId))
  const [run, series, patterns] = await Promise.all([
    runId === null ? null : findRun(runId),
    runId === null ? null : findSeries(runId).catch(noSeries),
    findPatterns(clientId),
  ])
  return { run, series, patterns }
}
export type FlagEvidence = Awaited<ReturnType<typeof loadEvidence>>
