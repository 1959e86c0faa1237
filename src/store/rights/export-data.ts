// Exports all data of one client: first the facts of one moment, then the members of the zip one by one. Data that were
// removed in between are left out.
import { strToU8 } from 'fflate'
import { joinBytes } from '../../formats/join-bytes.ts'
import { isUndated } from '../../domain/dating.ts'
import type { Guidance } from '../../domain/guidance.ts'
import { offsetsOf } from '../../domain/recorder-clocks.ts'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  DATA_PATH,
  type ArchivedFile,
  type ArchivedRun,
  type ClientArchive,
} from '../../formats/archive/client-archive.ts'
import type { ZipMember } from '../../formats/archive/write-zip.ts'
import { MemberPaths, toMemberName } from '../../formats/archive/member-path.ts'
import { PAGE_PATH } from '../../formats/archive/page/page.ts'
import type { DrawnRun } from '../../formats/archive/page/run-article.ts'
import { languageOfDialect, type CsvDialect } from '../../domain/languages.ts'
import { writeStreamFile } from '../../formats/phone-recording/stream-file.ts'
import type { ClientAccess } from '../people/access.ts'
import { isSharing, listAfterRuns, listSharing } from '../self-report/after-runs.ts'
import { listAssessments } from '../runs/assessments.ts'
import { listAudit } from '../audit/audit.ts'
import { listBatches } from '../group-runs/batches.ts'
import { listCheckIns } from '../self-report/check-ins.ts'
import { findClient } from '../clients/clients.ts'
import { listCombinations } from '../runs/combinations.ts'
import type { Database } from '../database.ts'
import { findPackedExport } from '../runs/exported-run.ts'
import { listGroups } from '../people/groups.ts'
import { listNotes } from '../self-report/notes.ts'
import { listUnfinished } from '../group-runs/participations.ts'
import { findPerson } from '../people/people.ts'
import { listPlans } from '../clients/plans.ts'
import { listEventsOf, listFlagsOfClient } from '../review/flags.ts'
import { listRemovals } from './removals.ts'
import { listRestNotes } from '../self-report/rest-notes.ts'
import { findSettings } from '../settings/settings.ts'
import { listRunFiles, readRunFile } from '../runs/run-files.ts'
import { findPacked, findRun, hasSamples, listAllRuns } from '../runs/runs.ts'
import { listTwins } from '../runs/twins.ts'
import { listZones } from '../clients/zones.ts'
import type { RecordingHead } from '../../domain/recording.ts'
import { work } from '../work/work.ts'

type Exporting = ClientAccess<'data.export'>

interface Gathering {
  readonly nowMs: number
  /** The client asks: what a therapist wrote down for themself is not theirs to read; staff take along what the client told only
   *  while it is shared. */
  readonly isOwn: boolean
  /** Waited for between two pieces of it: others are answered first. */
  readonly rest?: (() => Promise<void>) | undefined
}

/** The facts, of one moment: inside `atomically`, or `Store.atOneMoment`.
 *  @returns null where there is no such client */
export async function gatherData(
  db: Database,
  access: Exporting,
  { nowMs, isOwn, rest = async () => undefined }: Gathering,
): Promise<ClientArchive | null> {
  const client = await findClient(db, access)
  if (client === null) return null
  const { id, firstName, birthYear, watchLevel, createdAtMs } = client
  const runs = await listAllRuns(db, access)
  const archive: ClientArchive = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    exportedAtMs: nowMs,
    client: { id, firstName, birthYear, watchLevel, createdAtMs },
    zones: (await listZones(db, access)).map(({ clientId: _clientId, reason, withdrawn, ...zone }) => ({
      ...zone,
      reason: isOwn ? null : reason,
      inputs: { ...zone.inputs },
      withdrawn: withdrawn && { ...withdrawn, reason: isOwn ? null : withdrawn.reason },
    })),
    files: (await listRunFiles(db, access)).map(({ hasBytes, ...file }) => ({
      ...file,
      path: hasBytes ? filePath(file) : null,
    })),
    runs: [],
    assessments: [],
    combinations: await listCombinations(db, access),
    twins: (await listTwins(db, access)).map(({ answer, ...twin }) => ({ ...twin, answer: answer && { ...answer } })),
    checkIns: (await listCheckIns(db, access)).map(({ atMs, result, zoneNeedsReview, byPersonId }) => ({
      atMs,
      result,
      zoneNeedsReview,
      byPersonId,
    })),
    ...(await gatherSelfReports(db, access, isOwn)),
    restNotes: (await listRestNotes(db, access)).map(({ id: _id, ...note }) => note),
    flags: await gatherFlags(db, access),
    removals: (await listRemovals(db, access)).map((one) => ({ ...one })),
    account: await findAccount(db, access),
    groups: (await listGroups(db, null)).filter(({ clientIds }) => clientIds.includes(id)).map(({ name }) => name),
    log: await wholeLog(db, id, rest),
  }
  for (const [i, run] of runs.entries()) {
    if (i % RUNS_AT_ONCE === 0) await rest()
    const { clientId: _clientId, fileName: _fileName, head, ...facts } = run
    const columns = (await hasSamples(db, access, run)) ? `columns/${toMemberName(run.id)}.bin` : null
    archive.runs.push({ ...facts, recording: toArchivedHead(head), columns })
    archive.assessments.push(...(await listAssessments(db, access, [run.id])))
  }
  return archive
}

