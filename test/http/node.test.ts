import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { inviteFirstAdministrator } from '../../src/http/sign-in/join.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSpool } from '../../src/node/spool-upload.ts'
import { corpusIsHere, readCorpus } from '../support/corpus.ts'
import { joinFirst, type NewClinic } from '../support/sign-in.ts'
import { httpContract } from './contract.ts'

const folders: string[] = []
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

async function openNew(): Promise<NewClinic> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-'))
  const store = await openStore(folder)
  folders.push(folder)
  closing.push(store.close)
  const nowMs = () => Date.now()
  const newId = () => crypto.randomUUID()
  const app = createApp({
    store,
    nowMs,
    newId,
    readUpload: await makeSpool(folder),
    secret: 'only for tests '.repeat(4),
    origin: 'http://localhost',
    addressOf: () => '127.0.0.1',
  })
  const firstToken = (await inviteFirstAdministrator(store, newId, nowMs())) ?? ''
  return { ask: async (path, init) => app.request(path, init), firstToken }
}
const open = async () => joinFirst(await openNew())

describe('HTTP on Node, with a SQLite file', () => {
  httpContract({
    openNew,
    fixture: (name) => new Uint8Array(readFileSync(new URL(`../../fixtures/fit/${name}.fit`, import.meta.url))),
  })

  it('leaves a file of 200 MB with a word about it, and takes the one beside it', async () => {
    const request = await open()
    const body = JSON.stringify({ firstName: 'Noor', birthYear: 1986 })
    const headers = { 'content-type': 'application/json' }
    const client = (await (await request('/api/clients', { method: 'POST', headers, body })).json()) as { id: string }
    const form = new FormData()
    form.append('files', new File([new Uint8Array(200 * 1024 * 1024)], 'huge.fit'))
    form.append(
      'files',
      new File([readFileSync(new URL('../../fixtures/fit/calm-run.fit', import.meta.url))], 'calm.fit'),
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
