// Everything of one client as one zip: `calmpace.json` with all facts, beside it the original files, the columns of each
// recording, each run as CSV and FHIR for other programs, and `index.html` for people (page/). This file says what stands in `calmpace.json`; what comes in
// from elsewhere is checked by it.
import { z } from 'zod'
import { checkInResults } from '../../domain/check-in/check-in.ts'
import { cueResponseKinds } from '../../domain/cue-response.ts'
import { mostOf } from '../../domain/kept-text.ts'
import { closeReasons, flagActs, flagStates } from '../../domain/review/flag-state.ts'
import { raisedLevels } from '../../domain/review/finding-occurrences.ts'
import { flagKinds } from '../../domain/finding.ts'
import { recordingFormats, sensorKinds } from '../../domain/recording.ts'
import { twinSigns } from '../../domain/sources/twins.ts'
import { noteKinds, removalKinds, restNoteKinds } from '../../domain/note-kinds.ts'
import { readingWarnings, type ReadingWarning } from '../../domain/reading-codes.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'
import { assessmentSchema, guidanceSchema, withLimits } from './archived-assessment.ts'

/** The one member that makes a zip an archive of ours. */
export const DATA_PATH = 'calmpace.json'
export const ARCHIVE_FORMAT = 'calmpace-client'
/** Raised where a reader of before would misunderstand: in 1 the client read the reason, in 2 it is the therapist's own. */
export const ARCHIVE_VERSION = 2

const id = z.string().min(1).max(100)
const epochMs = z.number().int()
const memberPath = z.string().max(300).nullable().describe('null where it was deleted')
const warningNames = Object.keys(readingWarnings) as [ReadingWarning, ...ReadingWarning[]]

const zone = withLimits({
  id,
  validFromMs: epochMs,
  reason: z.string().max(500).nullable().describe("the therapist's own; null where the client took it along themself"),
  reasonForClient: z.string().max(500).nullable().exactOptional(),
  inputs: z.record(z.string(), z.unknown()),
  createdAtMs: epochMs,
  byPersonId: id.nullable().exactOptional(),
  withdrawn: z
    .strictObject({ atMs: epochMs, byPersonId: id.nullable(), reason: z.string().max(500).nullable() })
    .nullable()
    .exactOptional(),
})
const file = z.strictObject({
  id,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(mostOf.fileName),
  sizeBytes: z.number().int().nonnegative(),
  createdAtMs: epochMs,
  path: memberPath,
})
const head = z.strictObject({
  format: z.enum(recordingFormats),
  startedAtMs: epochMs,
  elapsedS: z.number().nonnegative(),
  localOffsetS: z.number().nullable(),
  sport: z.string().max(mostOf.sport),
  subSport: z.string().max(mostOf.subSport).nullable(),
  sensor: z.enum(sensorKinds),
  device: z.string().max(mostOf.device).nullable(),
  pauses: z.array(z.tuple([z.number(), z.number()])),
  summary: z.strictObject({
    meanHeartRateBpm: z.number().nullable(),
    maxHeartRateBpm: z.number().nullable(),
    timerS: z.number().nullable(),
    distanceM: z.number().nullable(),
  }),
  hands: z.array(z.tuple([z.number().nonnegative(), z.enum(cueResponseKinds), id])).exactOptional(),
  guidance: guidanceSchema.exactOptional(),
  guidedLater: z.array(z.tuple([z.number().nonnegative(), guidanceSchema])).exactOptional(),
  strayPoints: z.number().int().positive().exactOptional(),
  warnings: z.array(z.enum(warningNames)),
})
const run = z.strictObject({
  id,
  fileId: id,
  part: z.number().int().positive().nullable(),
  plannedMin: z.number().positive().max(1440).nullable(),
  nearDuplicateOf: id.nullable(),
  importedAtMs: epochMs,
  startOffsetS: z.number().int().nullable().exactOptional(),
  saidRun: z.boolean().nullable().exactOptional(),
  saidHard: z.boolean().nullable().exactOptional(),
  dating: z
    .strictObject({ fileStartedAtMs: epochMs, saidAtMs: epochMs.nullable() })
    .nullable()
    .exactOptional()
    .describe("where the device's date cannot be right: what it says, and when a person said when the run was"),
  recording: head.describe('without its columns'),
  columns: memberPath,
})
const assessment = z.strictObject({
  id,
  runId: id,
  zoneVersionId: id.nullable(),
  assessedAtMs: epochMs,
  assessment: assessmentSchema,
})
const twin = z.strictObject({
  runId: id,
  otherRunId: id,
  sign: z.enum(twinSigns),
  shiftS: z.number(),
  foundAtMs: epochMs,
  answer: z.strictObject({ isOneRun: z.boolean(), atMs: epochMs, byPersonId: id.nullable() }).nullable(),
})
const checkIn = z.strictObject({
  atMs: epochMs,
  result: z.enum(checkInResults),
  zoneNeedsReview: z.boolean(),
  byPersonId: id,
})

