// Imports whose answer is not waited for, asked of as a page does. Inside vitest and outside.
import { read, type Uploaded } from './clinic-work.ts'

type Ask = (path: string, init?: RequestInit) => Promise<Response>

export interface Import {
  readonly id: string
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  readonly code: string | null
  readonly files: { readonly done: number; readonly total: number | null }
  readonly bytes: { readonly done: number; readonly total: number }
  readonly results: readonly (Uploaded & { readonly part: number | null; readonly message: string | null })[]
  readonly left: readonly { readonly counts: readonly { readonly count: number }[] }[]
}

/** Begin one, and have its address as the answer. */
export async function laterImport(
  ask: Ask,
  clientId: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(files)) form.append('files', new File([Uint8Array.from(bytes)], name))
  const headers = { prefer: 'wait=0' }
  const response = await ask(`/api/clients/${clientId}/runs`, { method: 'POST', body: form, headers })
  await read(response, 202)
  return response.headers.get('location') ?? ''
}

/** Ask of it until it has ended. */
export async function endOfImport(ask: Ask, address: string): Promise<Import> {
  for (;;) {
    const one = await read<Import>(ask(address))
    if (one.state === 'done' || one.state === 'failed') return one
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
