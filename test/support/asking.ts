// What the contracts have in common: a signed-in clinic, and asking it as the page does.
import { expect } from 'vitest'
import { joinFirst, send, type Ask, type NewClinic } from './sign-in.ts'

export interface Runtime {
  /** A fresh clinic. */
  readonly openNew: () => Promise<NewClinic>
  readonly fixture: (name: string) => Uint8Array
}

/** Asking a fresh clinic as its first administrator, who guides runners too. */
export const openAs =
  ({ openNew }: Runtime) =>
  async (): Promise<Ask> =>
    joinFirst(await openNew())

export interface Result {
  readonly file: string
  readonly part: number | null
  readonly result: string
  readonly runId: string
  readonly code: string | null
  readonly message: string | null
  readonly verdict: string | null
  readonly startedAtMs: number | null
  readonly startOffsetS: number | null
  readonly movingS: number | null
  readonly asksDate: boolean
}

export async function read<T>(response: Response | Promise<Response>, status = 200): Promise<T> {
  const settled = await response
  const text = await settled.text()
  expect([settled.status, settled.status === status ? '' : text]).toEqual([status, ''])
  return (text === '' ? null : JSON.parse(text)) as T
}
export async function addClient(request: Ask, firstName = 'Noor'): Promise<string> {
  const body = { firstName, birthYear: 1986, watchLevel: 'standard' }
  return (await read<{ id: string }>(request('/api/clients', send('POST', body)), 201)).id
}
export const setZone = (request: Ask, clientId: string, inputs: object, reason: string | null = null) =>
  request(`/api/clients/${clientId}/zones`, send('POST', { inputs, reason }))

/** Files as an upload has them. */
export function formOf(files: Readonly<Record<string, Uint8Array>>): FormData {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(files)) form.append('files', new File([Uint8Array.from(bytes)], name))
  return form
}

export async function upload(
  request: Ask,
  clientId: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Result[]> {
  const response = request(`/api/clients/${clientId}/runs`, { method: 'POST', body: formOf(files) })
  return (await read<{ results: Result[] }>(response)).results
}
