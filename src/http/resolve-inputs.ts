// What the judge makes of the facts that a therapist gives about a client's calm limit, as of now.
import type { z } from '@hono/zod-openapi'
import type { CalmZone } from '../domain/calm-zone.ts'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { resolveZone, type ZoneFacts } from '../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../domain/zone/validate-zone.ts'
import type { ClientSummary } from '../store/clients.ts'
import type { ClinicSettings } from '../store/settings.ts'
import { ProblemError } from './problem.ts'
import type { zoneInputsSchema } from './schemas.ts'

const DAY_MS = 86_400_000

/** @throws ProblemError RULE_SET_OFF, ZONE_REJECTED */
export function resolveInputs(
  inputs: z.infer<typeof zoneInputsSchema>,
  client: ClientSummary,
  settings: ClinicSettings,
  now: number,
): CalmZone {
  const asksMedicine = inputs.ownCalibration || inputs.ageFormulaConfirmed || inputs.measuredMaxOnCurrentMedication
  if (asksMedicine && !settings.ruleSets.includes('medicine'))
    throw new ProblemError('RULE_SET_OFF', 'Own calibration belongs to the rule set "medicine".')
  const talkAt = inputs.talkTestedAtMs ?? null
  const facts: ZoneFacts = {
    ageYears: new Date(now).getUTCFullYear() - client.birthYear,
    watchLevel: client.watchLevel,
    restBpm: inputs.restBpm ?? null,
    measuredMaxBpm: inputs.measuredMaxBpm ?? null,
    measuredMaxOnCurrentMedication: inputs.measuredMaxOnCurrentMedication,
    manualCeilingBpm: inputs.manualCeilingBpm ?? null,
    manualFloorBpm: inputs.manualFloorBpm ?? null,
    manualHardBpm: inputs.manualHardBpm ?? null,
    talkCeilingBpm: inputs.talkCeilingBpm ?? null,
    talkAgeDays: talkAt === null ? null : (now - talkAt) / DAY_MS,
    ownCalibration: inputs.ownCalibration,
    ageFormulaConfirmed: inputs.ageFormulaConfirmed,
    overrideAgeEstimate: inputs.overrideAgeEstimate,
  }
  const resolved = resolveZone(facts, overrideParameters(settings.parameters).zone)
  if (resolved.ok) return resolved.zone
  const detail = resolved.problems.map((problem) => zoneProblems[problem]).join(' ')
  throw new ProblemError('ZONE_REJECTED', detail, { errors: resolved.problems })
}
