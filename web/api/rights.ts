// Requests to download all data of a client as a zip, to import such a zip, and to erase a client.
import type { CsvDialect } from '../../src/domain/languages.ts'
import type { InferResponseType } from 'hono/client'
import { client, read, readAny } from './request.ts'

const oneClient = client.api.clients[':clientId']

export type ImportedData = InferResponseType<(typeof oneClient)['import']['$post'], 200>

export const dataUrl = (clientId: string, dialect: CsvDialect): string =>
  `/api/clients/${encodeURIComponent(clientId)}/data.zip?dialect=${dialect}`

export async function importData(clientId: string, zip: File) {
  const form = new FormData()
  form.append('files', zip)
  const url = oneClient.import.$url({ param: { clientId } })
  return read<ImportedData>(fetch(url, { method: 'POST', body: form }))
}

/** Runners of this first name, for administrators. */
export const findToErase = (firstName: string) => read(client.api.erasures.search.$post({ json: { firstName } }))

export type CopiesLeft = InferResponseType<(typeof oneClient)['$delete'], 200>['copiesLeft']

/** @param confirmation the client's first name, typed
 *  @returns until when copies may stand in the files of the server; null where there are none */
export async function eraseClient(clientId: string, confirmation: string): Promise<CopiesLeft | null> {
  const left = await readAny<unknown>(oneClient.$delete({ param: { clientId }, json: { confirmation } }))
  return (left as { readonly copiesLeft: CopiesLeft } | null)?.copiesLeft ?? null
}
