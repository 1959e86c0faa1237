// kill -9 in the middle of what touches everything of a client: erasing, exporting, importing, retention, a backup. What is
// left opens clean, and shows the whole of it or nothing.
import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zipSync, type Zippable } from 'fflate'
import { encodeRun, kinetics, seeded, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { root } from '../house/run.ts'
import { addClient, read, setZone } from '../support/clinic-work.ts'
import { copyFolder } from '../support/copy-folder.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { openStore } from '../../src/node/open-store.ts'
import { confirmRetention } from '../../src/store/rights/retention-guard.ts'
import { startServer, type Served } from '../support/served.ts'
import { dumpStore } from './dump-store.ts'
import type { Check } from '../support/check.ts'

const RUNS = 130
const KILLS = 2

export async function rights(check: Check, seed: number): Promise<void> {
  const folders = mkdtempSync(join(tmpdir(), 'calmpace-rights-'))
  const random = seeded(seed)
  try {
    const clinic = await makeClinic(join(folders, 'whole'), seed)
    /** Copies of the clinic, each with the work begun on it and killed at another moment. */
    const killed = async (
      begin: (server: Served, ask: SignedIn) => Promise<unknown>,
      look: (folder: string) => void | Promise<void>,
    ) => {
      const time = async (folder: string, killAfterMs: number | null) => {
        copyFolder(clinic.folder, folder)
        const server = await startServer(folder)
        const from = performance.now()
        const done = begin(server, asking(server.url, clinic.cookie)).catch(() => undefined)
        if (killAfterMs === null) await done
        else await new Promise((resolve) => setTimeout(resolve, killAfterMs))
        const took = performance.now() - from
        await server.end(killAfterMs === null ? 'SIGTERM' : 'SIGKILL')
        openClean(folder)
        await look(folder)
        rmSync(folder, { recursive: true })
        return took
      }
      const tookMs = await time(join(folders, 'uninterrupted'), null)
      for (let i = 0; i < KILLS; i++) await time(join(folders, `killed-${i}`), random() * tookMs)
    }
    await check('killed while erasing a client, nothing was begun, or the next start leaves nothing of them', () =>
      killed(
        (_, ask) => ask(`/api/clients/${clinic.clientId}`, withJson('DELETE', { confirmation: 'Noor' })),
        async (folder) => {
          const isBegun = count(folder, 'erasing') === 1
          if (isBegun) {
            // Nobody reaches them from the moment on in which it was begun.
            assert.equal(count(folder, 'group_client', `client_id = '${clinic.clientId}'`), 0)
            const server = await startServer(folder)
            while (count(folder, 'erasing') > 0) await new Promise((resolve) => setTimeout(resolve, 10))
            await server.end('SIGTERM')
            openClean(folder)
          }
          const left = count(folder, 'client', `id = '${clinic.clientId}'`)
          if (isBegun) assert.equal(left, 0)
          assert.deepEqual([count(folder, 'run'), count(folder, 'run_file')], left === 1 ? [RUNS, RUNS] : [0, 0])
          assert.equal(count(folder, 'calm_zone'), left)
          assert.equal(count(folder, 'audit', "action = 'data.erase'"), 1 - left)
        },
      ),
    )
    await check('killed while exporting, nothing is changed', () => {
      const whole = dumpStore(clinic.folder)
      return killed(
        async (_, ask) => (await ask(`/api/clients/${clinic.clientId}/data.zip`)).arrayBuffer(),
        (folder) => assert.deepEqual(dumpStore(folder), whole),
      )
    })
    await check('killed while importing what another clinic exported, all of it is there or nothing', () =>
      killed(
        (_, ask) => sendZip(ask, clinic.emptyId, clinic.zip),
        (folder) => {
          const runs = count(folder, 'run', `client_id = '${clinic.emptyId}'`)
          assert.ok(runs === 0 || runs === RUNS, `${runs} runs`)
          assert.equal(count(folder, 'calm_zone', `client_id = '${clinic.emptyId}'`), runs === 0 ? 0 : 1)
        },
      ),
    )
    await check(
      'killed in the middle of retention, the log says what is gone, and no run lacks its assessment',
      async () => {
        inDatabase(clinic.folder, (sqlite) => sqlite.exec('update run set started_at_ms = 0, imported_at_ms = 0'))
        // All at once is no more than a person said.
        const store = await openStore(clinic.folder)
        await confirmRetention(store, Date.now()).finally(store.close)
        return killed(
          // The job begins by itself with the server.
          async (server) => {
            while (await hasNotRetained(server, clinic.cookie)) await new Promise((resolve) => setTimeout(resolve, 10))
          },
          (folder) => {
            const logged = inDatabase(folder, (sqlite) =>
              sqlite
                .prepare(
                  `select coalesce(sum(detail_json ->> 'runs'), 0) as runs from audit where action = 'retention.delete'`,
                )
                .get(),
            )
            assert.equal(RUNS - count(folder, 'run', 'id in (select run_id from run_chunk)'), logged?.['runs'])
            assert.equal(
              RUNS - count(folder, 'run_file', 'id in (select file_id from run_file_part)'),
              logged?.['runs'],
            )
            assert.equal(count(folder, 'run', 'id in (select run_id from assessment)'), RUNS)
          },
        )
      },
    )
    await check('a backup that was killed gives no file, and one that was not opens as a data folder', () =>
      backups(clinic, folders, random),
    )
  } finally {
    rmSync(folders, { recursive: true })
  }
}

interface Clinic {
  readonly folder: string
  readonly cookie: string
  readonly clientId: string
  readonly emptyId: string
  readonly zip: Uint8Array<ArrayBuffer>
}

/** A clinic with one client who has everything, another who has nothing, and the first one's export. */
async function makeClinic(folder: string, seed: number): Promise<Clinic> {
  const server = await startServer(folder)
  const cookie = await joinFirst(server)
  const ask = asking(server.url, cookie)
  const clientId = await addClient(ask, 'Noor')
  await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
  const files: Zippable = {}
  for (let i = 0; i < RUNS; i++)
    files[`${i}.fit`] = encodeRun(kinetics(walkRun, seed + i).slice(0, 300), { startTime: START + i * 86_400 })
  await uploadZip(ask, clientId, zipSync(files))
  const zip = new Uint8Array(await (await ask(`/api/clients/${clientId}/data.zip`)).arrayBuffer())
  const emptyId = await addClient(ask, 'Iemand')
  await server.end('SIGTERM')
  return { folder, cookie, clientId, emptyId, zip }
}

/** Backups while the server imports: of a killed one nothing, of a whole one the same facts when it is served. */
async function backups(clinic: Clinic, folders: string, random: () => number): Promise<void> {
  const folder = join(folders, 'backed-up')
  copyFolder(clinic.folder, folder)
  const server = await startServer(folder)
  const ask = asking(server.url, clinic.cookie)
  const importing = sendZip(ask, clinic.emptyId, clinic.zip)
  const env = { ...process.env, CALMPACE_DATA: folder }
  for (let i = 0; i < KILLS; i++) {
    const file = join(folders, `killed-${i}.sqlite`)
    const child = spawn(process.execPath, ['src/cli.ts', 'backup', file], { cwd: root, env, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 300))
    child.kill('SIGKILL')
    await ended
    if (existsSync(file)) openClean(folders, `killed-${i}.sqlite`)
  }
  const restored = join(folders, 'restored')
  mkdirSync(restored, { mode: 0o700 })
  cpSync(join(folder, 'secret'), join(restored, 'secret'))
  const copy = join(restored, 'calmpace.sqlite')
  const made = spawnSync(process.execPath, ['src/cli.ts', 'backup', copy], { cwd: root, env, encoding: 'utf8' })
  assert.equal(made.status, 0, made.stderr)
  await importing
  await server.end('SIGTERM')
  openClean(restored)
  const again = await startServer(restored)
  const { items } = await read<{ items: { id: string; runCount: number }[] }>(
    asking(again.url, clinic.cookie)('/api/clients'),
  )
  await again.end('SIGTERM')
  const runs = new Map(items.map(({ id, runCount }) => [id, runCount]))
  assert.equal(runs.get(clinic.clientId), RUNS)
  assert.ok([0, RUNS].includes(runs.get(clinic.emptyId) ?? -1))
}

function openClean(folder: string, name = 'calmpace.sqlite'): void {
  inDatabase(
    folder,
    (sqlite) => {
      assert.deepEqual({ ...sqlite.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' })
      assert.deepEqual(sqlite.prepare('pragma foreign_key_check').all(), [])
    },
    name,
  )
  if (name !== 'calmpace.sqlite') return
  const env = { ...process.env, CALMPACE_DATA: folder }
  const log = spawnSync(process.execPath, ['src/cli.ts', 'verify-audit'], { cwd: root, env, encoding: 'utf8' })
  assert.equal(log.status, 0, log.stdout)
}

function inDatabase<T>(folder: string, work: (sqlite: DatabaseSync) => T, name = 'calmpace.sqlite'): T {
  const sqlite = new DatabaseSync(join(folder, name))
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

const count = (folder: string, table: string, where = 'true'): number =>
  inDatabase(folder, (sqlite) =>
    Number(sqlite.prepare(`select count(*) as rows from ${table} where ${where}`).get()?.['rows']),
  )

async function hasNotRetained({ url }: Served, cookie: string): Promise<boolean> {
  const answer = asking(url, cookie)('/api/audit?action=retention.delete&limit=500')
  const { items } = await read<{ items: { detail: { runs: number } }[] }>(answer)
  return items.reduce((sum, { detail }) => sum + detail.runs, 0) < RUNS
}

const withJson = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const formOf = (zip: Uint8Array<ArrayBuffer>): RequestInit => {
  const body = new FormData()
  body.append('files', new File([zip], 'data.zip'))
  return { method: 'POST', body }
}
const sendZip = async (ask: SignedIn, clientId: string, zip: Uint8Array<ArrayBuffer>) =>
  read(ask(`/api/clients/${clientId}/import`, formOf(zip)))
const uploadZip = async (ask: SignedIn, clientId: string, zip: Uint8Array<ArrayBuffer>) =>
  read(ask(`/api/clients/${clientId}/runs`, formOf(zip)))
