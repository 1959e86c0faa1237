// The JSON of the HTTP API, as zod schemas: they validate requests, type the page's client and make the OpenAPI document.
import { z } from '@hono/zod-openapi'
import { LAST_MS } from '../domain/calendar.ts'
import { clientActions } from '../domain/access.ts'
import { badMarks, verdicts } from '../domain/assessment.ts'
import { checkInResults } from '../domain/check-in/check-in.ts'
import { ceilingSources } from '../domain/calm-zone.ts'
import { cueKinds, cuePriorities } from '../domain/cue.ts'
import { flagLevels, runFlagKinds } from '../domain/finding.ts'
import { twinSigns } from '../domain/sources/twins.ts'
import { readingWarnings, type ReadingWarning } from '../domain/reading-codes.ts'
import { guidanceDifferences } from '../domain/guidance.ts'
import { cueResponseKinds } from '../domain/cue-response.ts'
import { participationStates } from '../domain/participation.ts'
import { recordingFormats, sensorKinds } from '../domain/recording.ts'
import { ruleSets } from '../domain/rule-sets.ts'
import { watchLevels } from '../domain/zone/resolve-zone.ts'
import type { ZoneInputs } from '../domain/zone/zone-inputs.ts'

export const epochMs = z.number().int().min(0).max(LAST_MS).describe('UTC epoch milliseconds')
const seconds = z.number().describe('seconds')
const bpm = z.number()
const span = z.tuple([seconds, seconds]).describe('[from, to) in seconds since the start')
const id = z.string()

/** Limits with what else is said beside them: a ceiling and where it came from, or neither. */
export const withLimits = <More extends z.ZodRawShape>(more: More) =>
  z.discriminatedUnion('source', [
    z.object({ source: z.enum(ceilingSources), ceilingBpm: bpm, ...otherLimits, ...more }),
    z.object({ source: z.literal('none'), ceilingBpm: z.null(), ...otherLimits, ...more }),
  ])
const otherLimits = { floorBpm: bpm.nullable(), hardBpm: bpm.nullable() }

const givenBpm = z.number().min(20).max(300).nullish()
const tick = z.boolean().optional()

/** A member that is absent stays as it is, null takes it away (rule B12). Ranges proper are rule B8's, with codes. */
export const zoneInputsSchema = z
  .strictObject({
    manualCeilingBpm: givenBpm,
    manualFloorBpm: givenBpm,
    manualHardBpm: givenBpm,
    restBpm: givenBpm,
    restMeasuredAtMs: epochMs
      .nullish()
      .describe('rule A9: a resting rate counts for 30 days where something raises it'),
    restOnCurrentMedication: tick,
    measuredMaxBpm: givenBpm,
    measuredMaxOnCurrentMedication: tick,
    talkCeilingBpm: givenBpm,
    talkTestedAtMs: epochMs.nullish(),
    ownCalibration: tick.describe('this heart rate needs its own calibration (rule A11)'),
    ageFormulaConfirmed: tick,
    rateRaising: tick.describe('something raises this heart rate (rule A9); what is kept nowhere'),
    overrideAgeEstimate: tick.describe('rule B8, note: a person knows better than an age estimate'),
  })
  .openapi('ZoneInputs')

/** The facts that a version rests on, all of them: null and false where nothing was said. */
const zoneFacts = z.object({
  manualCeilingBpm: bpm.nullable(),
  manualFloorBpm: bpm.nullable(),
  manualHardBpm: bpm.nullable(),
  restBpm: bpm.nullable(),
  restMeasuredAtMs: epochMs.nullable(),
  restOnCurrentMedication: z.boolean(),
  measuredMaxBpm: bpm.nullable(),
  measuredMaxOnCurrentMedication: z.boolean(),
  talkCeilingBpm: bpm.nullable(),
  talkTestedAtMs: epochMs.nullable(),
  ownCalibration: z.boolean(),
  ageFormulaConfirmed: z.boolean(),
  rateRaising: z.boolean(),
  overrideAgeEstimate: z.boolean(),
}) satisfies z.ZodType<ZoneInputs>

