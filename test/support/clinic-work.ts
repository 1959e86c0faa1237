// What staff do over HTTP, in one line each, for tests of what comes after it. Throws where the answer is another than
// expected, so that it serves inside vitest and outside.

type Ask = (path: string, init?: RequestInit) => Promise<Response>

export interface Uploaded {
  readonly file: string
  readonly result: string
  readonly runId: string
  readonly code: string | null
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The JSON of an answer. @throws where its status is another */
export async function read<T>(answer: Response | Promise<Response>, status = 200): Promise<T> {
  const response = await answer
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

export async function addClient(ask: Ask, firstName = 'Noor'): Promise<string> {
  return (await read<{ id: string }>(ask('/api/clients', post({ firstName, birthYear: 1986 })), 201)).id
}

export const setZone = (
  ask: Ask,
  clientId: string,
  inputs: object,
  reason: string | null = null,
): Promise<{ readonly id: string }> =>
  read(ask(`/api/clients/${clientId}/zones`, post({ inputs, reason, confirmed: ['CEILING_RISES', 'HARD_RISES'] })), 201)

export async function upload(
  ask: Ask,
  clientId: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Uploaded[]> {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(files)) form.append('files', new File([Uint8Array.from(bytes)], name))
  const answer = ask(`/api/clients/${clientId}/runs`, { method: 'POST', body: form })
  return (await read<{ results: Uploaded[] }>(answer)).results
}

/** The code of a problem. */
export const codeOf = async (answer: Response | Promise<Response>, status: number): Promise<string> =>
  (await read<{ code: string }>(answer, status)).code
