// An administrator's bad day, on a real served process: a disk that is full. On a small disk of its own, which only root can make;
// skipped by name where nobody may.
import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readlinkSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { encodeRun, kinetics, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { openToRead } from '../../src/node/open-to-read.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { addClient, read, setZone, upload } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { cutIntoBatches, newPart, postBatches, requestOf } from '../support/phone.ts'
import { startServer, type Served } from '../support/served.ts'
import { madeStream } from '../support/stream.ts'
import type { Check } from '../support/check.ts'

const MB = 2 ** 20
const DISK_MB = 96
/** Nobody waits longer for a refusal. */
const ANSWER_MS = 15_000

export async function operations(check: Check): Promise<void> {
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
  })

  const ballast = join(disk, 'ballast')
  await check('erasing with too little room to write the file anew erases, says so, and fills no disk', async () => {
    const gone = await addClient(ask, 'Weg')
    await upload(ask, gone, { 'a.fit': madeRun(50) })
    fill(ballast, 20 * MB)
    const erase = { ...posting({ confirmation: 'Weg' }), method: 'DELETE' }
    assert.equal(await statusOf(ask, `/api/clients/${gone}`, erase), 204)
    assert.match(
      said(),
      /copies of it may still be in its file: writing the file anew needs \d+ MB of free disk, and there are \d+/,
    )
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
    assert.equal((await postBatches(ask, part.groupRunId, requestOf(part, batches))).status, 507)
  })

  await check('with room again all goes on, and nothing that was said to be kept is gone', async () => {
    rmSync(ballast)
    assert.equal(await statusOf(ask, '/readyz'), 200)
    await send(3)
    const { items } = await read<{ items: readonly { readonly id: string }[] }>(ask(`/api/clients/${clientId}/runs`))
    assert.deepEqual(new Set(items.map(({ id }) => id)), new Set(kept))
    const path = join(disk, 'data/calmpace.sqlite')
    const sqlite = new DatabaseSync(path, { readOnly: true })
    assert.deepEqual({ ...sqlite.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' })
    sqlite.close()
    const { db, close } = openToRead(path)
    assert.equal((await verifyAudit(db).finally(close)).ok, true)
  })
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
