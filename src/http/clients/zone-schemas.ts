// The JSON of a calm zone: what somebody changes, and a version as it is shown.
import { z } from '@hono/zod-openapi'
import type { ZoneInputs } from '../../domain/zone/zone-inputs.ts'
import { bpm, epochMs, id, withLimits } from '../schemas.ts'

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