export const zoneSchema = withLimits({
  id,
  clientId: id,
  validFromMs: epochMs,
  reason: z.string().nullable().describe("the therapist's own; null to the client, always"),
  reasonForClient: z.string().nullable().describe('what the client reads'),
  inputs: zoneFacts,
  createdAtMs: epochMs,
  by: z.string().nullable().describe('name; null where they have no account here any more, or it was not kept'),
  withdrawn: z
    .object({
      atMs: epochMs,
      by: z.string().nullable(),
      reason: z.string().nullable().describe("the therapist's own; null to the client, always"),
    })
    .nullable()
    .describe('saved by mistake (rule B12): it holds for no run'),
}).openapi('ZoneVersion')

export const clientInputSchema = z
  .strictObject({
    firstName: z.string().trim().min(1).max(40),
    birthYear: z.number().int(),
    watchLevel: z.enum(watchLevels).default('standard'),
  })
  .openapi('ClientInput')

export const clientSchema = z
  .object({
    id,
    firstName: z.string(),
    birthYear: z.number().int(),
    watchLevel: z.enum(watchLevels),
    createdAtMs: epochMs,
    runCount: z.number().int(),
    lastRunAtMs: epochMs.nullable(),
    zone: zoneSchema.nullable(),
  })
  .openapi('Client')
/** A client for whoever looks at them. */
export const shownClientSchema = clientSchema
  .extend({ actions: z.array(z.enum(clientActions)).describe('what I may do with their data') })
  .openapi('ShownClient')

const warningNames = Object.keys(readingWarnings) as [ReadingWarning, ...ReadingWarning[]]
const flagSchema = z
  .object({
    kind: z.enum(runFlagKinds).describe('rule id and name'),
    rule: z.string(),
    ruleVersion: z.string(),
    level: z.enum(flagLevels),
    evidence: z.record(z.string(), z.unknown()).describe('the numbers that the rule used; spansS point into the run'),
  })
  .openapi('Flag')
const cueSchema = z
  .object({
    elapsedS: seconds,
    kind: z.enum(cueKinds),
    priority: z.enum(cuePriorities),
    hint: z.enum(['check_strap']).nullable(),
  })
  .openapi('Cue')

const runFields = {
  id,
  clientId: id,
  fileName: z.string(),
  part: z.number().int().nullable(),
  startedAtMs: epochMs,
  localOffsetS: seconds.nullable().describe("local time minus UTC by the file's own word"),
  startOffsetS: seconds.describe("to show the start by: the file's own offset, else that of the clinic's zone"),
  elapsedS: seconds,
  movingS: seconds,
  sport: z.string(),
  sensor: z.enum(sensorKinds),
  importedAtMs: epochMs,
  nearDuplicateOf: id.nullable(),
  setAside: z.boolean().describe('another sport, or no run as a person said: it raises and counts nothing'),
  saidRun: z.boolean().nullable().describe('whether a person said that it is a run; null where nobody did'),
  saidHard: z
    .boolean()
    .nullable()
    .describe('whether a person said that HARD from a bad signal was so (rule F10); null where nobody did'),
  dating: z
    .object({
      fileStartedAtMs: epochMs.describe("by the device's clock"),
      saidAtMs: epochMs.nullable().describe('when a person said when it was; null while it is asked'),
      proposedAtMs: epochMs.nullable().describe('when it may have been; null where nothing says it'),
    })
    .nullable()
    .describe(
      "where the device's date cannot be right (rule T4): until a person says it, the run counts from when it came in",
    ),
  plannedMin: z.number().nullable(),
  verdict: z.enum(verdicts),
  calmS: seconds,
  goodS: seconds,
  coverage: z.number(),
  calmShare: z.number().nullable(),
  flags: z.array(flagSchema),
  warnings: z.array(z.enum(warningNames)),
  strayPoints: z.number().int().describe('left out of the recording (rule T1); the original file keeps them'),
}
export const runSummarySchema = z.object(runFields).openapi('RunSummary')

