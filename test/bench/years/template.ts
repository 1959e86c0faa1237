// What the rows of a made practice are copied from: a few runs that went through the product's own import, in a store of
// their own.
import { encodeRun, kinetics, noStop, START, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { noInputs } from '../../../src/domain/zone/zone-inputs.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { importFile } from '../../../src/store/runs/import-file.ts'
import { insertZone } from '../../../src/store/clients/zones.ts'

/** START in milliseconds of our own epoch. */
const START_MS = (START + 631_065_600) * 1000
const DAY_MS = 86_400_000
/** Every third of them knows no stop, and raises something. */
const RUNS = 6

export interface TemplateRun {
  readonly startedAtMs: number
  readonly elapsedS: number
  readonly recordingJson: string
  readonly assessmentJson: string
  readonly ruleVersion: string
  readonly verdict: string
  readonly file: Uint8Array
  readonly columns: Uint8Array
}
export interface TemplateFlag {
  readonly kind: string
  readonly rule: string
  readonly ruleVersion: string
  readonly level: string
  readonly evidenceJson: string
}
export interface Template {
  readonly runs: readonly TemplateRun[]
  readonly flags: readonly TemplateFlag[]
}

export async function makeTemplate(): Promise<Template> {
  const store = await openStore(null)
  const { db } = store
  const clientId = 'noor'
  const newId = () => crypto.randomUUID()
  await insertGroup(db, 'group', 'Groep 1', 1)
  await insertClient(
    db,
    { id: clientId, firstName: 'Noor', birthYear: 1980, watchLevel: 'standard', createdAtMs: 1 },
    'group',
  )
  await insertZone(db, makeSystemAccess(clientId, 'zone.set'), {
    id: 'zone',
    validFromMs: 0,
    source: 'manual',
    ceilingBpm: 140,
    floorBpm: null,
    hardBpm: 160,
    reason: null,
    inputs: noInputs,
    createdAtMs: 1,
  })
  for (let i = 0; i < RUNS; i++) {
    const startTime = START + (i * 2 * DAY_MS) / 1000
    const bytes = encodeRun(kinetics(i % 3 === 2 ? noStop : walkRun, i), { startTime })
    const nowMs = START_MS + i * 2 * DAY_MS + 3_600_000
    const access = makeSystemAccess(clientId, 'run.add')
    const imported = await importFile(store, { access, plannedMin: 30, nowMs, newId }, `run-${i}.fit`, bytes)
    if (!imported.ok) throw new Error(imported.code)
  }
  const template = await readTemplate(db)
  await store.close()
  if (template.runs.length < RUNS || template.flags.length === 0) throw new Error('the made runs raised nothing')
  return template
}

async function readTemplate(db: Awaited<ReturnType<typeof openStore>>['db']): Promise<Template> {
  const rows = await db
    .selectFrom('run')
    .innerJoin('assessment', 'assessment.run_id', 'run.id')
    .innerJoin('run_chunk', 'run_chunk.run_id', 'run.id')
    .innerJoin('run_file_part', 'run_file_part.file_id', 'run.file_id')
    .selectAll('run')
    .select(['assessment.rule_version', 'assessment.verdict', 'assessment.assessment_json'])
    .select(['run_chunk.bytes as columns', 'run_file_part.bytes as file'])
    .orderBy('run.started_at_ms')
    .execute()
  const flags = await db.selectFrom('flag').selectAll().execute()
  return {
    runs: rows.map((row) => ({
      startedAtMs: row.started_at_ms,
      elapsedS: row.elapsed_s,
      recordingJson: row.recording_json,
      assessmentJson: row.assessment_json,
      ruleVersion: row.rule_version,
      verdict: row.verdict,
      file: new Uint8Array(row.file),
      columns: new Uint8Array(row.columns),
    })),
    flags: flags.map((row) => ({
      kind: row.kind,
      rule: row.rule,
      ruleVersion: row.rule_version,
      level: row.level,
      evidenceJson: row.evidence_json,
    })),
  }
}
