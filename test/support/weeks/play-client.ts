// Plays one made client through the product, moment by moment, with the clock moved: files by `importFile`, group runs by
// `receiveBatches`, tellings and raising as the routes do it, the list as a supervisor sees it. Nothing is judged here.
import { resolveZone, type ZoneFacts } from '../../../src/domain/zone/resolve-zone.ts'
import { readInputs } from '../../../src/domain/zone/zone-inputs.ts'
import type { Evidence } from '../../../src/domain/evidence.ts'
import { selfReportMoment } from '../../../src/domain/check-in/moment.ts'
import { stepFlag, type FlagState } from '../../../src/domain/review/flag-state.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { toBase64 } from '../../../src/live/base64.ts'
import { receiveBatches } from '../../../src/live/receive-batches.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { insertSharing, putAfterRun } from '../../../src/store/self-report/after-runs.ts'
import { importFile } from '../../../src/store/runs/import-file.ts'
import { insertPlan } from '../../../src/store/clients/plans.ts'
import { listEventsOf, listFlagsOfClient, writeStep } from '../../../src/store/review/flags.ts'
import { listInbox } from '../../../src/store/review/inbox.ts'
import { raiseFlags } from '../../../src/store/review/raise-flags.ts'
import { deleteRun, findRun } from '../../../src/store/runs/runs.ts'
import { insertZone } from '../../../src/store/clients/zones.ts'
import { amsterdamMs, weekdayOf } from '../../../fixtures/weeks/calendar.ts'
import type { HandedIn, MadeClient, MadeEvent } from '../../../fixtures/weeks/client.ts'
import { encodeOuting, encodeStream } from '../../../fixtures/weeks/files.ts'
import { liveOuting, longestHardS, type TrueSecond } from '../../../fixtures/weeks/outing.ts'
import { sense } from '../../../fixtures/weeks/sensor.ts'
import { CLIENT, GROUP, openClinic, recording, SUPERVISOR, supervising, THERAPIST, type Clinic } from './clinic.ts'

/** When a supervisor closes all that waits: at 9 each morning, or of a Monday. An open row takes in what its rule sees again,
 *  so a list that nobody ever closes says too little. */
export type Supervisor = 'closes_each_morning' | 'closes_each_week' | 'closes_nothing'

export interface PlayedRow {
  readonly kind: string
  readonly level: string
  readonly raisedAtMs: number
  /** The moment that it shows. */
  readonly aboutMs: number
  readonly state: FlagState
  /** The numbers that its rule used, for who looks into a false row. */
  readonly evidence: Evidence
}
export interface PlayedRun {
  readonly outingId: string
  readonly startedAtMs: number
  readonly cameInAtMs: number
  /** Longest time in a row of the true heart at or above the hard limit in force; 0 for somebody else's run
   *  and for what is no run. */
  readonly hardS: number
  /** Kinds of attention and more that were seen at this run. */
  readonly seen: readonly string[]
}
export interface Morning {
  readonly atMs: number
  /** Runs came in since the morning before. */
  readonly hadRuns: boolean
  /** Rows of this client in the list, before anything is closed. */
  readonly waiting: number
}
export interface Played {
  readonly client: MadeClient
  readonly rows: readonly PlayedRow[]
  readonly runs: readonly PlayedRun[]
  readonly mornings: readonly Morning[]
}

interface Play {
  readonly clinic: Clinic
  readonly supervisor: Supervisor
  readonly client: MadeClient
  zoneVersionId: string | null
  plannedMin: number | null
  /** Runs of each outing: two devices are two. */
  readonly runIds: Map<string, string[]>
  readonly truths: Map<string, { startedAtMs: number; cameInAtMs: number; hardS: number }>
  /** What was lived once is heard by each device. */
  lived: { readonly outingId: string; readonly seconds: readonly TrueSecond[] } | null
}

const DAY_MS = 86_400_000
const MONDAY = 1

/** Play all weeks of a client. */
export async function playClient(client: MadeClient, supervisor: Supervisor): Promise<Played> {
  const clinic = await openClinic(client)
  const play: Play = {
    clinic,
    supervisor,
    client,
    zoneVersionId: null,
    plannedMin: null,
    runIds: new Map(),
    truths: new Map(),
    lived: null,
  }
  try {
    const sharing = { atMs: 1, agreed: client.shares }
    await insertSharing(clinic.store.db, makeSystemAccess(CLIENT, 'check_in.write'), sharing)
    const mornings = await playDays(play)
    return { client, ...(await lookBack(play)), mornings }
  } finally {
    await clinic.store.close()
  }
}

