// The JSON of a run: in a list, whole with its assessment, and second by second.
import { z } from '@hono/zod-openapi'
import { badMarks, verdicts } from '../../domain/assessment.ts'
import { cueResponseKinds } from '../../domain/cue-response.ts'
import { cueKinds, cuePriorities } from '../../domain/cue.ts'
import { flagLevels, runFlagKinds } from '../../domain/finding.ts'
import { guidanceDifferences } from '../../domain/guidance.ts'
import { participationStates } from '../../domain/participation.ts'
import { readingWarnings, type ReadingWarning } from '../../domain/reading-codes.ts'
import { recordingFormats, sensorKinds } from '../../domain/recording.ts'
import { ruleSets } from '../../domain/rule-sets.ts'
import { twinSigns } from '../../domain/sources/twins.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'
import { bpm, checkInSchema, epochMs, id, seconds, span, withLimits } from '../schemas.ts'

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

const cueResponseSchema = z
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
    hands: z.array(cueResponseSchema).describe('what people did with the cues of a group run'),
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
