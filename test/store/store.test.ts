// The store on Node: what its database refuses, and what is left after the process is killed in the middle of imports.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import { noInputs } from '../../src/domain/zone/zone-inputs.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { openStore } from '../../src/node/open-store.ts'
import { importFile } from '../../src/store/runs/import-file.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { findRecording } from '../support/find-recording.ts'
import { insertRun, listRuns } from '../../src/store/runs/runs.ts'
import { listAssessments } from '../../src/store/runs/assessments.ts'
import { insertRunFile, readRunFile } from '../../src/store/runs/run-files.ts'
import { insertZone } from '../../src/store/clients/zones.ts'
import { packRecording } from '../../src/store/columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

const client = { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 } as const
const limits = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const
const adding = makeSystemAccess('c', 'run.add')
const importing = { access: adding, plannedMin: null, nowMs: Date.UTC(2026, 8, 2), newId: () => crypto.randomUUID() }

/** A store with one client in one group, calm up to 140. */
async function openWithClient() {
  const store = await openStore(null)
  await insertGroup(store.db, 'g', 'Groep 1', 1)
  await insertClient(store.db, client, 'g')
  const zone = { id: 'z', validFromMs: 1, ...limits, reason: 'x', inputs: noInputs, createdAtMs: 1 }
  await insertZone(store.db, makeSystemAccess('c', 'zone.set'), zone)
  return store
}

describe('the store', () => {
  it('refuses to edit a zone or an assessment, by trigger', async () => {
    const store = await openWithClient()
    const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/fit/calm-run.fit', import.meta.url)))
    expect(await importFile(store, importing, 'calm-run.fit', bytes)).toMatchObject({ ok: true })
    await expect(sql`update calm_zone set ceiling_bpm = 180`.execute(store.db)).rejects.toThrow('never edited')
    await expect(sql`update assessment set verdict = 'calm'`.execute(store.db)).rejects.toThrow('never changes one')
    await store.close()
  })

  it('takes in TCX and GPX, one run for each activity, and knows the file again', async () => {
    const store = await openWithClient()
    const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/xml/two-activities.tcx', import.meta.url)))
    const results = async () => {
      const imported = await importFile(store, importing, 'download', bytes)
      return imported.ok && imported.runs.map(({ part, result }) => [part, result])
    }
    expect(await results()).toEqual([1, 2, 3].map((part) => [part, 'added']))
    expect(await results()).toEqual([1, 2, 3].map((part) => [part, 'already_there']))
    const bomb = new Uint8Array(readFileSync(new URL('../../fixtures/xml/entity-bomb.gpx', import.meta.url)))
    expect(await importFile(store, importing, 'run.gpx', bomb)).toEqual({ ok: false, code: 'XML_REFUSED' })
    await store.close()
  })

  it('writes all of several rows or none', async () => {
    const store = await openStore(null)
    await insertGroup(store.db, 'g', 'Groep 1', 1)
    const failing = store.atomically(async (db) => {
      await insertClient(db, client, 'g')
      await insertClient(db, client, 'g')
    })
    await expect(failing).rejects.toThrow('UNIQUE')
    expect(await store.db.selectFrom('client').selectAll().execute()).toEqual([])
    await store.close()
  })

  it("puts a strap's recording and the watch's file of one run together by itself, whichever comes first", async () => {
    const store = await openWithClient()
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const bytes = encodeRun(seconds, { sensor: 'wrist' })
    const watch = readFit(bytes)
    if (!watch.ok) throw new Error(watch.code)
    const [recorded] = watch.recordings
    if (recorded === undefined) throw new Error('no recording')
    const keep = (_: unknown, s: number) => s < 500 || s >= 1000
    const { elapsedS, bpm } = recorded.heartRate
    const strap: Recording = {
      ...recorded,
      format: 'strap',
      sensor: 'chest',
      startedAtMs: recorded.startedAtMs - 300_000,
      heartRate: { elapsedS: elapsedS.filter(keep), bpm: bpm.filter(keep) },
    }
    const file = { id: 'f', sha256: 'x', name: 'strap', createdAtMs: 1 }
    await insertRunFile(store.db, adding, file, new Uint8Array(1))
    const run = {
      id: 'strap',
      fileId: 'f',
      part: null,
      plannedMin: null,
      importedAtMs: 1,
    }
    await insertRun(store.db, adding, run, packRecording(strap))
    const imported = await importFile(store, importing, 'watch.fit', bytes)
    expect(imported).toMatchObject({ ok: true, runs: [{ result: 'added', runId: 'strap', verdict: 'calm' }] })
    expect((await listRuns(store.db, adding, 9, null)).map(({ id }) => id)).toEqual(['strap'])
    const assessments = await listAssessments(store.db, adding, ['strap'])
    expect(assessments.at(-1)?.assessment.zoneTime.movingS).toBe(1799)
    await store.close()
  })

  it('holds only whole runs after kill -9 in the middle of imports', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    for (let round = 0; round < 4; round++) {
      const child = spawn(process.execPath, ['test/support/import-forever.ts', folder, String(round)], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      // Killed a little later each round, once the first import is in.
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await new Promise((resolve) => setTimeout(resolve, 30 + 47 * round))
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    }
    const store = await openStore(folder)
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(store.db)
    expect(rows).toEqual([{ integrity_check: 'ok' }])
    const runs = await listRuns(store.db, adding, 10_000, null)
    expect(runs.length).toBeGreaterThanOrEqual(4)
    for (const run of runs) {
      expect((await findRecording(store.db, adding, run))?.heartRate.bpm.length).toBe(400)
      expect(await listAssessments(store.db, adding, [run.id])).toHaveLength(1)
      expect((await readRunFile(store.db, adding, run.fileId)).length).toBeGreaterThan(3000)
    }
    const files = await store.db.selectFrom('run_file').select('id').execute()
    expect(files).toHaveLength(runs.length)
    await store.close()
  })
})
