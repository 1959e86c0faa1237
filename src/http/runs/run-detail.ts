// Loads a stored run for several routes: with its samples, and as the API shows it.
import type { ParameterOverrides } from '../../domain/parameters/parameters.ts'
import type { CueResponse } from '../../domain/cue-response.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { listAssessments, type Judging, type StoredAssessment } from '../../store/runs/assessments.ts'
import { findCheckIn } from '../../store/self-report/check-ins.ts'
import { findCombination, findPackedRun } from '../../store/runs/combinations.ts'
import type { Database } from '../../store/database.ts'
import { listDoubles } from '../../store/review/history.ts'
import { judgeAsShown } from '../../store/runs/judge-shown.ts'
import { findParticipationOfRun } from '../../store/group-runs/participations.ts'
import { findNames } from '../../store/people/people.ts'
import { raiseFlags } from '../../store/review/raise-flags.ts'
import { findRun, type Run } from '../../store/runs/runs.ts'
import { listTwinsOf, lookForTwins } from '../../store/runs/twins.ts'
import { listZones } from '../../store/clients/zones.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { work } from '../../store/work/work.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import { toRunDetail, type ShownRun, type ShownTwin } from './run-json.ts'

/** Its numbers; null where its samples are gone. */
async function sumUp(
  db: Database,
  key: ClientAccess,
  run: Run,
  overrides: ParameterOverrides,
): Promise<ShownRun | null> {
  const found = await findPackedRun(db, key, run)
  return found && { ...(await work(db, 'sumUp', { run: found.packed, overrides })), other: found.other }
}

/** The assessment that counts. */
export function latestOf(run: Run, assessments: readonly StoredAssessment[]): StoredAssessment {
  const latest = assessments.findLast(({ runId }) => runId === run.id)
  if (latest === undefined) throw new Error('a stored run has no assessment')
  return latest
}

export async function showRun(db: Database, key: ClientAccess, run: Run) {
  const assessments = await listAssessments(db, key, [run.id])
  const { parameters, timeZone } = await findSettings(db)
  const shown = await sumUp(db, key, run, parameters)
  const groupRun = {
    hands: await showCueResponses(db, shown?.hands ?? run.head.hands ?? []),
    participation: await showParticipation(db, key, [run.id, shown?.other?.id ?? run.id]),
  }
  const latest = latestOf(run, assessments)
  const fromLater = await isZoneFromLater(db, key, latest.zoneVersionId, run.head.startedAtMs)
  return toRunDetail(run, shown, assessments, latest, timeZone, groupRun, fromLater, await showTwins(db, key, run))
}

async function showTwins(db: Database, key: ClientAccess, run: Run): Promise<ShownTwin[]> {
  const combination = await findCombination(db, key, run.id)
  const twins = await listTwinsOf(db, key, run.id)
  const names = await findNames(db, [...new Set(twins.flatMap(({ answer }) => answer?.byPersonId ?? []))])
  const bothIds = [...new Set(twins.flatMap((twin) => [twin.runId, twin.otherRunId]))]
  const doubles = twins.length === 0 ? null : await listDoubles(db, key, bothIds, run.head.startedAtMs)
  const shown: ShownTwin[] = []
  for (const { runId, otherRunId, sign, shiftS, answer } of twins) {
    const otherId = runId === run.id ? otherRunId : runId
    const other = await findRun(db, key, otherId)
    const isShownAsOne = combination?.runId === otherId || combination?.otherRunId === otherId
    // Nobody was asked where calmpace put them together by itself.
    if (other === null || (isShownAsOne && !answer?.byPersonId)) continue
    const byPersonId = answer?.byPersonId ?? null
    shown.push({
      run: other,
      sign,
      laterS: (runId === run.id ? -shiftS : shiftS) || 0,
      counts: doubles?.has(run.id) === true && !doubles.has(otherId),
      oneRun: answer?.isOneRun ?? null,
      answeredAtMs: answer?.atMs ?? null,
      answeredBy: byPersonId === null ? null : (names.get(byPersonId) ?? null),
    })
  }
  return shown
}

async function isZoneFromLater(db: Database, key: ClientAccess, zoneVersionId: string | null, startedAtMs: number) {
  const version = zoneVersionId === null ? undefined : (await listZones(db, key)).find(({ id }) => id === zoneVersionId)
  return version !== undefined && version.validFromMs > startedAtMs
}

async function showCueResponses(db: Database, hands: readonly CueResponse[]) {
  const names = await findNames(db, [...new Set(hands.map(([, , by]) => by))])
  return hands.map(([elapsedS, kind, by]) => ({ elapsedS, kind, by, byName: names.get(by) ?? null }))
}

async function showParticipation(db: Database, key: ClientAccess, runIds: readonly string[]) {
  const participation = await findParticipationOfRun(db, key, runIds)
  if (participation === null) return null
  const { id, groupRunId, state } = participation
  return { id, groupRunId, state, checkIn: await showCheckIn(db, key, id) }
}

/** The part of the check-in before a group run that people see. */
export async function showCheckIn(db: Database, key: ClientAccess, participationId: string) {
  const checkIn = await findCheckIn(db, key, participationId)
  if (checkIn === null) return null
  const { atMs, result, zoneNeedsReview } = checkIn
  return { atMs, result, zoneNeedsReview }
}

/** Judge what a run is shown with by today's rules and the zone version that holds for it (rule B12); adds an assessment.
 *  @throws ProblemError SAMPLES_GONE */
export async function judgeShown(db: Database, key: Judging, run: Run, { newId, nowMs }: AppContext): Promise<void> {
  const now = nowMs()
  const verdict = await judgeAsShown(db, { access: key, nowMs: now, newId }, run.id)
  if (verdict === null) throw new ProblemError('SAMPLES_GONE')
  // Runs from before rule T5 are held against each other too.
  await lookForTwins(db, key, run.id, now)
  await raiseFlags(db, key, run.head.startedAtMs, { nowMs: now, newId })
}
