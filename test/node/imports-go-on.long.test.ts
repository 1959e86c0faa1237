// Imports on a real server whose connection is cut, or whose process is killed, after the upload came whole.
import { request, type ClientRequest } from 'node:http'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../fixtures/fit/made-runs.ts'
import { addClient, formOf, read } from '../support/asking.ts'
import { asking, joinFirst } from '../support/first-person.ts'
import { endOfImport, laterImport, type Import } from '../support/imports.ts'
import { startServer, type Served } from '../support/served.ts'
import { send, type Ask } from '../support/sign-in.ts'

const RUNS = 150
const seconds = kinetics([{ forS: 900, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3)
const runs = Array.from({ length: RUNS }, (_, i) => [`${i}.fit`, encodeRun(seconds, { startTime: START - i * 86_400 })])
const zip = zipSync({ ...Object.fromEntries(runs), 'sleep.json': new Uint8Array(9) })

let folder = ''
let server: Served
let cookie = ''
let ask: Ask
let noor = ''
const start = async () => {
  server = await startServer(folder)
  ask = asking(server.url, cookie)
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'calmpace-jobs-'))
  server = await startServer(folder)
  cookie = await joinFirst(server)
  ask = asking(server.url, cookie)
  noor = await addClient(ask)
})
afterEach(async () => {
  await server.end('SIGKILL')
  rmSync(folder, { recursive: true })
})

const waiting = () => readdirSync(folder).filter((name) => name.startsWith('upload-'))
const imports = async () => (await read<{ items: Import[] }>(ask(`/api/clients/${noor}/imports`))).items
const addressOf = ({ id }: Import) => `/api/clients/${noor}/imports/${id}`
const runCount = async () => {
  const { items } = await read<{ items: { id: string; runCount: number }[] }>(ask('/api/clients'))
  return items.find(({ id }) => id === noor)?.runCount
}
const countOf = ({ results }: Import) => {
  const counts = new Map<string, number>()
  for (const { result } of results) counts.set(result, (counts.get(result) ?? 0) + 1)
  return Object.fromEntries(counts)
}

/** Until some files of it are read, and not all. */
async function inTheMiddle(): Promise<Import> {
  for (;;) {
    const [one] = await imports()
    if (one !== undefined && one.files.done > 10) {
      expect([one.state, one.files.done < RUNS]).toEqual(['working', true])
      return one
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** An upload on a connection of its own. */
async function uploadOn(path: string): Promise<ClientRequest> {
  const form = new Request('http://localhost', { method: 'POST', body: formOf({ 'export.zip': zip }) })
  const headers = { cookie, origin: server.url, 'content-type': form.headers.get('content-type') ?? '' }
  const asked = request(`${server.url}${path}`, { method: 'POST', headers, agent: false })
  asked.on('error', () => undefined)
  asked.end(Buffer.from(await form.arrayBuffer()))
  return asked
}

it('goes on where the connection breaks after the upload, and tells of it to whoever asks later', async () => {
  const asked = await uploadOn(`/api/clients/${noor}/runs`)
  const one = await inTheMiddle()
  expect(waiting().map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600])
  expect(one.bytes.done).toBeLessThan(one.bytes.total)
  asked.destroy()
  const ended = await endOfImport(ask, addressOf(one))
  expect([ended.state, countOf(ended), ended.left]).toMatchObject([
    'done',
    { added: RUNS },
    [{ archive: 'export.zip' }],
  ])
  expect([await runCount(), waiting()]).toEqual([RUNS, []])
})

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'goes on at the next start after %s, and stores nothing twice',
  async (signal) => {
    const address = await laterImport(ask, noor, { 'export.zip': zip })
    await inTheMiddle()
    await server.end(signal)
    expect(waiting()).toHaveLength(1)
    await start()
    const ended = await endOfImport(ask, address)
    expect([ended.state, countOf(ended)]).toEqual(['done', { added: RUNS }])
    expect([await runCount(), waiting()]).toEqual([RUNS, []])
  },
)

it('that ends the process again and again is given up, and says what to do', async () => {
  const address = await laterImport(ask, noor, { 'export.zip': zip })
  await inTheMiddle()
  await server.end('SIGKILL')
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  sqlite.exec('update import_job set tries = 3')
  sqlite.close()
  await start()
  const ended = await endOfImport(ask, address)
  expect(ended).toMatchObject({ state: 'failed', code: 'IMPORT_INTERRUPTED', results: [] })
  await expect.poll(waiting).toEqual([])
  const kept = await runCount()
  expect(kept).toBeGreaterThan(10)
  // Sent again, as it says: what was read is known, and the rest comes.
  const again = await endOfImport(ask, await laterImport(ask, noor, { 'export.zip': zip }))
  expect(countOf(again)).toEqual({ already_there: kept, added: RUNS - (kept ?? 0) })
})

it('ends with the client who is erased, and leaves no byte of theirs', async () => {
  await laterImport(ask, noor, { 'export.zip': zip })
  await inTheMiddle()
  await read(ask(`/api/clients/${noor}`, send('DELETE', { confirmation: 'Noor' })), 204)
  expect(waiting()).toEqual([])
  await server.end('SIGTERM')
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  for (const table of ['run', 'run_file', 'import_job', 'import_result', 'client'])
    expect([table, sqlite.prepare(`select count(*) as rows from ${table}`).get()]).toEqual([table, { rows: 0 }])
  sqlite.close()
})

it('that is still being sent when its client is erased is given up, and leaves no byte', async () => {
  const headers = { cookie, origin: server.url, 'content-type': 'multipart/form-data; boundary=b' }
  const sent = request(`${server.url}/api/clients/${noor}/runs`, { method: 'POST', headers, agent: false })
  const { promise: answered, resolve } = Promise.withResolvers<number | undefined>()
  sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', () => undefined)
  sent.write('--b\r\nContent-Disposition: form-data; name="files"; filename="Noor.tcx"\r\n\r\n<x>')
  await expect.poll(waiting).toHaveLength(1)
  await read(ask(`/api/clients/${noor}`, send('DELETE', { confirmation: 'Noor' })), 204)
  expect(waiting()).toEqual([])
  expect(await answered).toBe(404)
  sent.destroy()
})

it('that somebody gives up ends; what it had read stays', async () => {
  const address = await laterImport(ask, noor, { 'export.zip': zip })
  await inTheMiddle()
  await read(ask(address, { method: 'DELETE' }), 204)
  const kept = await runCount()
  expect([(kept ?? 0) > 10, (kept ?? RUNS) < RUNS, await imports(), waiting()]).toEqual([true, true, [], []])
})
