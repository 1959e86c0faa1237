// Requests that bring in watch files. A long one goes on at the server by itself: the page asks how far it is, and goes on asking where
// the network fails in between.
import type { InferResponseType } from 'hono/client'
import { readAnswer, isSilence } from './answer-meanings.ts'
import { ApiError, meaningOf } from './api-error.ts'
import { client, done, quietly, read } from './request.ts'

const runs = client.api.clients[':clientId'].runs
const imports = client.api.clients[':clientId'].imports

export type UploadResult = InferResponseType<typeof runs.$post, 200>['results'][number]
export type Import = InferResponseType<(typeof imports)[':importId']['$get'], 200>

/** product choice: somebody looks on, and a second is soon enough. */
const LOOK_MS = 1000

/** Upload files. @returns their results in their order, or the import that goes on with them */
export async function uploadFiles(
  clientId: string,
  files: readonly File[],
  plannedMin: number | null,
): Promise<readonly UploadResult[] | Import> {
  const form = new FormData()
  for (const file of files) form.append('files', file)
  if (plannedMin !== null) form.append('plannedMin', String(plannedMin))
  const url = runs.$url({ param: { clientId }, query: {} })
  const answer = await read<{ results: UploadResult[] } | Import>(fetch(url, { method: 'POST', body: form }))
  return 'state' in answer ? answer : answer.results
}

/** Those that I began and whose answer I did not get. */
export const listImports = (clientId: string) => read(imports.$get({ param: { clientId } }, quietly))

/** End it, or forget what came of it; what it added stays. */
export const forgetImport = (clientId: string, importId: string) =>
  done(imports[':importId'].$delete({ param: { clientId, importId } }))

export const isUnderWay = ({ state }: Pick<Import, 'state'>): boolean => state === 'waiting' || state === 'working'

/** Ask of an import until it has ended.
 *  @param onProgress each time; null where nothing is heard of the server, which is asked again
 *  @param signal of whoever wants to know no more
 *  @returns null where nobody wants to know any more, or it was given up
 *  @throws ApiError where the server refuses to tell */
export async function followImport(
  clientId: string,
  importId: string,
  onProgress: (one: Import | null) => void,
  signal: AbortSignal,
): Promise<Import | null> {
  const param = { clientId, importId }
  while (!signal.aborted) {
    const one = await read(imports[':importId'].$get({ param, query: {} }, quietly)).catch((error: unknown) => {
      if (isSilence(meaningOf(error))) return null
      throw error
    })
    if (signal.aborted) break
    onProgress(one)
    if (one !== null && !isUnderWay(one)) return one
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return null
}

/** Why an import failed, as the error that its answer would have been; null where it did not. */
export function failureOf({ code }: Pick<Import, 'code'>): ApiError | null {
  if (code === null) return null
  const answer = readAnswer(500, code)
  return new ApiError(answer.code, [], answer.meaning)
}
