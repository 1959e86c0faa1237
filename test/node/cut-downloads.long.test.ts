// A download that is cut by the server's end: whoever takes it sees that it is not whole. A proxy that asks by
// HTTP/1.0 (nginx does by default) sees it by the length, and of the zip by its missing directory.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sourceOfBytes } from '../../src/formats/byte-source.ts'
import { openArchive } from '../../src/formats/archive/read-archive.ts'
import { addClient, upload } from '../support/asking.ts'
import { asking, joinFirst } from '../support/first-person.ts'
import { startServer, type Served } from '../support/served.ts'

let folder = ''
let server: Served
let cookie = ''
let clientId = ''
let runId = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'calmpace-cut-'))
  server = await startServer(folder)
  cookie = await joinFirst(server)
  const ask = asking(server.url, cookie)
  clientId = await addClient(ask)
  const tcx = readFileSync(new URL('../../fixtures/xml/two-activities.tcx', import.meta.url))
  // More than the sockets between the two hold.
  const blanks = randomBytes(2 ** 20).map((byte) => 32 - (byte % 2) * 22)
  const wide = Buffer.concat([tcx, ...Array.from({ length: 56 }, () => blanks)])
  const [result] = await upload(ask, clientId, { 'wide.tcx': wide })
  runId = result?.runId ?? ''
})
afterAll(async () => {
  await server.end('SIGKILL')
  rmSync(folder, { recursive: true })
})

interface Taking {
  readonly response: IncomingMessage
  /** Take the rest. */
  readonly goOn: () => void
  readonly end: Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }>
}
/** Ask, and take no more of the answer than its beginning. */
async function begin(path: string): Promise<Taking> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${server.url}${path}`, { headers: { cookie }, agent: false }, resolve).once('error', reject)
  })
  const pieces: Buffer[] = []
  const isWhole = new Promise<boolean>((resolve) => {
    // What anybody's HTTP client tells: whether the answer came to its end.
    response.once('close', () => resolve(response.complete && response.errored === null))
  })
  response.on('error', () => undefined)
  response.on('data', (piece: Buffer) => pieces.push(piece))
  await once(response, 'data')
  response.pause()
  const end = isWhole.then((whole) => ({ bytes: Buffer.concat(pieces), isWhole: whole }))
  return { response, goOn: () => response.resume(), end }
}

it('every download but the zip says how long it is, so that no proxy takes a part for all of it', async () => {
  const exports = ['csv', 'fhir', 'open-mhealth', 'fit'].map((format) => `/api/runs/${runId}/exports/${format}`)
  for (const path of [...exports, `/api/runs/${runId}/file`, `/api/runs/${runId}/series`]) {
    const { response, goOn, end } = await begin(path)
    goOn()
    const { bytes, isWhole } = await end
    expect([path, response.headers['content-length'], isWhole]).toEqual([path, String(bytes.length), true])
  }
  const zip = await begin(`/api/clients/${clientId}/data.zip`)
  expect(zip.response.headers).toMatchObject({ 'transfer-encoding': 'chunked' })
  zip.goOn()
  const { bytes, isWhole } = await zip.end
  expect([isWhole, (await openArchive(sourceOfBytes(bytes))).ok]).toEqual([true, true])
})

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'cut by %s in the middle, a download is an error for who takes it',
  async (signal) => {
    const [zip, file] = [await begin(`/api/clients/${clientId}/data.zip`), await begin(`/api/runs/${runId}/file`)]
    await server.end(signal)
    for (const { response, goOn, end } of [zip, file]) {
      expect(response.statusCode).toBe(200)
      goOn()
      expect((await end).isWhole).toBe(false)
    }
    // Where something in between hides the cut, the zip itself tells: its directory stands at its end.
    const { bytes } = await zip.end
    expect(bytes.length).toBeGreaterThan(0)
    expect(() => unzipSync(bytes)).toThrow()
    expect(await openArchive(sourceOfBytes(bytes))).toMatchObject({ ok: false })
    server = await startServer(folder)
  },
)