/** product choice: some 10 ms. */
const [RUNS_AT_ONCE, LINES_AT_ONCE] = [10, 500]

/** `calmpace.json`, then every file, what phones sent that is not a run yet, of each run its columns, CSV and FHIR, and at the end
 *  the page for people, in the language of the dialect. */
export async function* dataMembers(
  db: Database,
  access: Exporting,
  archive: ClientArchive,
  dialect: CsvDialect,
  origin: string | null,
  rest: () => Promise<void> = async () => undefined,
): AsyncGenerator<ZipMember> {
  const names = new Set([PAGE_PATH])
  const language = languageOfDialect[dialect]
  const drawn = new Map<string, DrawnRun>()
  for await (const member of dataFiles(db, access, archive, { dialect, origin, drawn, rest })) {
    names.add(member.path.split('/')[0] ?? '')
    yield member
  }
  const { timeZone } = await findSettings(db)
  // The log is no part of the page.
  const shown = { ...archive, log: [] }
  yield {
    path: PAGE_PATH,
    bytes: await work(db, 'page', { archive: shown, language, timeZone, drawn, members: names }),
  }
}

interface Filling {
  readonly dialect: CsvDialect
  readonly origin: string | null
  /** Is filled with what the page says of each run. */
  readonly drawn: Map<string, DrawnRun>
  readonly rest: () => Promise<void>
}

async function* dataFiles(
  db: Database,
  access: Exporting,
  archive: ClientArchive,
  { dialect, origin, drawn, rest }: Filling,
): AsyncGenerator<ZipMember> {
  yield { path: DATA_PATH, bytes: await writeFacts(archive, rest) }
  for (const { id, path } of archive.files) {
    const bytes = path === null ? new Uint8Array() : await readRunFile(db, access, id)
    if (path !== null && bytes.length > 0) yield { path, bytes }
  }
  const paths = new MemberPaths()
  for (const participation of await listUnfinished(db, access)) {
    const batches = await listBatches(db, access, participation)
    const path = paths.take(`streams/${toMemberName(participation.id)}.cprs`)
    yield { path, bytes: writeStreamFile(batches, offsetsOf(participation.clocks)) }
  }
  const language = languageOfDialect[dialect]
  for (const { id, columns } of archive.runs) {
    const run = columns === null ? null : await findRun(db, access, id)
    const recording = run === null ? null : await findPacked(db, access, run)
    if (run === null || recording === null || columns === null) continue
    yield { path: columns, bytes: await work(db, 'lay', recording) }
    const shown = await findPackedExport(db, access, run)
    if (shown === null) continue
    // Of a day that nobody knows other programs are told nothing; its file and its columns are there.
    let csvPath: string | null = null
    for (const format of isUndated(run.dating) ? [] : (['csv', 'fhir'] as const)) {
      const written = await work(db, 'export', { run: shown, format, dialect, origin })
      if (written === null) continue
      const path = `runs/${written.day}-${toMemberName(id)}.${written.ending}`
      if (format === 'csv') csvPath = path
      yield { path, bytes: written.body }
    }
    const svg = await work(db, 'draw', { run: shown, language, isLimitFromLater: isLimitFromLater(archive, id) })
    drawn.set(id, { svg, csvPath })
  }
}

/** product choice: some 5 ms. */
const ITEMS_AT_ONCE = 50

