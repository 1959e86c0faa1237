// `store`: batches of a group run (batches.ts), and judging a history again, run by run, as the service does it: find the recording, judge it, add the assessment.
// Over 10,000 stored runs in a real SQLite file; it must stay linear and fast enough to do at night.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeRun, kinetics, noStop, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { noInputs } from '../../src/domain/zone/zone-inputs.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { insertAssessment } from '../../src/store/runs/assessments.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import type { Database, Store } from '../../src/store/database.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { judgeRecording } from '../../src/store/runs/judge.ts'
import { insertRunFile } from '../../src/store/runs/run-files.ts'
import { findZoneAt, insertZone } from '../../src/store/clients/zones.ts'
import { benchBatches } from './batches.ts'
import type { BenchOptions, BenchReport, Progress } from './report.ts'
import { packRecording } from '../../src/store/columns.ts'
import { findPacked, findRun, insertRun } from '../../src/store/runs/runs.ts'

const RUNS = 10_000
const SMOKE_RUNS = 40
const CLIENT = 'noor'
const adding = makeSystemAccess(CLIENT, 'run.add')
const judging = makeSystemAccess(CLIENT, 'run.judge')
const DAY_MS = 86_400_000
const QUARTERS = 4

export async function benchStore(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  const runs = smoke ? SMOKE_RUNS : RUNS
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  const store = await openStore(folder)
  try {
    await insertClientWithZone(store.db)
    const quarters: Cost[] = []
    for (let quarter = 0; quarter < QUARTERS; quarter++) {
      const [from, to] = [(quarter * runs) / QUARTERS, ((quarter + 1) * runs) / QUARTERS]
      progress(`store: writing runs up to ${to} of ${runs}`)
      await fill(store, from, to)
      progress(`store: judging runs up to ${to} of ${runs}`)
      quarters.push(await costOf(() => judgeAll(store.db, from, to)))
    }
    const report = toReport(quarters, runs)
    const { yardstick, note } = await benchBatches(progress, smoke)
    return { ...report, yardsticks: [...report.yardsticks, yardstick], notes: [...report.notes, note] }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

interface Cost {
  readonly wallS: number
  readonly cpuS: number
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const [cpuFrom, from] = [process.cpuUsage(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(cpuFrom)
  return { wallS: (performance.now() - from) / 1000, cpuS: (user + system) / 1e6 }
}

async function judgeAll(db: Database, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await judgeAgain(db, idOf(i))
}

/** As `POST /api/runs/{runId}/assessments` does. */
async function judgeAgain(db: Database, runId: string): Promise<void> {
  const run = await findRun(db, judging, runId)
  const own = run === null ? null : await findPacked(db, judging, run)
  if (run === null || own === null) throw new Error(`run ${runId} is not in the store`)
  const judged = await judgeRecording(db, judging, { own, other: null }, run, await findZoneAt(db, judging, Infinity))
  await insertAssessment(db, judging, { id: crypto.randomUUID(), runId, assessedAtMs: 2, ...judged })
}

const idOf = (i: number): string => `run-${String(i).padStart(6, '0')}`

/** Different runs of 30 minutes at 1 Hz, over and over, each on a day of its own; all of one client. */
async function fill(store: Store, from: number, to: number): Promise<void> {
  const recordings = Array.from({ length: 12 }, (_, seed) => made(seed))
  await store.atomically(async (db) => {
    for (let i = from; i < to; i++) {
      const recording = recordings[i % recordings.length]
      if (recording !== undefined) await insertMadeRun(db, i, recording)
    }
  })
}

function made(seed: number): Recording {
  const reading = readFit(encodeRun(kinetics(seed % 3 === 2 ? noStop : walkRun, seed), { startTime: START }))
  if (!reading.ok || reading.recordings[0] === undefined) throw new Error('a made run could not be read')
  return reading.recordings[0]
}

async function insertClientWithZone(db: Database): Promise<void> {
  const client = { id: CLIENT, firstName: 'Noor', birthYear: 1980, watchLevel: 'standard', createdAtMs: 1 } as const
  await insertGroup(db, 'group', 'Groep 1', 1)
  await insertClient(db, client, 'group')
  const limits = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const
  await insertZone(db, makeSystemAccess(CLIENT, 'zone.set'), {
    ...limits,
    id: 'zone',
    validFromMs: 0,
    reason: null,
    inputs: noInputs,
    createdAtMs: 1,
  })
}

async function insertMadeRun(db: Database, i: number, recording: Recording): Promise<void> {
  const id = idOf(i)
  await insertRunFile(
    db,
    adding,
    { id: `file-${id}`, sha256: id, name: `${id}.fit`, createdAtMs: 1 },
    new Uint8Array(1),
  )
  const run = { id, fileId: `file-${id}`, part: null, plannedMin: 30, importedAtMs: 1 }
  await insertRun(db, adding, run, packRecording({ ...recording, startedAtMs: recording.startedAtMs + i * DAY_MS }))
}

function toReport(quarters: readonly Cost[], runs: number): BenchReport {
  const perSecond = (seconds: (cost: Cost) => number) => runs / quarters.reduce((sum, cost) => sum + seconds(cost), 0)
  const [first, last] = [quarters[0]?.cpuS ?? Number.NaN, quarters.at(-1)?.cpuS ?? Number.NaN]
  const unit = 'a second'
  return {
    yardsticks: [
      { what: 'runs judged again', value: perSecond(({ wallS }) => wallS), must: 'at least', limit: 150, unit },
      { what: '… per core', value: perSecond(({ cpuS }) => cpuS), must: 'at least', limit: 150, unit },
      {
        what: 'a run of the last quarter against one of the first',
        value: last / first,
        must: 'at most',
        limit: 1.3,
        unit: 'times',
      },
    ],
    tables: [
      {
        head: ['runs in the store', 'ms a run', 'CPU ms a run'],
        rows: quarters.map(({ wallS, cpuS }, i) => [
          String(((i + 1) * runs) / QUARTERS),
          (wallS * 1000 * QUARTERS) / runs,
          (cpuS * 1000 * QUARTERS) / runs,
        ]),
      },
    ],
    notes: [`${runs} runs of 30 minutes at 1 Hz of one client, in a SQLite file with the service's own durability`],
  }
}
