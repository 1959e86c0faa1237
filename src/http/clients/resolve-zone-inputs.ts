// Computes the result of changed facts about a client's calm limit, as of now: the limits, the facts to store with
// them, and what a person must confirm before they are stored.
import type { z } from '@hono/zod-openapi'
import type { CalmZone, Limits } from '../../domain/calm-zone.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { knownMaximum, resolveZone } from '../../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../../domain/zone/validate-zone.ts'
import { findToConfirm, type ToConfirm } from '../../domain/zone/zone-change.ts'
import { changeInputs, noInputs, toZoneFacts, type ZoneInputs } from '../../domain/zone/zone-inputs.ts'
import type { ClientSummary } from '../../store/clients/clients.ts'
import type { ClinicSettings } from '../../store/settings/settings.ts'
import type { ZoneVersion } from '../../store/clients/zones.ts'
import { ProblemError } from '../problem.ts'
import type { zoneInputsSchema } from './zone-schemas.ts'

export interface ResolvedChange {
  readonly zone: CalmZone
  readonly inputs: ZoneInputs
  readonly toConfirm: readonly ToConfirm[]
}

/** @param before the version in force; null where there is none
 *  @param held   the lowest limits that it takes the place of, where it is dated back
 *  @throws ProblemError RULE_SET_OFF, ZONE_REJECTED */
export function resolveChange(
  before: ZoneVersion | null,
  changes: z.infer<typeof zoneInputsSchema>,
  client: ClientSummary,
  settings: ClinicSettings,
  now: number,
  held: Limits | null = before,
): ResolvedChange {
  const asksMedicine =
    changes.ownCalibration ||
    changes.ageFormulaConfirmed ||
    changes.measuredMaxOnCurrentMedication ||
    changes.rateRaising ||
    changes.restOnCurrentMedication
  if (asksMedicine && !settings.ruleSets.includes('medicine'))
    throw new ProblemError('RULE_SET_OFF', 'Own calibration belongs to the rule set "medicine".')
  const inputs = changeInputs(before?.inputs ?? noInputs, changes)
  const ageYears = new Date(now).getUTCFullYear() - client.birthYear
  const facts = toZoneFacts(inputs, { ageYears, watchLevel: client.watchLevel }, now)
  const resolved = resolveZone(facts, overrideParameters(settings.parameters).zone)
  if (!resolved.ok) {
    const detail = resolved.problems.map((problem) => zoneProblems[problem]).join(' ')
    throw new ProblemError('ZONE_REJECTED', detail, { errors: resolved.problems })
  }
  const { zone } = resolved
  const maxBpm = knownMaximum(facts).bpm
  return { zone, inputs, toConfirm: findToConfirm(held, zone, { restBpm: inputs.restBpm, maxBpm }) }
}
