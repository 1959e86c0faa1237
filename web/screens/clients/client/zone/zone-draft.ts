// Turns the form of a calm limit into changes to the current facts (rule B12). Pure.
import type { CalmZone, Limits } from '../../../../../src/domain/calm-zone.ts'
import type { ZoneParameters } from '../../../../../src/domain/parameters/zone.ts'
import { knownMaximum, resolveZone, usableRest, type WatchLevel } from '../../../../../src/domain/zone/resolve-zone.ts'
import type { ZoneProblem } from '../../../../../src/domain/zone/validate-zone.ts'
import { findToConfirm, type ToConfirm } from '../../../../../src/domain/zone/zone-change.ts'
import { changeInputs, noInputs, toZoneFacts, type ZoneInputs } from '../../../../../src/domain/zone/zone-inputs.ts'

/** The fields of the form, each with the fact that it is about. A number is a heart rate in bpm. */
export const zoneFields = {
  manual: 'manualCeilingBpm',
  hard: 'manualHardBpm',
  talk: 'talkCeilingBpm',
  rest: 'restBpm',
  max: 'measuredMaxBpm',
} as const satisfies Readonly<Record<string, keyof ZoneInputs>>
export type ZoneField = keyof typeof zoneFields

/** What the form holds. */
export interface TypedZone {
  readonly bpm: Readonly<Record<ZoneField, number | null>>
  readonly talkTestedAtMs: number | null
  /** What belongs to medicines (rules A8 to A11); null where the form does not ask it. */
  readonly medicine: Pick<ZoneInputs, 'rateRaising' | 'restMeasuredAtMs' | 'restOnCurrentMedication'> | null
  /** Null where the form has no such tick. */
  readonly ownCalibration: boolean | null
  readonly overrideAgeEstimate: boolean
}

/** Only what differs from what is in force. A tick for the own calibration says too that a maximum was measured so. */
export function changesOf(inForce: ZoneInputs, typed: TypedZone): Partial<ZoneInputs> {
  const { talkTestedAtMs, medicine, ownCalibration, overrideAgeEstimate } = typed
  const all: Partial<ZoneInputs> = {
    ...Object.fromEntries(Object.entries(zoneFields).map(([field, fact]) => [fact, typed.bpm[field as ZoneField]])),
    talkTestedAtMs,
    overrideAgeEstimate,
    ...medicine,
    ...(ownCalibration === null ? {} : { ownCalibration, measuredMaxOnCurrentMedication: ownCalibration }),
  }
  return Object.fromEntries(Object.entries(all).filter(([fact, value]) => inForce[fact as keyof ZoneInputs] !== value))
}

/** The facts that go by a change: each is said before it is saved. */
export const removedBy = (inForce: ZoneInputs, changes: Partial<ZoneInputs>): ZoneField[] =>
  (Object.keys(zoneFields) as ZoneField[]).filter((field) => {
    const fact = zoneFields[field]
    return inForce[fact] !== null && fact in changes && changes[fact] === null
  })

export interface ZonePreviewed {
  readonly problems: readonly ZoneProblem[]
  /** Null where there are problems. */
  readonly zone: CalmZone | null
  readonly toConfirm: readonly ToConfirm[]
  /** A resting rate is there and does not count (rule A9). */
  readonly restIsLeftOut: boolean
}

/** What the judge would make of it, as the server does.
 *  @param held the lowest limits that it takes the place of, where it is dated back */
export function previewChange(
  before: (CalmZone & { readonly inputs: ZoneInputs }) | null,
  changes: Partial<ZoneInputs>,
  client: { readonly ageYears: number; readonly watchLevel: WatchLevel },
  p: ZoneParameters,
  nowMs: number,
  held: Limits | null = before,
): ZonePreviewed {
  const inputs = changeInputs(before?.inputs ?? noInputs, changes)
  const facts = toZoneFacts(inputs, client, nowMs)
  const restIsLeftOut = inputs.restBpm !== null && usableRest(facts, p) === null
  const resolved = resolveZone(facts, p)
  if (!resolved.ok) return { problems: resolved.problems, zone: null, toConfirm: [], restIsLeftOut }
  const maxBpm = knownMaximum(facts).bpm
  const toConfirm = findToConfirm(held, resolved.zone, { restBpm: inputs.restBpm, maxBpm })
  return { problems: [], zone: resolved.zone, toConfirm, restIsLeftOut }
}