const flagEvent = z.strictObject({
  atMs: epochMs,
  personId: id.nullable(),
  act: z.enum(flagActs),
  state: z.enum(flagStates),
  version: z.number().int(),
  reason: z.enum(closeReasons).nullable(),
  note: z.string().max(1000).nullable(),
  toPersonId: id.nullable(),
  runId: id.nullable(),
  detail: z.record(z.string(), z.unknown()),
})
const flag = z.strictObject({
  kind: z.enum(flagKinds),
  rule: z.string().max(20),
  ruleVersion: z.string().max(20),
  level: z.enum(raisedLevels),
  evidence: z.record(z.string(), z.unknown()),
  runId: id.nullable(),
  aboutMs: epochMs,
  raisedAtMs: epochMs,
  state: z.enum(flagStates),
  assignedTo: id.nullable(),
  version: z.number().int(),
  events: z.array(flagEvent).describe('its story, oldest first'),
})

const plan = z.strictObject({
  validFromMs: epochMs,
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  runMin: z.number().positive().max(1440),
  intervals: z.strictObject({ runS: z.number().int().positive(), walkS: z.number().int().positive() }).nullable(),
  reason: z.string().max(500).nullable(),
  reasonForClient: z.string().max(500).nullable().exactOptional(),
  byPersonId: id,
  createdAtMs: epochMs,
})
const ofTen = z.number().int().min(0).max(10).nullable()
const afterRun = z.strictObject({
  runId: id.nullable(),
  atMs: epochMs,
  rpe: z.number().min(0).max(10).nullable(),
  mood: ofTen,
  energy: ofTen,
  sleepH: z.number().min(0).max(24).nullable(),
  painNrs: ofTen,
  mealsForRunning: z.boolean(),
  whatHelped: z.string().max(500).nullable(),
  writtenAtMs: epochMs.nullable().exactOptional(),
})
const note = z.strictObject({
  id,
  kind: z.enum(noteKinds),
  text: z.string().max(1000),
  runId: id.nullable(),
  answers: id.nullable(),
  byPersonId: id,
  atMs: epochMs,
})

const restNote = z.strictObject({
  kind: z.enum(restNoteKinds),
  atMs: epochMs,
  score: z.number().int().min(6).max(30).nullable(),
  byPersonId: id,
  writtenAtMs: epochMs.nullable().exactOptional(),
})
const removal = z.strictObject({
  kind: z.enum(removalKinds),
  what: z.string().min(1).max(100),
  atMs: epochMs,
  runId: id.nullable(),
  byClient: z.boolean(),
})

