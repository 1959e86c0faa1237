// A stored assessment as an archive says it: checked when it comes in from elsewhere, so that nothing is shown or counted
// that no judge could have written.
import { z } from 'zod'
import { badMarks, verdicts, type Assessment } from '../../domain/assessment.ts'
import { ceilingSources } from '../../domain/calm-zone.ts'
import { cueKinds, cuePriorities } from '../../domain/cue.ts'
import { flagLevels, runFlagKinds } from '../../domain/finding.ts'
import { guidanceDifferences } from '../../domain/guidance.ts'
import { ruleSets } from '../../domain/rule-sets.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'

const seconds = z.number()
const bpm = z.number().min(20).max(300)
const mark = z.enum(badMarks)
const span = { fromS: seconds, toS: seconds }
const cue = z.union([
  z.tuple([seconds, z.enum(cueKinds), z.enum(cuePriorities)]),
  z.tuple([seconds, z.enum(cueKinds), z.enum(cuePriorities), z.literal('check_strap')]),
])

/** As they were stored, by versions of calmpace that took any number as well: which of them may hold is asked of each zone where
 *  it comes in. */
const limit = z.number().int()
const otherLimits = { floorBpm: limit.nullable(), hardBpm: limit.nullable() }
/** Limits with what else is said beside them: a ceiling and where it came from, or neither. */
export const withLimits = <More extends z.ZodRawShape>(more: More) =>
  z.discriminatedUnion('source', [
    z.strictObject({ source: z.enum(ceilingSources), ceilingBpm: limit, ...otherLimits, ...more }),
    z.strictObject({ source: z.literal('none'), ceilingBpm: z.null(), ...otherLimits, ...more }),
  ])

export const guidanceSchema = z.strictObject({
  zoneVersionId: z.string().max(200).nullable(),
  watchLevel: z.enum(watchLevels),
  parameters: z.record(z.string(), z.number()),
  ruleVersion: z.string().max(200),
  limitsAsOfMs: z.number().int().nullable(),
  ceilingBpm: z.number().positive().nullable(),
  hardBpm: z.number().positive().nullable(),
})

export const assessmentSchema: z.ZodType<Assessment> = z.strictObject({
  ruleVersion: z.string().max(40),
  zone: withLimits({}),
  verdict: z.enum(verdicts),
  zoneTime: z.strictObject({
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
  qualityS: z.record(mark, seconds),
  markedSpans: z.array(z.strictObject({ mark, ...span })),
  // Assessments before rule version 3 had none.
  standingBpm: bpm.nullable().default(null),
  remarkedSpans: z.array(z.strictObject({ live: mark.nullable(), report: mark.nullable(), ...span })),
  cues: z.array(cue),
  flags: z.array(
    z.strictObject({
      kind: z.enum(runFlagKinds),
      rule: z.string().max(10),
      ruleVersion: z.string().max(40),
      level: z.enum(flagLevels),
      evidence: z.record(z.string(), z.unknown()),
    }),
  ),
  ruleSets: z.array(z.enum(ruleSets)),
  parameters: z.record(z.string(), z.number()),
  guided: z.strictObject({ by: guidanceSchema, differs: z.array(z.enum(guidanceDifferences)) }).exactOptional(),
})
