// A crowd that wants to hold up everybody: hundreds of connections that send much, little or nothing, and a million parts in
// one upload. Meanwhile others read what they always read: they are answered, and nearly as fast; memory stays bounded.
import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../house/run.ts'
import { addClient, setZone } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { startServer, type Served } from '../support/served.ts'
import { peakMb } from './peak-memory.ts'
import type { Check } from '../support/check.ts'

/** Over what the same reads take without a crowd (docs/operations.md, Limits). */
const MAX_GROWTH_MB = 150
const MAX_RATIO = 4
const TRIES = 3
const CONNECTIONS = 300
const PARTS = 1_000_000
const READS = 600
const READERS = 2

const crowds = {
  megabyte: 'that send a megabyte before any sign-in and then wait',
  waiting: 'that send as much as may be before any sign-in and then wait',
  dribbling: 'that send a byte now and then',
  silent: 'that say nothing',
} as const

export async function crowd(check: Check): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-crowd-'))
  // As a proxy in front would ask: all of them from one address, which is no reason to refuse any.
  const server = await startServer(folder, 0, { CALMPACE_TRUST_PROXY: '1' })
  try {
    const cookie = await joinFirst(server)
    const ask = asking(server.url, cookie)
    const clientId = await addClient(ask, 'Noor')
    await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
    const paths = ['/api/me', '/api/clients', `/api/clients/${clientId}`, `/api/clients/${clientId}/zones`]
    const readAll = () => timeReads(ask, paths, READS)
    // What the process needs once does not belong to the crowd.
    await readAll()
    for (const [kind, words] of Object.entries(crowds))
      await check(`${CONNECTIONS} connections ${words} hold up nobody, in bounded memory`, () =>
        expectUndisturbed(server, readAll, async (work) => {
          const child = await startCrowd(kind, server)
          try {
            return await work()
          } finally {
            const ended = new Promise((resolve) => child.once('exit', resolve))
            child.kill('SIGKILL')
            await ended
          }
        }),
      )
    await check('a million parts in one upload are refused, hold up nobody, and take bounded memory', () =>
      expectUndisturbed(server, readAll, async (work) => {
        const sending = sendParts(server, cookie, clientId)
        const measured = await work()
        // Told, or cut off while it still sent: never taken.
        assert.ok(['413', 'cut'].includes(await sending), await sending)
        return measured
      }),
    )
  } finally {
    await server.end('SIGTERM')
    rmSync(folder, { recursive: true })
  }
}

type During = (work: () => Promise<number[]>) => Promise<number[]>

/** The same reads before, during and after; the slowest hundredth of them in the crowd beside that of the quiet ones. What else
 *  runs on this machine only ever makes it worse: the best of a few counts. Memory stays bounded in each. */
async function expectUndisturbed(server: Served, readAll: () => Promise<number[]>, during: During): Promise<void> {
  const ratios: number[] = []
  while (ratios.length < TRIES && !ratios.some((ratio) => ratio <= MAX_RATIO))
    ratios.push(await measureDisturbance(server, readAll, during))
  const best = Math.min(...ratios)
  assert.ok(best <= MAX_RATIO, `p99 is ${best.toFixed(1)} times the quiet one, at best of ${TRIES}`)
}

/** @returns how many times the slowest hundredth of the quiet reads that of the crowded ones is */
async function measureDisturbance(server: Served, readAll: () => Promise<number[]>, during: During): Promise<number> {
  const before = await readAll()
  const memoryMb = peakMb(server)
  const crowded = await during(readAll)
  const grownMb = peakMb(server) - memoryMb
  const quietMs = p99([...before, ...(await readAll())])
  const ratio = p99(crowded) / quietMs
  console.log(
    `  p99 ${p99(crowded).toFixed(1)} ms, quiet ${quietMs.toFixed(1)} ms: ${ratio.toFixed(1)} times; memory grew by ${Math.round(grownMb)} MB`,
  )
  if (Number.isNaN(grownMb)) console.log('  skipped: memory (this system does not tell the peak of another process)')
  else assert.ok(grownMb <= MAX_GROWTH_MB, `${grownMb} MB`)
  return ratio
}

/** @returns milliseconds of each read; all are answered with 200 */
async function timeReads(ask: SignedIn, paths: readonly string[], count: number): Promise<number[]> {
  const tookMs: number[] = []
  const readSome = async (reader: number) => {
    for (let i = reader; i < count; i += READERS) {
      const from = performance.now()
      const response = await ask(paths[i % paths.length] ?? '')
      await response.arrayBuffer()
      assert.equal(response.status, 200)
      tookMs.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: READERS }, (_, reader) => readSome(reader)))
  return tookMs
}

const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN

async function startCrowd(kind: string, { url }: Served) {
  const child = spawn(process.execPath, ['test/faults/crowd-child.ts', kind, new URL(url).port, String(CONNECTIONS)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('the crowd went')))
  })
  return child
}

/** @returns the status of the answer; `cut` where the connection was closed before one could be read */
const sendParts = ({ url }: Served, cookie: string, clientId: string): Promise<string> =>
  new Promise((resolve) => {
    const part = '--b\r\nContent-Disposition: form-data; name="files"; filename="a.fit"\r\n\r\n\r\n'
    const thousand = Buffer.from(part.repeat(1000))
    const sending = request(
      `${url}/api/clients/${clientId}/runs`,
      { method: 'POST', headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' } },
      (response) => {
        response.resume()
        resolve(String(response.statusCode))
      },
    )
    sending.on('error', () => resolve('cut'))
    const more = (left: number) => {
      if (left === 0) sending.end('--b--\r\n')
      else sending.write(thousand, () => more(left - 1))
    }
    more(PARTS / 1000)
  })
