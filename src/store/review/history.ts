// A client's history for the pattern rules: the newest assessment of each run (a run recorded twice counts once, rule
// T5), the agreements, and the client's reports as far as they share them.
import type { Assessment } from '../../domain/assessment.ts'
import type { RunFlagKind } from '../../domain/finding.ts'
import type { History, HistoryCheckIn, HistoryRun } from '../../domain/patterns/history.ts'
import { clockIsSure, sensorKinds, type SensorKind } from '../../domain/recording.ts'
import { boundTogether, countOnce, type Counted } from '../../domain/sources/count-once.ts'
import { isSetAside } from '../../domain/sport.ts'
import { isSharing, listAfterRuns } from '../self-report/after-runs.ts'
import { readAssessment } from '../runs/assessments.ts'
import type { ClientAccess } from '../people/access.ts'
import { listCombinations } from '../runs/combinations.ts'
import { listCheckIns } from '../self-report/check-ins.ts'
import { inBatches, type Database } from '../database.ts'
import { question } from '../question.ts'
import { findPlanAt, toAgreedPlan } from '../clients/plans.ts'
import { listRestNotes } from '../self-report/rest-notes.ts'
import { secondSources } from '../runs/runs.ts'
import { findSettings } from '../settings/settings.ts'
import { listPairsThatCountOnce } from '../runs/twins.ts'
import type { RecordingHead } from '../../domain/recording.ts'

/** What is usual (G8) looks back furthest, 17 weeks, and what is raised is asked as of each day of the last 28: a moment must
 *  see the same history whenever it is asked. In G4's weighted mean all older than 120 days weighs (27/29)^120, 0.02 %. */
const LOOK_BACK_MS = 160 * 86_400_000

export interface FoundHistory extends History {
  /** Recordings that do not count, since another one of the same run does. */
  readonly doubles: readonly Pick<HistoryRun, 'id' | 'startedAtMs' | 'elapsedS'>[]
}

/** What the rules look at as of a moment. */
export async function findHistory(db: Database, access: ClientAccess, atMs: number): Promise<FoundHistory> {
  const { timeZone } = await findSettings(db)
  const afterRuns = (await isSharing(db, access)) ? await listAfterRuns(db, access) : []
  const rpeOf = new Map(afterRuns.map(({ runId, rpe }) => [runId, rpe]))
  const counted = await listHistoryRuns(db, access, atMs - LOOK_BACK_MS)
  const behind = await listBehind(db, access, atMs - LOOK_BACK_MS)
  const checkIns: HistoryCheckIn[] = [
    ...(await listCheckIns(db, access)).map((checkIn) => ({ ...nothingTold, ...checkIn })),
    ...afterRuns.map((report): HistoryCheckIn => ({ ...nothingTold, ...report })),
    ...(await listRestNotes(db, access)).flatMap(({ kind, atMs: notedAtMs }): HistoryCheckIn[] =>
      kind === 'upset' ? [{ ...nothingTold, atMs: notedAtMs, upsetByRest: true }] : [],
    ),
  ]
  return {
    runs: counted.map(({ counts: { run }, doubles }) => {
      // Whichever of its recordings the client told it of.
      const ids = [run.id, ...doubles.map((double) => double.run.id)]
      const all = [...ids, ...behind.filter(({ of }) => ids.includes(of)).map(({ id }) => id)]
      return { ...run, rpe: all.map((id) => rpeOf.get(id) ?? null).find((rpe) => rpe !== null) ?? null }
    }),
    doubles: [...counted.flatMap(({ doubles }) => doubles.map(({ run }) => run)), ...behind],
    checkIns,
    plan: toAgreedPlan(await findPlanAt(db, access, atMs)),
    timeZone,
  }
}

const nothingTold = {
  result: 'ok',
  sleepH: null,
  mood: null,
  energy: null,
  painNrs: null,
  mealsForRunning: false,
  upsetByRest: false,
} as const

/** Runs that stand behind another one as its second source. */
async function listBehind(db: Database, access: ClientAccess, sinceMs: number) {
  const shownAs = new Map((await listCombinations(db, access)).map(({ runId, otherRunId }) => [otherRunId, runId]))
  const rows = await runsBehind(db, access.clientId, sinceMs)
  return rows.map((row) => ({
    id: row.id,
    startedAtMs: row.started_at_ms,
    elapsedS: row.elapsed_s,
    of: shownAs.get(row.id) ?? row.id,
  }))
}

const runsBehind = question((db, clientId: string, sinceMs: number) =>
  db
    .selectFrom('run')
    .select(['id', 'started_at_ms', 'elapsed_s'])
    .where('client_id', '=', clientId)
    .where('started_at_ms', '>=', sinceMs)
    .where('id', 'in', secondSources(db)),
)

interface Countable {
  readonly run: HistoryRun
  readonly clockIsSure: boolean
}