async function playDays(play: Play): Promise<Morning[]> {
  const { events, weeks } = play.client
  const mornings: Morning[] = []
  let next = 0
  for (let day = 0; day <= weeks * 7; day++) {
    const atMs = amsterdamMs(day, 9 * 60)
    let hadRuns = false
    for (; next < events.length && (events[next]?.atMs ?? Infinity) < atMs; next++) {
      const event = events[next]
      if (event === undefined) continue
      hadRuns ||= event.kind === 'recording'
      await playEvent(play, event)
    }
    const closes = closesOn(play.supervisor, day)
    mornings.push({ atMs, hadRuns, waiting: await playMorning(play, atMs, closes) })
  }
  return mornings
}

const closesOn = (supervisor: Supervisor, day: number): boolean =>
  supervisor === 'closes_each_morning' || (supervisor === 'closes_each_week' && weekdayOf(day) === MONDAY)

async function playEvent(play: Play, event: MadeEvent): Promise<void> {
  const { clinic } = play
  const { db } = clinic.store
  const { atMs } = event
  switch (event.kind) {
    case 'limit':
      play.zoneVersionId = await setLimit(play, event.facts, atMs)
      return
    case 'plan': {
      const made = { id: clinic.newId(), validFromMs: atMs, reason: null, byPersonId: THERAPIST, createdAtMs: atMs }
      await insertPlan(db, makeSystemAccess(CLIENT, 'plan.set'), { ...event.plan, ...made })
      play.plannedMin = event.plan.runMin
      return
    }
    case 'recording':
      await handIn(play, event, atMs)
      return
    case 'told':
      await tell(play, event)
      return
    case 'removed':
      await remove(play, event.outingId, atMs)
  }
}

/** As `POST /api/clients/{clientId}/zones` does. */
async function setLimit({ clinic }: Play, facts: ZoneFacts, atMs: number): Promise<string> {
  const resolved = resolveZone(facts)
  if (!resolved.ok) throw new Error(`a made limit is refused: ${resolved.problems.join(', ')}`)
  const { talkAgeDays, ageYears: _ageYears, ...given } = facts
  const talkTestedAtMs = talkAgeDays == null ? null : atMs - talkAgeDays * DAY_MS
  const inputs = readInputs({ ...given, talkTestedAtMs })
  const id = clinic.newId()
  const reason = resolved.zone.source === 'manual' ? 'samen bepaald' : null
  const version = { id, validFromMs: atMs, ...resolved.zone, reason, inputs, createdAtMs: atMs }
  await insertZone(clinic.store.db, makeSystemAccess(CLIENT, 'zone.set'), version)
  return id
}

async function handIn(play: Play, handedIn: HandedIn, atMs: number): Promise<void> {
  const { outing, body, lateS, startedAtMs, device, sensor } = handedIn
  if (play.lived?.outingId !== outing.id) play.lived = { outingId: outing.id, seconds: liveOuting(body, outing) }
  const all = play.lived.seconds
  const isOwnRun = body === play.client.body && outing.activity === 'run'
  const hardS = isOwnRun ? longestHardS(all, outing.hardBpm) : 0
  play.truths.set(outing.id, { startedAtMs, cameInAtMs: atMs, hardS })
  const seconds = all.slice(lateS)
  const sensed = sense(seconds, sensor, `${outing.id} ${device}`)
  const startMs = startedAtMs + lateS * 1000
  const runIds =
    handedIn.format === null
      ? await takeStream(play, encodeStream(seconds, sensed, outing, guidanceOf(play, startMs, handedIn.offsetS)), atMs)
      : await takeFile(play, handedIn, encodeFileOf(handedIn, seconds, sensed, startMs, handedIn.format), atMs)
  play.runIds.set(outing.id, [...(play.runIds.get(outing.id) ?? []), ...runIds])
}

const guidanceOf = ({ zoneVersionId, plannedMin }: Play, startedAtMs: number, offsetS: number) => ({
  startedAtMs,
  offsetS,
  zoneVersionId,
  plannedMin,
  by: THERAPIST,
})

const encodeFileOf = (
  { outing, offsetS, sensor, isSmart }: HandedIn,
  seconds: readonly TrueSecond[],
  sensed: ReturnType<typeof sense>,
  startedAtMs: number,
  format: 'fit' | 'tcx' | 'gpx',
): Uint8Array =>
  encodeOuting(seconds, sensed, format, { startedAtMs, offsetS, activity: outing.activity, worn: sensor.worn, isSmart })

/** As `POST /api/clients/{clientId}/runs` does. */
async function takeFile(
  { clinic }: Play,
  { outing, device, format }: HandedIn,
  bytes: Uint8Array,
  nowMs: number,
): Promise<string[]> {
  const { store, newId } = clinic
  const context = { access: makeSystemAccess(CLIENT, 'run.add'), plannedMin: null, nowMs, newId }
  const imported = await importFile(store, context, `${outing.id} ${device}.${format}`, bytes)
  if (!imported.ok) throw new Error(`a made file is refused: ${imported.code}`)
  return imported.runs.map(({ runId }) => runId)
}

