// An administrator's bad day, on real processes: killed while a database is brought up to date, a wrong clock, and a disk that is full. That one is a
// small disk of its own, which only root can make; skipped by name where nobody may.
import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { encodeRun, kinetics, seeded, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { openStore } from '../../src/node/open-store.ts'
import { openToRead } from '../../src/node/open-to-read.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { isMigrated } from '../../src/store/migrations.ts'
import type { EventName } from '../../src/live/server-log.ts'
import { root } from '../house/run.ts'
import { addClient, read, setZone, upload } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { cutIntoBatches, newPart, postBatches, requestOf } from '../support/phone.ts'
import { readLog } from '../support/log-lines.ts'
import { startServer, type Served } from '../support/served.ts'
import { madeStream } from '../support/stream.ts'
import type { Check } from '../support/check.ts'
import { wrongClock } from './wrong-clock.ts'

const MB = 2 ** 20
const DISK_MB = 96
/** Nobody waits longer for a refusal. */
const ANSWER_MS = 15_000

const KILLS = 30
const LEAST_INSIDE = 20
/** As an early version left it: all later steps are still to come. */
const FIRST_STEPS = 3

export async function operations(check: Check, seed: number): Promise<void> {
  await check(
    `killed ${KILLS} times while it brings a database up to date, nothing is half and the next start ends it`,
    () => killMigrations(seeded(seed)),
  )
  await wrongClock(check)
  const disk = mountSmallDisk()
  if (disk === null) {
    console.log('  skipped: operations on a full disk (no small disk can be mounted here)')
    return
  }
  let said = ''
  const server = await startServer(join(disk, 'data'), 0, {}, (printed) => (said += printed.toString()))
  try {
    await onFullDisk(check, disk, server, () => said)
  } finally {
    await server.end('SIGTERM')
    spawnSync('umount', [disk])
    rmdirSync(disk)
  }
}

async function onFullDisk(check: Check, disk: string, server: Served, said: () => string): Promise<void> {
  const ask = patient(asking(server.url, await joinFirst(server)))
  const clientId = await addClient(ask, 'Noor')
  await setZone(ask, clientId, { manualCeilingBpm: 132 }, 'talk test')
  const kept: string[] = []
  const send = async (turn: number) => {
    const [one] = await upload(ask, clientId, { [`${turn}.fit`]: madeRun(turn) })
    kept.push(one?.runId ?? '')
  }
  await send(0)

  await check('an upload larger than the free disk is refused at once, and holds nothing', async () => {
    for (let turn = 0; turn < 3; turn++)
      assert.equal(await statusOf(ask, `/api/clients/${clientId}/runs`, sending(new Uint8Array(60 * MB))), 507)
    assert.deepEqual(heldUploads(server.pid), [])
    await send(1)
    assert.match(said(), /the disk is full: requests that write are refused \(507\)/)
    sayWords(said(), 'disk.full')
  })

  const ballast = join(disk, 'ballast')
  await check('erasing with too little room to write the file anew erases, says so, and fills no disk', async () => {
    const gone = await addClient(ask, 'Weg')
    await upload(ask, gone, { 'a.fit': madeRun(50) })
    fill(ballast, 20 * MB)
    const erase = { ...posting({ confirmation: 'Weg' }), method: 'DELETE' }
    assert.deepEqual(await read(ask(`/api/clients/${gone}`, erase)), { copiesLeft: 'until_room' })
    assert.match(
      said(),
      /copies of it may still be in its file: writing the file anew needs \d+ MB of free disk, and there are \d+/,
    )
    sayWords(said(), 'files.not_rewritten')
    assert.equal(await statusOf(ask, `/api/clients/${gone}`), 404)
    const { bavail, bsize } = statfsSync(disk)
    assert.ok(bavail * bsize > 15 * MB, `${(bavail * bsize) / MB} MB left`)
    rmSync(ballast)
    const again = await addClient(ask, 'Nog een')
    assert.equal(
      await statusOf(ask, `/api/clients/${again}`, { ...posting({ confirmation: 'Nog een' }), method: 'DELETE' }),
      204,
    )
    const sqlite = new DatabaseSync(join(disk, 'data/calmpace.sqlite'), { readOnly: true })
    assert.equal(sqlite.prepare('select 1 from rewrite_due').get(), undefined)
    sqlite.close()
  })

  await check('on a disk that is full to its last byte every request has an answer that says so', async () => {
    fill(ballast)
    const answers: Record<string, number> = {}
    for (const [path, init] of Object.entries<RequestInit | undefined>({
      '/healthz': undefined,
      '/readyz': undefined,
      '/api/clients': undefined,
      [`/api/clients/${clientId}/runs`]: sending(madeRun(2)),
      [`/api/clients/${clientId}/zones`]: posting({ inputs: { manualCeilingBpm: 130 }, reason: 'x', confirmed: [] }),
    }))
      // What SQLite has room for in the files it holds it may still write; nothing is answered that is not on the disk.
      for (let n = 0; n < 40 && answers[path] !== 507 && answers[path] !== 503; n++)
        answers[path] = await statusOf(ask, path, init)
    assert.deepEqual(Object.values(answers), [200, 503, 507, 507, 507], said())
    const part = newPart(clientId)
    const batches = cutIntoBatches(
      part,
      madeStream(300, () => 120),
      60,
    )
    const refused = await postBatches(ask, part.groupRunId, requestOf(part, batches))
    assert.equal(refused.status, 507)
    const id = refused.headers.get('x-request-id')
    const line = readLog(said()).find(({ requestId }) => requestId === id)
    assert.deepEqual([line?.event, line?.code], ['request.refused', 'DISK_FULL'])
    sayWords(said(), 'database.not_ready')
  })

  await check('with room again all goes on, and nothing that was said to be kept is gone', async () => {
    rmSync(ballast)
    assert.equal(await statusOf(ask, '/readyz'), 200)
    await send(3)
    const { items } = await read<{ items: readonly { readonly id: string }[] }>(ask(`/api/clients/${clientId}/runs`))
    assert.deepEqual(new Set(items.map(({ id }) => id)), new Set(kept))
    const path = join(disk, 'data/calmpace.sqlite')
    expectWhole(path)
    const { db, close } = openToRead(path)
    assert.equal((await verifyAudit(db).finally(close)).ok, true)
  })
}

async function killMigrations(random: () => number): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'calmpace-migrate-'))
  const early = join(parent, 'early')
  try {
    const made = await openStore(early, FIRST_STEPS)
    const client = `insert into client values ('c', 'Noor', 1986, 'standard', 1)`
    await sql.raw(client).execute(made.db)
    await made.close()
    const all = await stepsOf(early, join(parent, 'whole'))
    let [inside, tries] = [0, 0]
    // Between these it is under way on this machine; learned while it goes on.
    let [fromMs, toMs] = [0, 400]
    for (; tries < KILLS || (inside < LEAST_INSIDE && tries < 4 * KILLS); tries++) {
      const folder = join(parent, `kill-${tries}`)
      copyFolder(early, folder)
      const afterMs = fromMs + random() * (toMs - fromMs)
      const isDone = await killAfter(folder, afterMs)
      const steps = countSteps(folder)
      if (isDone) toMs = Math.max(fromMs + 30, toMs - 0.3 * (toMs - afterMs) - 5)
      else if (steps === FIRST_STEPS) fromMs = Math.min(toMs - 30, fromMs + 0.3 * (afterMs - fromMs))
      else toMs += 5
      assert.ok(steps >= FIRST_STEPS && steps <= all, `${steps} steps`)
      if (steps > FIRST_STEPS && steps < all) inside++
      const store = await openStore(folder)
      const { rows } = await sql<{ first_name: string }>`select first_name from client`.execute(store.db)
      assert.deepEqual(
        rows.map(({ first_name: name }) => name),
        ['Noor'],
      )
      assert.equal(await isMigrated(store.db), true)
      await store.close()
      expectWhole(join(folder, 'calmpace.sqlite'))
    }
    console.log(`  ${inside} of ${tries} kills between the first and the last of ${all - FIRST_STEPS} steps`)
    assert.ok(inside >= LEAST_INSIDE, `${inside} kills inside`)
  } finally {
    rmSync(parent, { recursive: true })
  }
}

