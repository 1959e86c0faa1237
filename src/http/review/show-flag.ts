// One flag with everything that a person needs to decide about it, except its run. The run has its own routes.
import { isReportedBeside } from '../../domain/review/moment-of-flag.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { isSharing, listAfterRuns } from '../../store/self-report/after-runs.ts'
import { listAssessments } from '../../store/runs/assessments.ts'
import { listCheckIns } from '../../store/self-report/check-ins.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findNames } from '../../store/people/people.ts'
import { listEvents, type Flag } from '../../store/review/flags.ts'
import { findOffsetS, findRunsOfFlags } from '../../store/review/runs-of-flags.ts'
import { listStaffWho } from '../../store/people/relations.ts'
import { ProblemError } from '../problem.ts'
import { toEventJson, toFlagJson, type Placed } from './flag-json.ts'

/** @param personId who looks: a flag is not handed to oneself */
export async function showFlag(db: Database, key: ClientAccess, flag: Flag, personId: string) {
  const client = await findClient(db, key)
  if (client === null) throw new ProblemError('NOT_FOUND')
  const events = await listEvents(db, key, flag.id)
  const mentioned = [flag.assignedTo, ...events.flatMap((event) => [event.personId, event.toPersonId])]
  const names = await findNames(db, [...new Set(mentioned.filter((one) => one !== null))])
  const [placed] = await placeFlags(db, [flag])
  return {
    ...toFlagJson(flag, client.firstName, names, placed ?? { run: null, localOffsetS: 0 }),
    events: events.map((event) => toEventJson(event, names)),
    stillThere: await isStillThere(db, key, flag),
    checkIns: await checkInsBeside(db, key, flag, placed ?? { run: null, localOffsetS: 0 }),
    colleagues: await listColleagues(db, key, personId),
  }
}

/** People who can receive a flag of this client, by name: everybody who could open it, except the caller. */
export const listColleagues = async (db: Database, { clientId }: ClientAccess, personId: string) =>
  (await listStaffWho(db, 'flag.review', clientId)).filter((one) => one.personId !== personId)

async function isStillThere(db: Database, key: ClientAccess, { rule, kind, runId }: Flag): Promise<boolean | null> {
  if (!rule.startsWith('F') || runId === null) return null
  const latest = (await listAssessments(db, key, [runId])).at(-1)
  return latest === undefined
    ? null
    : latest.assessment.flags.some((flag) => flag.kind === kind && flag.level !== 'note')
}

/** When each flag was, in the order given. */
export async function placeFlags(db: Database, flags: readonly Pick<Flag, 'runId' | 'aboutMs'>[]): Promise<Placed[]> {
  const runs = await findRunsOfFlags(db, flags)
  return Promise.all(
    flags.map(async ({ runId, aboutMs }) => {
      const run = runs.get(runId ?? '') ?? null
      return { run, localOffsetS: run?.localOffsetS ?? (await findOffsetS(db, aboutMs)) }
    }),
  )
}

/** Reports beside the flag: before running, and after running if the client shares them. */
async function checkInsBeside(db: Database, key: ClientAccess, { aboutMs }: Flag, placed: Placed) {
  const isBeside = (one: { readonly atMs: number; readonly runId?: string | null }) =>
    isReportedBeside(one, { aboutMs, ...placed })
  const before = (await listCheckIns(db, key)).filter(isBeside)
  const after = (await isSharing(db, key)) ? (await listAfterRuns(db, key)).filter(isBeside) : null
  return {
    before: before.map(({ atMs, result, zoneNeedsReview }) => ({ atMs, result, zoneNeedsReview })),
    after: after && after.map(({ id: _id, runId: _runId, ...facts }) => facts),
  }
}