const assessmentSchema = z
  .object({
    id,
    assessedAtMs: epochMs,
    zoneVersionId: id.nullable(),
    ruleVersion: z.string(),
    zone: withLimits({}),
    verdict: z.enum(verdicts),
    zoneTime: z.object({
      movingS: seconds,
      goodS: seconds,
      calmS: seconds,
      aboveS: seconds,
      hardS: seconds,
      coverage: z.number(),
      calmShare: z.number().nullable(),
      calmMin: z.number(),
      calmMax: z.number(),
    }),
    qualityS: z.record(z.enum(badMarks), seconds),
    markedSpans: z.array(z.object({ mark: z.enum(badMarks), fromS: seconds, toS: seconds })),
    remarkedSpans: z
      .array(
        z.object({
          live: z.enum(badMarks).nullable(),
          report: z.enum(badMarks).nullable(),
          fromS: seconds,
          toS: seconds,
        }),
      )
      .describe('where the report marks otherwise than could be known live'),
    standingBpm: bpm.nullable().describe('standing before the start (rule F8); null where its rule set is off'),
    cues: z.array(cueSchema),
    flags: z.array(flagSchema),
    ruleSets: z.array(z.enum(ruleSets)).describe('rule sets that were on'),
    parameters: z.record(z.string(), z.number()).describe('parameters that the clinic had changed'),
  })
  .openapi('Assessment')

export const checkInSchema = z
  .object({
    atMs: epochMs,
    result: z.enum(checkInResults),
    zoneNeedsReview: z.boolean().describe('rule A10: the calm limit is to be looked at again'),
  })
  .openapi('CheckIn')
const handSchema = z
  .object({
    elapsedS: seconds,
    kind: z.enum(cueResponseKinds),
    by: id.describe('person'),
    byName: z.string().nullable().describe('null where they have no account here any more'),
  })
  .openapi('Hand')

const guidedSchema = z
  .object({
    ceilingBpm: bpm.nullable(),
    hardBpm: bpm.nullable(),
    watchLevel: z.enum(watchLevels),
    parameters: z.record(z.string(), z.number()),
    ruleVersion: z.string(),
    limitsAsOfMs: epochMs.nullable().describe('when the phone fetched these limits'),
    differs: z
      .array(z.enum(guidanceDifferences))
      .describe('where the assessment, but for its cues, goes by something else'),
  })
  .openapi('Guided')

export const runDetailSchema = z
  .object({
    ...runFields,
    format: z.enum(recordingFormats),
    device: z.string().nullable(),
    subSport: z.string().nullable(),
    pauses: z.array(span),
    summary: z.object({
      meanHeartRateBpm: bpm.nullable(),
      maxHeartRateBpm: bpm.nullable(),
      timerS: seconds.nullable(),
      distanceM: z.number().nullable(),
    }),
    samplesGone: z.boolean().describe('raw samples and file are deleted; what was judged of them stays'),
    hasReadings: z.boolean().describe('false for a summary alone: there is no FIT of it'),
    samples: z.number().int().nullable(),
    heartRateBpm: z.object({ min: bpm.nullable(), max: bpm.nullable(), mean: bpm.nullable() }),
    rrIntervals: z.number().int().nullable(),
    combination: z
      .object({
        sources: z.array(
          z.object({
            runId: id,
            sensor: z.enum(sensorKinds),
            device: z.string().nullable(),
            fileName: z.string(),
            seconds: seconds.describe('that this source gave'),
          }),
        ),
        agreement: z
          .object({ seconds, biasBpm: bpm, lowerBpm: bpm, upperBpm: bpm })
          .nullable()
          .describe('second source minus first, where both were believed (Bland & Altman); null under a minute'),
      })
      .nullable()
      .describe('two sources shown as one run'),
    twins: z
      .array(
        z.object({
          runId: id,
          fileName: z.string(),
          startedAtMs: epochMs,
          startOffsetS: seconds,
          elapsedS: seconds,
          sensor: z.enum(sensorKinds),
          device: z.string().nullable(),
          sign: z.enum(twinSigns).describe('what speaks for it'),
          laterS: seconds.describe("how much later the other one's clock was, where it is this run"),
          counts: z.boolean().describe('whether the other one stands for both where runs are counted'),
          oneRun: z.boolean().nullable().describe('what was said; null where nobody did, then it is asked'),
          answeredAtMs: epochMs.nullable(),
          answeredBy: z.string().nullable().describe('name; null where nobody or calmpace itself did'),
        }),
      )
      .describe('other recordings that may be this run once more (rule T5), asked or answered'),
    hands: z.array(handSchema).describe('what people did with the cues of a group run'),
    participation: z
      .object({
        id,
        groupRunId: id,
        state: z.enum(participationStates),
        checkIn: checkInSchema.nullable().describe('the last one before this run'),
      })
      .nullable()
      .describe('the part in a group run that it comes from'),
    zoneFromLater: z
      .boolean()
      .describe('rule B12: it is from before all versions of the zone, and judged by the earliest of them'),
    guided: guidedSchema.nullable().describe('what guided the run; null where nobody was guided, or it is not known'),
    assessment: assessmentSchema,
    assessments: z.array(
      z.object({
        id,
        ruleVersion: z.string(),
        zoneVersionId: id.nullable(),
        assessedAtMs: epochMs,
        verdict: z.enum(verdicts),
      }),
    ),
  })
  .openapi('Run')

