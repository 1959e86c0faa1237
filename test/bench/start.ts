// `start`: how long people wait for a small command and for a server, each as a multiple of what Node itself takes to start, turn by
// turn; what a server that does nothing holds in memory; and how much a phone fetches until it shows something.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginClinic } from '../support/served.ts'
import { buildPage } from '../house/build-page.ts'
import { root } from '../house/run.ts'
import { findFirstScreens } from './first-screens.ts'
import type { BenchOptions, BenchReport, Progress, Yardstick } from './report.ts'
import { medianOf } from './timing.ts'

const ROUNDS = 11
const IDLE_AFTER_MS = 2000
const smallFile = join(root, 'fixtures/fit/header-12.fit')
const entry = join(root, 'src/calmpace.cjs')

export async function benchStart(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  if (!buildPage()) throw new Error('start needs the page')
  const rounds = smoke ? 1 : ROUNDS
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-start-'))
  const bareMs: number[] = []
  const checkMs: number[] = []
  const served: { readonly readyMs: number; readonly idleBytes: number | null }[] = []
  try {
    // The first ones keep what Node compiled, and make the database.
    timeOf(entry, 'check', smallFile)
    await serveOnce(folder, 0)
    for (let round = 0; round < rounds; round++) {
      progress(`start: round ${round + 1} of ${rounds}`)
      bareMs.push(timeOf('-e', '0'))
      checkMs.push(timeOf(entry, 'check', smallFile))
      served.push(await serveOnce(folder, round === 0 ? IDLE_AFTER_MS : 0))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const [bare, check, ready] = [bareMs, checkMs, served.map(({ readyMs }) => readyMs)].map(medianOf) as [
    number,
    number,
    number,
  ]
  const idleBytes = served[0]?.idleBytes ?? null
  return {
    yardsticks: [
      most('check of one small file', check / bare, 12, 'times a bare start'),
      most('server to ready', ready / bare, 40, 'times a bare start'),
      ...(idleBytes === null ? [] : [most('an idle server', idleBytes / 1e6, 160, 'MB')]),
      ...findFirstScreens().map(({ name, bytes, limitBytes }) =>
        most(`first screen: ${name}`, bytes / 1000, limitBytes / 1000, 'kB'),
      ),
    ],
    tables: [
      {
        head: ['median, ms', 'bare Node', 'check', 'server to ready'],
        rows: [[`${rounds} rounds`, bare, check, ready]],
      },
    ],
    notes: [
      'with what Node compiled kept from a start before; a server opens a database that is there',
      'first screens: script, style and words, as brotli, in Dutch',
      ...(idleBytes === null ? ['the memory of another process is read from /proc, which is not there'] : []),
    ],
  }
}

const most = (what: string, value: number, limit: number, unit: string): Yardstick => ({
  what,
  value,
  must: 'at most',
  limit,
  unit,
})

function timeOf(...args: readonly string[]): number {
  const from = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - from
}

/** @param idleMs how long it is left alone before its memory is read */
async function serveOnce(folder: string, idleMs: number) {
  const dataFolder = join(folder, 'data')
  await beginClinic(dataFolder)
  const from = performance.now()
  const env = { ...process.env, CALMPACE_DATA: dataFolder, PORT: '0' }
  const server = spawn(process.execPath, [entry, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    server.once('close', () => reject(new Error('the server did not start')))
    let said = ''
    server.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      if (said.includes('calmpace: open ')) resolve()
    })
  })
  const readyMs = performance.now() - from
  await new Promise((resolve) => setTimeout(resolve, idleMs))
  const idleBytes = idleMs === 0 ? null : readMemory(server.pid ?? 0)
  server.kill('SIGTERM')
  await ended
  return { readyMs, idleBytes }
}

/** Bytes of a process that are in memory; null where the system does not tell. */
function readMemory(pid: number): number | null {
  try {
    const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? null : Number(found[1]) * 1024
  } catch {
    return null
  }
}