/** Of these runs those that do not count, since another recording of the same run does (rule T5): as in `findHistory`. */
export async function listDoubles(
  db: Database,
  access: ClientAccess,
  runIds: readonly string[],
  atMs: number,
): Promise<ReadonlySet<string>> {
  const pairs = await listPairsThatCountOnce(db, access)
  const rows = await inBatches(boundTogether(runIds, pairs), (some) =>
    selectCountable(db, access.clientId, atMs - LOOK_BACK_MS)
      .where('run.id', 'in', some)
      .execute(),
  )
  const inOrder = rows.toSorted((a, b) => a.started_at_ms - b.started_at_ms || (a.id < b.id ? -1 : 1))
  const counted = countOnce(await toCountable(db, access, inOrder), pairs)
  const behind = await listBehind(db, access, atMs - LOOK_BACK_MS)
  const doubles = [...counted.flatMap((one) => one.doubles.map(({ run }) => run)), ...behind].map(({ id }) => id)
  return new Set(doubles.filter((id) => runIds.includes(id)))
}

/** Runs started since, oldest first. */
async function listHistoryRuns(db: Database, access: ClientAccess, sinceMs: number): Promise<Counted<Countable>[]> {
  const rows = await countableSince(db, access.clientId, sinceMs)
  return countOnce(await toCountable(db, access, rows), await listPairsThatCountOnce(db, access))
}

const selectCountable = (db: Database, clientId: string, sinceMs: number) =>
  db
    .selectFrom('run')
    // The one that counts: the newest.
    .innerJoin('assessment', (join) =>
      join.on('assessment.seq', '=', (eb) =>
        eb
          .selectFrom('assessment as one')
          .select((of) => of.fn.max('one.seq').as('seq'))
          .whereRef('one.run_id', '=', 'run.id'),
      ),
    )
    .select([
      'run.id',
      'run.started_at_ms',
      'run.elapsed_s',
      'run.start_offset_s',
      'run.said_run',
      'run.recording_json',
      'run.file_started_at_ms',
      'run.date_said_at_ms',
      'assessment.assessment_json',
    ])
    .where('run.client_id', '=', clientId)
    .where('run.started_at_ms', '>=', sinceMs)
    .where('run.id', 'not in', secondSources(db))
    .orderBy('run.started_at_ms')
    .orderBy('run.id')

const countableSince = question(selectCountable)

async function toCountable(
  db: Database,
  access: ClientAccess,
  rows: readonly Awaited<ReturnType<typeof countableSince>>[number][],
): Promise<Countable[]> {
  const otherSensors = await sensorsBehind(db, access)
  return rows.flatMap((run): Countable[] => {
    const { sport, sensor, pauses, format, localOffsetS } = JSON.parse(run.recording_json) as RecordingHead
    // Another sport is set aside: it is no part of a history of runs.
    if (isSetAside(sport, run.said_run === null ? null : run.said_run === 1)) return []
    const facts = {
      id: run.id,
      startedAtMs: run.started_at_ms,
      localOffsetS: run.start_offset_s,
      isUndated: run.file_started_at_ms !== null && run.date_said_at_ms === null,
      elapsedS: run.elapsed_s,
      pauses,
      sport,
      sensor: betterOf(sensor, otherSensors.get(run.id) ?? sensor),
      ...judgedFacts(readAssessment(run.assessment_json)),
      rpe: null,
    }
    return [{ run: facts, clockIsSure: clockIsSure({ format, localOffsetS }) }]
  })
}

/** What measured the runs that stand behind others as their second source, by the run that they stand behind. */
async function sensorsBehind(db: Database, { clientId }: ClientAccess): Promise<ReadonlyMap<string, SensorKind>> {
  const rows = await recordingsBehind(db, clientId)
  return new Map(rows.map((row) => [row.run_id, (JSON.parse(row.recording_json) as RecordingHead).sensor]))
}

const recordingsBehind = question((db, clientId: string) =>
  db
    .selectFrom('combination')
    .innerJoin('run', 'run.id', 'combination.other_run_id')
    .select(['combination.run_id', 'run.recording_json'])
    .where('run.client_id', '=', clientId),
)

/** Rule D9. */
const betterOf = (one: SensorKind, other: SensorKind): SensorKind =>
  sensorKinds.indexOf(other) < sensorKinds.indexOf(one) ? other : one

/** What the pattern rules ask of a judgement. */
export const judgedFacts = ({ verdict, zoneTime, flags }: Assessment) => ({
  movingS: zoneTime.movingS,
  verdict,
  calmShare: zoneTime.calmShare,
  calmS: zoneTime.calmS,
  goodS: zoneTime.goodS,
  urgent: flags.some(({ rule, level }) => (rule === 'F9' || rule === 'F10') && level === 'attention'),
  hard: flags.some(({ kind }) => hardKinds.has(kind)),
  attention: flags.flatMap(({ kind, level }) => (level === 'attention' ? [kind] : [])),
})

const hardKinds: ReadonlySet<RunFlagKind> = new Set(['F9.hard', 'F10.possible_misreading', 'F2.peak'])
