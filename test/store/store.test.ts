// The store on Node: what its database refuses, and what is left after the process is killed in the middle of imports.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { importFile } from '../../src/store/import-file.ts'
import { insertClient } from '../../src/store/clients.ts'
import { findRecording, listRuns } from '../../src/store/runs.ts'
import { listAssessments } from '../../src/store/assessments.ts'
import { readRunFile } from '../../src/store/run-files.ts'
import { insertZone } from '../../src/store/zones.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

const client = { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 } as const
const limits = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const
const importing = { clientId: 'c', plannedMin: null, nowMs: 2, newId: () => crypto.randomUUID() }

describe('the store', () => {
  it('refuses to edit a zone or an assessment, by trigger', async () => {
    const store = await openStore(null)
    await insertClient(store.db, client)
    await insertZone(store.db, {
      id: 'z',
      clientId: 'c',
      validFromMs: 1,
      ...limits,
      reason: 'x',
      inputs: {},
      createdAtMs: 1,
    })
    const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/fit/calm-run.fit', import.meta.url)))
    expect(await importFile(store, importing, 'calm-run.fit', bytes)).toMatchObject({ ok: true })
    await expect(sql`update calm_zone set ceiling_bpm = 180`.execute(store.db)).rejects.toThrow('never edited')
    await expect(sql`update assessment set verdict = 'calm'`.execute(store.db)).rejects.toThrow('never changes one')
    await store.close()
  })

  it('takes in TCX and GPX, one run for each activity, and knows the file again', async () => {
    const store = await openStore(null)
    await insertClient(store.db, client)
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
    const failing = store.atomically(async (db) => {
      await insertClient(db, client)
      await insertClient(db, client)
    })
    await expect(failing).rejects.toThrow('UNIQUE')
    expect(await store.db.selectFrom('client').selectAll().execute()).toEqual([])
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
    const runs = await listRuns(store.db, 'c', 10_000, null)
    expect(runs.length).toBeGreaterThanOrEqual(4)
    for (const run of runs) {
      expect((await findRecording(store.db, run))?.heartRate.bpm.length).toBe(400)
      expect(await listAssessments(store.db, [run.id])).toHaveLength(1)
      expect((await readRunFile(store.db, run.fileId)).length).toBeGreaterThan(3000)
    }
    const files = await store.db.selectFrom('run_file').select('id').execute()
    expect(files).toHaveLength(runs.length)
    await store.close()
  })
})