/** As `POST /api/group-runs/{groupRunId}/batches` does. */
async function takeStream(
  { clinic, zoneVersionId }: Play,
  entries: ReturnType<typeof encodeStream>,
  atMs: number,
): Promise<string[]> {
  const { store, newId } = clinic
  const [groupRunId, id] = [newId(), newId()]
  const answer = await receiveBatches({ store, nowMs: () => atMs, newId }, recording(atMs), groupRunId, {
    recorderId: 'phone',
    sentAtMs: atMs,
    groupRun: { groupId: GROUP, madeAtMs: atMs },
    participations: [{ id, clientId: CLIENT, zoneVersionId }],
    batches: [{ participationId: id, number: 1, bytes: toBase64(encodeBatch(entries)) }],
  })
  if (answer.refused.length > 0) throw new Error('a made stream is refused')
  return answer.participations.flatMap(({ runId }) => runId ?? [])
}

/** As `PUT /api/runs/{runId}/after-run` and `POST /api/clients/{clientId}/after-runs` do. */
async function tell(play: Play, { atMs, outingId, told }: Extract<MadeEvent, { kind: 'told' }>): Promise<void> {
  if (!play.client.shares) return
  const { store, newId } = play.clinic
  const access = makeSystemAccess(CLIENT, 'check_in.write')
  const runId = outingId === null ? null : (play.runIds.get(outingId)?.[0] ?? null)
  const run = runId === null ? null : await findRun(store.db, access, runId)
  // The page tells of a run at the moment of its end.
  const aboutMs = run === null ? atMs : (selfReportMoment(run.head, atMs) ?? atMs)
  await store.atomically(async (db) => {
    const put = { whatHelped: null, id: newId(), runId: run?.id ?? null, atMs: aboutMs, writtenAtMs: atMs }
    await putAfterRun(db, access, { ...told, ...put })
    await raiseFlags(db, access, aboutMs, { nowMs: atMs, newId })
  })
}

/** As `DELETE /api/runs/{runId}` of a therapist does. */
async function remove({ clinic, runIds }: Play, outingId: string, nowMs: number): Promise<void> {
  const access = makeSystemAccess(CLIENT, 'run.remove')
  const by = { personId: THERAPIST, isClient: false }
  for (const runId of runIds.get(outingId) ?? [])
    await clinic.store.atomically(async (db) => {
      const run = await findRun(db, access, runId)
      if (run === null) return
      await deleteRun(db, access, run, nowMs, by)
      const removed = { runId, personId: by.personId }
      await raiseFlags(db, access, run.head.startedAtMs - DAY_MS, { nowMs, newId: clinic.newId, removed })
    })
}

/** @returns how many rows wait, before the supervisor does anything */
async function playMorning({ clinic }: Play, atMs: number, closes: boolean): Promise<number> {
  const { db } = clinic.store
  const rows = (await listInbox(db, supervising(atMs), { state: 'waiting' }, 200, null)) ?? []
  if (!closes) return rows.length
  for (const row of rows) {
    const step = { act: 'resolve', reason: 'nothing_needed', note: 'gezien', toPersonId: null } as const
    const outcome = stepFlag(row.state, step)
    if (!outcome.ok) throw new Error(`a row cannot be closed: ${outcome.problems.join(', ')}`)
    const event = { ...step, atMs, personId: SUPERVISOR, state: outcome.state, runId: null, detail: {} }
    const access = makeSystemAccess(CLIENT, 'flag.review')
    await writeStep(db, access, row.id, row.version, { ...event, version: row.version + 1 }, row.assignedTo)
  }
  return rows.length
}

async function lookBack({ clinic, runIds, truths }: Play): Promise<Pick<Played, 'rows' | 'runs'>> {
  const { db } = clinic.store
  const access = makeSystemAccess(CLIENT, 'flag.view')
  const flags = await listFlagsOfClient(db, access)
  const events = await listEventsOf(
    db,
    access,
    flags.map(({ id }) => id),
  )
  const kindOf = new Map(flags.map(({ id, kind }) => [id, kind]))
  const seenAt = (runId: string) =>
    events.filter((event) => event.runId === runId).map(({ flagId }) => kindOf.get(flagId) ?? 'unknown')
  return {
    rows: flags
      .map(({ kind, level, raisedAtMs, aboutMs, state, evidence }) => ({
        kind,
        level,
        raisedAtMs,
        aboutMs,
        state,
        evidence,
      }))
      .toSorted((a, b) => a.raisedAtMs - b.raisedAtMs),
    runs: [...truths].map(([outingId, truth]) => ({
      outingId,
      ...truth,
      seen: (runIds.get(outingId) ?? []).flatMap(seenAt),
    })),
  }
}
