// Rule B6: which of the known facts sets a client's calm zone. The zone form previews with it, the server stores by it,
// the command line judges by it. It never picks MAF or DFA by itself.
import { noZone, type CalmZone, type CeilingSource } from '../calm-zone.ts'
import { zoneDefaults, type ZoneParameters } from '../parameters/zone.ts'
import { ageFormulaRefusal, tanakaMaxBpm } from './max-heart-rate.ts'
import { findZoneProblems, type ZoneProblem } from './validate-zone.ts'
import { hardLimitBpm, karvonenLimits, shareOfMaxLimits, talkCapBpm } from './zone-limits.ts'

export const watchLevels = ['standard', 'extra'] as const
export type WatchLevel = (typeof watchLevels)[number]

/** What is known of a client that bears on the zone. Absent and null are both "not known". */
export interface ZoneFacts {
  readonly ageYears?: number | null
  readonly restBpm?: number | null
  readonly measuredMaxBpm?: number | null
  /** A measured maximum counts under `ownCalibration` only if it was measured on the current medication (rule A8). */
  readonly measuredMaxOnCurrentMedication?: boolean
  readonly manualCeilingBpm?: number | null
  readonly manualFloorBpm?: number | null
  readonly manualHardBpm?: number | null
  readonly talkCeilingBpm?: number | null
  readonly talkAgeDays?: number | null
  readonly watchLevel?: WatchLevel
  /** This heart rate needs its own calibration (rules A8, A11): no age formula without `ageFormulaConfirmed`. */
  readonly ownCalibration?: boolean
  readonly ageFormulaConfirmed?: boolean
  /** Something raises this heart rate (rule A9): the resting one counts only if fresh and measured as things are now. */
  readonly rateRaising?: boolean
  readonly restAgeDays?: number | null
  readonly restOnCurrentMedication?: boolean
  /** Rule B8, note: a therapist's ceiling may pass 90 % of a maximum that is only an age estimate. */
  readonly overrideAgeEstimate?: boolean
}

export type ResolvedZone =
  { readonly ok: true; readonly zone: CalmZone } | { readonly ok: false; readonly problems: readonly ZoneProblem[] }

export interface Maximum {
  readonly bpm: number | null
  readonly measured: boolean
}
interface Candidate {
  readonly source: CeilingSource
  readonly ceilingBpm: number
  readonly floorBpm: number | null
}

/** Find the zone by precedence: manual, talk test (≤ 90 days), measured maximum with rest, measured maximum, age with
 *  rest, age, none. Problems (rule B8) reject the whole set. What a person stated by hand is in the zone or among the
 *  problems: a hard limit stays also where no ceiling is known (rule B6). */
export function resolveZone(facts: ZoneFacts, p: ZoneParameters = zoneDefaults): ResolvedZone {
  const max = knownMaximum(facts)
  const rest = usableRest(facts, p)
  const found = pickCeiling(facts, max, rest, p)
  const manualHardBpm = facts.manualHardBpm ?? null
  const hardBpm = found === null ? manualHardBpm : hardLimitBpm(found.ceilingBpm, max.bpm, manualHardBpm, p)
  const floorBpm = facts.manualFloorBpm ?? found?.floorBpm ?? null
  const problems: ZoneProblem[] = findZoneProblems({
    ageYears: facts.ageYears ?? null,
    restBpm: facts.restBpm ?? null,
    maxBpm: max.bpm,
    floorBpm,
    ceilingBpm: found?.ceilingBpm ?? null,
    hardBpm,
  }).filter((problem) => !(problem === 'CEILING_ABOVE_90_MAX' && facts.overrideAgeEstimate && !max.measured))
  if (!hasTalkDate(facts)) problems.push('TALK_DATE')
  if (problems.length > 0) return { ok: false, problems }
  if (found === null) return { ok: true, zone: { ...noZone, floorBpm, hardBpm } }
  return { ok: true, zone: { source: found.source, ceilingBpm: found.ceilingBpm, floorBpm, hardBpm } }
}

/** A talk test counts for 90 days, so it needs its date; one of tomorrow has not been done (a day's room for time zones). */
const hasTalkDate = ({ talkCeilingBpm = null, talkAgeDays = null }: ZoneFacts): boolean =>
  talkCeilingBpm === null || (talkAgeDays !== null && talkAgeDays >= -1)

/** The maximum that limits may rest on: measured, else by age where rules A6 and A8 allow that. */
export function knownMaximum(facts: ZoneFacts): Maximum {
  const measured = facts.measuredMaxBpm ?? null
  if (measured !== null && (!facts.ownCalibration || facts.measuredMaxOnCurrentMedication))
    return { bpm: measured, measured: true }
  const age = facts.ageYears ?? null
  if (
    age === null ||
    ageFormulaRefusal(age, facts.ownCalibration ?? false, facts.ageFormulaConfirmed ?? false) !== null
  )
    return { bpm: null, measured: false }
  return { bpm: tanakaMaxBpm(age), measured: false }
}

/** Rule A9: under `rateRaising` a resting heart rate counts only if it is fresh and was measured as things are now. */
export function usableRest(facts: ZoneFacts, p: ZoneParameters = zoneDefaults): number | null {
  if (!facts.rateRaising) return facts.restBpm ?? null
  const ageDays = facts.restAgeDays ?? Infinity
  const fresh = ageDays >= -1 && ageDays <= p.restValidDays
  return fresh && facts.restOnCurrentMedication ? (facts.restBpm ?? null) : null
}

function pickCeiling(facts: ZoneFacts, max: Maximum, rest: number | null, p: ZoneParameters): Candidate | null {
  const manual = facts.manualCeilingBpm ?? null
  if (manual !== null) return { source: 'manual', ceilingBpm: manual, floorBpm: null }
  const talk = facts.talkCeilingBpm ?? null
  if (talk !== null && (facts.talkAgeDays ?? Infinity) <= p.talkValidDays)
    return talkCandidate(talk, facts, max, rest, p)
  if (max.bpm === null) return null
  if (rest !== null)
    return {
      source: max.measured ? 'hrr_measured' : 'hrr_age',
      ...karvonenLimits(rest, max.bpm, p.floorReserveShare, p.ceilingReserveShare),
    }
  return {
    source: max.measured ? 'pctmax_measured' : 'pctmax_age',
    ...shareOfMaxLimits(max.bpm, p.floorMaxShare, p.ceilingMaxShare),
  }
}

function talkCandidate(
  talk: number,
  facts: ZoneFacts,
  max: Maximum,
  rest: number | null,
  p: ZoneParameters,
): Candidate {
  const cap = max.bpm === null || rest === null ? Infinity : talkCapBpm(rest, max.bpm, facts.watchLevel === 'extra', p)
  return cap < talk
    ? { source: 'talktest_capped', ceilingBpm: cap, floorBpm: null }
    : { source: 'talktest', ceilingBpm: talk, floorBpm: null }
}
