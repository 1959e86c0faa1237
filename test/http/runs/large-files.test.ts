import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { corpusIsHere, readCorpus } from '../../support/corpus.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'

afterAll(closeClinics)

const open = async () => joinFirst(await openClinic())

describe('an upload of large files', () => {
  it('leaves a file of 200 MB with a word about it, and takes the one beside it', async () => {
    const request = await open()
    const body = JSON.stringify({ firstName: 'Noor', birthYear: 1986 })
    const headers = { 'content-type': 'application/json' }
    const client = (await (await request('/api/clients', { method: 'POST', headers, body })).json()) as { id: string }
    const form = new FormData()
    form.append('files', new File([new Uint8Array(200 * 1024 * 1024)], 'huge.fit'))
    form.append(
      'files',
      new File([readFileSync(new URL('../../../fixtures/fit/calm-run.fit', import.meta.url))], 'calm.fit'),
    )
    const response = await request(`/api/clients/${client.id}/runs`, { method: 'POST', body: form })
    const { results } = (await response.json()) as { results: { code: string | null; result: string }[] }
    expect(results.map(({ code, result }) => code ?? result)).toEqual(['TOO_LARGE', 'added'])
  })

  it.skipIf(!corpusIsHere)('takes a real file of 3 MB (../shared/corpus)', async () => {
    const request = await open()
    const body = JSON.stringify({ firstName: 'Noor', birthYear: 1986 })
    const headers = { 'content-type': 'application/json' }
    const client = (await (await request('/api/clients', { method: 'POST', headers, body })).json()) as { id: string }
    const bytes = readCorpus('GoldenCheetah+GoldenCheetah/MultiSport-2019-11-24.fit')
    const form = new FormData()
    form.append('files', new File([Uint8Array.from(bytes)], 'multisport.fit'))
    const response = await request(`/api/clients/${client.id}/runs`, { method: 'POST', body: form })
    const { results } = (await response.json()) as { results: { runId: string; result: string }[] }
    expect(results.map(({ result }) => result)).toEqual(['added'])
    const back = await request(`/api/runs/${results[0]?.runId}/file`)
    expect(Buffer.compare(Buffer.from(await back.arrayBuffer()), bytes)).toBe(0)
  })
})