export const clientArchiveSchema = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.union([z.literal(1), z.literal(ARCHIVE_VERSION)]),
  exportedAtMs: epochMs,
  client: z.strictObject({
    id,
    firstName: z.string().trim().min(1).max(40),
    birthYear: z.number().int(),
    watchLevel: z.enum(watchLevels),
    createdAtMs: epochMs,
  }),
  zones: z.array(zone).describe('newest first'),
  files: z.array(file),
  runs: z.array(run).describe('in the order in which they came in'),
  assessments: z.array(assessment).describe('of each run oldest first; the last one counts'),
  combinations: z.array(
    z.strictObject({ runId: id, otherRunId: id, combinedAtMs: epochMs, shiftS: z.number().exactOptional() }),
  ),
  twins: z.array(twin).default([]).describe('pairs that may be one run, and what a person said of each (rule T5)'),
  checkIns: z.array(checkIn).default([]).describe('newest first; the answers are kept nowhere'),
  plans: z.array(plan).default([]).describe('newest first'),
  sharing: z
    .array(z.strictObject({ atMs: epochMs, agreed: z.boolean() }))
    .default([])
    .describe('whether what is told after a run is shared, newest first'),
  afterRuns: z.array(afterRun).default([]).describe('what was told after running, oldest first'),
  notes: z.array(note).default([]).describe('questions, answers and shared notes, newest first'),
  restNotes: z.array(restNote).default([]).describe('what was written down about rest days, newest first'),
  flags: z.array(flag).default([]).describe('what was put before a person, and what they did with it'),
  removals: z
    .array(removal)
    .default([])
    .describe('what was removed, oldest first: no archive of before brings it back where this one was'),
  // What follows is for the client to read. It is not taken in elsewhere: another clinic's log is not this one's.
  account: z.unknown().describe("the client's own account: name and address"),
  groups: z.array(z.string()),
  log: z.array(z.unknown()).describe('who did what with these data, newest first'),
})
export type ClientArchive = z.infer<typeof clientArchiveSchema>
export type ArchivedRun = ClientArchive['runs'][number]
export type ArchivedZone = ClientArchive['zones'][number]
export type ArchivedTwin = ClientArchive['twins'][number]
export type ArchivedFile = ClientArchive['files'][number]

/** What points at something that is not there, or twice; empty for a sound archive. A run without an assessment is none. */
export function findBrokenReferences(archive: ClientArchive): string[] {
  const { zones, files, runs, assessments, combinations, twins } = archive
  const known = (all: readonly { readonly id: string }[]) => new Set(all.map((one) => one.id))
  const [zoneIds, fileIds, runIds] = [known(zones), known(files), known(runs)]
  const judged = new Set(assessments.map(({ runId }) => runId))
  const second = new Set(combinations.map(({ otherRunId }) => otherRunId))
  const shown = new Set(combinations.map(({ runId }) => runId))
  const problems: string[] = []
  const ask = (isSound: boolean, what: string) => void (isSound || problems.push(what))
  ask(zoneIds.size === zones.length, 'zones: an id twice')
  ask(runIds.size === runs.length, 'runs: an id twice')
  ask(fileIds.size === files.length, 'files: an id twice')
  ask(new Set(files.map(({ sha256 }) => sha256)).size === files.length, 'files: the same bytes twice')
  ask(new Set(runs.map(({ fileId, part }) => `${part ?? 0} ${fileId}`)).size === runs.length, 'runs: a part twice')
  for (const one of runs) {
    ask(fileIds.has(one.fileId) && judged.has(one.id), `run ${one.id}: no file or no assessment`)
    ask(one.nearDuplicateOf === null || runIds.has(one.nearDuplicateOf), `run ${one.id}: near duplicate of nothing`)
  }
  for (const { id, runId, zoneVersionId } of assessments)
    ask(
      runIds.has(runId) && (zoneVersionId === null || zoneIds.has(zoneVersionId)),
      `assessment ${id}: of no run or zone`,
    )
  for (const { runId, otherRunId } of combinations)
    ask(runIds.has(runId) && runIds.has(otherRunId) && runId !== otherRunId, `combination ${runId}: not of two runs`)
  // A question about a run that is not there is none.
  for (const { runId, otherRunId } of twins) ask(runId !== otherRunId, `twins ${runId}: of one run`)
  const pairs = twins.map(({ runId, otherRunId }) => [runId, otherRunId].toSorted().join(' '))
  ask(new Set(pairs).size === twins.length, 'twins: a pair twice')
  ask(second.size === combinations.length && shown.size === combinations.length, 'combinations: a run twice')
  return problems
}