const series = { elapsedS: z.array(seconds), bpm: z.array(bpm.nullable()) }
export const seriesSchema = z
  .object({
    heartRate: z.object(series),
    source: z
      .array(z.number().int())
      .nullable()
      .describe('which source each heart rate is from: 1, 2, or 0 where neither was believed; null with one source'),
    smoothed: z.object(series),
    /** How long a sample holds at most (rule C1): a line must not reach over a longer hole. */
    holdLimitS: seconds,
    pauses: z.array(span),
    alpha1: z
      .array(
        z.object({ atS: seconds, beats: z.number().int(), artefactShare: z.number(), alpha1: z.number().nullable() }),
      )
      .nullable()
      .describe('DFA alpha 1 (rule H), experimental, display only; null where its rule set is off'),
  })
  .openapi('Series')

export const uploadSchema = z
  .object({
    results: z.array(
      z.object({
        file: z.string(),
        part: z.number().int().nullable(),
        result: z.enum(['added', 'already_there', 'near_duplicate', 'not_usable']),
        runId: id.nullable(),
        code: z.string().nullable(),
        message: z.string().nullable(),
        detail: z.string().nullable().describe('what of the file the code is about, in the words of the file'),
        verdict: z.enum(verdicts).nullable(),
        startedAtMs: epochMs.nullable().describe('when the run began; null where there is none'),
        startOffsetS: seconds.nullable().describe('local time minus UTC where the run was'),
        movingS: seconds.nullable().describe('how long the runner moved; null where nothing was judged'),
        asksDate: z.boolean().describe("the device's date cannot be right: when it was is asked (rule T4)"),
      }),
    ),
    left: z
      .array(
        z.object({
          archive: z.string(),
          counts: z.array(z.object({ code: z.string(), message: z.string(), count: z.number().int() })),
        }),
      )
      .describe('of each archive what is no run, and more of what was refused than is told file by file, by reason'),
  })
  .openapi('UploadResults')
export type Upload = z.infer<typeof uploadSchema>
export type UploadResult = Upload['results'][number]

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

/** A JSON response of a route. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
/** A file of a route, of one of these types; in the document a string of bytes. */
export const download = (description: string, ...types: readonly string[]) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
})
/** A multipart form of a route, for the document alone: nothing but the route reads it (read-upload.ts). */
export const form = (description: string, properties: Record<string, FormField>, required: string[] = ['files']) => ({
  required: true,
  description,
  content: { 'multipart/form-data': { schema: { type: 'object' as const, properties, required } } },
})
export const oneFile = { type: 'string', format: 'binary' } as const
export const manyFiles = { type: 'array', items: oneFile, minItems: 1 } as const
type FormField =
  typeof oneFile | typeof manyFiles | { type: 'number'; minimum: number; maximum: number; description: string }
/** A JSON body of a route. */
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
