// What came of a runner's recording at the server, asked for as the page's person.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { until } from '../straps/rig.ts'

export interface ArrivedRun {
  readonly id: string
  readonly warnings: readonly string[]
  readonly elapsedS: number
  readonly verdict: string
  readonly hands: readonly { readonly elapsedS: number; readonly kind: string }[]
  readonly assessment: {
    readonly cues: readonly { readonly elapsedS: number; readonly kind: string }[]
    readonly flags: readonly { readonly kind: string }[]
  }
  readonly file: Uint8Array
}

/** The newest run of a client, once it is there. */
export async function newestRun(page: Page, url: string, clientId: string, ms = 15_000): Promise<ArrivedRun> {
  const get = async <T>(path: string): Promise<T> => {
    const response = await page.request.get(`${url}${path}`)
    assert.ok(response.ok(), `${path}: ${response.status()}`)
    return (await response.json()) as T
  }
  const listed = async () => (await get<{ items: { id: string }[] }>(`/api/clients/${clientId}/runs`)).items
  await until(async () => (await listed()).length > 0, `a run of ${clientId} came`, ms)
  const [first] = await listed()
  assert.ok(first !== undefined)
  const run = await get<Omit<ArrivedRun, 'file'>>(`/api/runs/${first.id}`)
  const file = await page.request.get(`${url}/api/runs/${first.id}/file`)
  return { ...run, file: await file.body() }
}