function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  chmodSync(to, 0o700)
}

/** How many there are, by bringing a copy up to date. */
async function stepsOf(early: string, folder: string): Promise<number> {
  copyFolder(early, folder)
  await (await openStore(folder)).close()
  return countSteps(folder)
}

const countSteps = (folder: string): number => {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  const { steps } = sqlite.prepare('select count(*) as steps from migration').get() as { steps: number }
  sqlite.close()
  return steps
}

function expectWhole(path: string): void {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  assert.deepEqual({ ...sqlite.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' })
  sqlite.close()
}

/** @returns whether it came to its end before */
async function killAfter(folder: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, ['test/faults/migrate-child.ts', folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const begun = new Promise<void>((resolve) =>
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      if (said.includes('begins')) resolve()
    }),
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  await Promise.race([begun, ended])
  await new Promise((resolve) => setTimeout(resolve, ms))
  child.kill('SIGKILL')
  await ended
  return said.includes('done')
}

/** @returns null where this user may not, or the system has none */
function mountSmallDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'calmpace-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'tmpfs', place])
  if (status === 0) return place
  rmdirSync(place)
  return null
}

const madeRun = (turn: number): Uint8Array =>
  encodeRun(kinetics(walkRun, turn).slice(0, 1200), { startTime: START + turn * 3600 })
const posting = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
function sending(bytes: Uint8Array): RequestInit {
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(bytes)], 'a.fit'))
  return { method: 'POST', body: form }
}

/** What the log says last of this, for whoever reads the outcome. Every line of it is one of the log. */
function sayWords(printed: string, event: EventName): void {
  const line = readLog(printed).findLast((one) => one.event === event)
  assert.ok(line !== undefined, event)
  console.log(`  the log says (${line.level}, ${event}): ${line.message}`)
}

/** Who gets no answer in time has found a fault. */
const patient =
  (ask: SignedIn): SignedIn =>
  (path, init = {}) =>
    ask(path, { ...init, signal: AbortSignal.timeout(ANSWER_MS) })

async function statusOf(ask: SignedIn, path: string, init?: RequestInit): Promise<number> {
  const response = await ask(path, init)
  await response.arrayBuffer()
  return response.status
}

/** Files without a name that the process still holds. */
const heldUploads = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`)
      } catch {
        return ''
      }
    })
    .filter((path) => path.includes('upload-'))

/** Write until the disk takes no more. */
function fill(path: string, leaveBytes = 0): void {
  const { bavail, bsize } = statfsSync(join(path, '..'))
  try {
    writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)))
    if (leaveBytes > 0) return
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