/** As JSON, with a line for each item of a list. Never as one text: of years it is much, and writing it holds up others. */
async function writeFacts(archive: ClientArchive, rest: () => Promise<void>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const write = (text: string) => pieces.push(strToU8(text))
  for (const [i, [name, value]] of Object.entries(archive).entries()) {
    write(`${i === 0 ? '{' : ','}\n${JSON.stringify(name)}: `)
    if (!Array.isArray(value)) {
      write(JSON.stringify(value))
      continue
    }
    for (let at = 0; at < value.length; at += ITEMS_AT_ONCE) {
      const some: readonly unknown[] = value.slice(at, at + ITEMS_AT_ONCE)
      write((at === 0 ? '[\n ' : ',\n ') + some.map((item) => JSON.stringify(item)).join(',\n '))
      await rest()
    }
    write(value.length === 0 ? '[]' : '\n]')
  }
  write('\n}\n')
  return joinBytes(pieces)
}

/** Whether the limit that a run was judged with was set after it. */
function isLimitFromLater({ assessments, zones, runs }: ClientArchive, id: string): boolean {
  const zoneVersionId = assessments.findLast(({ runId }) => runId === id)?.zoneVersionId
  const zone = zones.find((one) => one.id === zoneVersionId)
  const run = runs.find((one) => one.id === id)
  return zone !== undefined && run !== undefined && zone.validFromMs > run.recording.startedAtMs
}

const toArchivedGuidance = (guidance: Guidance) => ({ ...guidance, parameters: { ...guidance.parameters } })

function toArchivedHead({ hands, guidance, guidedLater, ...head }: RecordingHead): ArchivedRun['recording'] {
  return {
    ...head,
    pauses: head.pauses.map(([from, to]) => [from, to]),
    ...(hands === undefined ? {} : { hands: hands.map(([elapsedS, kind, by]) => [elapsedS, kind, by]) }),
    ...(guidance === undefined ? {} : { guidance: toArchivedGuidance(guidance) }),
    ...(guidedLater === undefined
      ? {}
      : { guidedLater: guidedLater.map(([atS, later]) => [atS, toArchivedGuidance(later)]) }),
    warnings: [...head.warnings],
  }
}

/** Under the name that it came with, as far as every system can write it. */
const filePath = ({ id, name }: Pick<ArchivedFile, 'id' | 'name'>): string =>
  `files/${toMemberName(id)}/${toMemberName(name)}`

async function gatherSelfReports(
  db: Database,
  access: Exporting,
  isOwn: boolean,
): Promise<Pick<ClientArchive, 'plans' | 'sharing' | 'afterRuns' | 'notes'>> {
  const reports = isOwn || (await isSharing(db, access)) ? await listAfterRuns(db, access) : []
  return {
    plans: (await listPlans(db, access)).map(({ id: _id, weekdays, reason, ...plan }) => ({
      ...plan,
      reason: isOwn ? null : reason,
      weekdays: [...weekdays],
    })),
    sharing: (await listSharing(db, access)).map((one) => ({ ...one })),
    afterRuns: reports.map(({ id: _id, ...one }) => one),
    notes: (await listNotes(db, access)).map((note) => ({ ...note })),
  }
}

async function gatherFlags(db: Database, access: Exporting): Promise<ClientArchive['flags']> {
  const flags = await listFlagsOfClient(db, access)
  const events = await listEventsOf(
    db,
    access,
    flags.map(({ id }) => id),
  )
  const eventsOf = Map.groupBy(events, ({ flagId }) => flagId)
  return flags.map(({ id, clientId: _clientId, evidence, ...flag }) => ({
    ...flag,
    evidence: { ...evidence },
    events: (eventsOf.get(id) ?? []).map(({ flagId: _flagId, seq: _seq, detail, ...event }) => ({
      ...event,
      detail: { ...detail },
    })),
  }))
}

async function findAccount(db: Database, { clientId }: Exporting) {
  const row = await db.selectFrom('client').select('person_id').where('id', '=', clientId).executeTakeFirst()
  const person = row?.person_id ? await findPerson(db, row.person_id) : null
  return person && { name: person.name, email: person.email, createdAtMs: person.createdAtMs }
}

async function wholeLog(db: Database, clientId: string, rest: () => Promise<void>) {
  const lines = []
  for (let beforeSeq: number | undefined; ;) {
    const page = await listAudit(db, { clientId, beforeSeq }, LINES_AT_ONCE)
    lines.push(...page)
    beforeSeq = page.at(-1)?.seq
    if (page.length < LINES_AT_ONCE) return lines
    await rest()
  }
}
