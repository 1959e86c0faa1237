// Codes and units of the FHIR export, as data. Our own code systems have no web address of their own: a fixed UUID names
// each, for it may never mean anything else.
import type { EvidenceUnit } from '../../domain/evidence.ts'
import type { SensorKind } from '../../domain/recording.ts'
import type { CodeableConcept, Quantity } from './resources.ts'

const loinc = 'http://loinc.org'
const ucum = 'http://unitsofmeasure.org'
const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category'
const observationStatistics = 'http://terminology.hl7.org/CodeSystem/observation-statistics'
const dataAbsentReason = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'

/** Our own: what is observed, verdicts, kinds and levels of flags, pieces of evidence; pseudonyms of clients; runs and what is
 *  observed of each. */
export const calmpaceSystem = {
  observation: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e01',
  verdict: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e02',
  flag: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e03',
  flagLevel: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e04',
  evidence: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e05',
  client: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e06',
  run: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e07',
  ofRun: 'urn:uuid:6f3a2f0c-52a4-4c0e-9d57-3d1f0a1c7e08',
} as const

/** The profile that every heart rate of R4 must follow. */
export const heartRateProfile = 'http://hl7.org/fhir/StructureDefinition/heartrate'

const concept = (system: string, code: string, display: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text: display,
})

export const vitalSigns = concept(observationCategory, 'vital-signs', 'Vital Signs')
export const activity = concept(observationCategory, 'activity', 'Activity')
export const heartRate = concept(loinc, '8867-4', 'Heart rate')
/** No sensor said a heart rate; and: one did, and none can be believed. */
export const absent = {
  notPerformed: concept(dataAbsentReason, 'not-performed', 'Not Performed'),
  unknown: concept(dataAbsentReason, 'unknown', 'Unknown'),
} as const
export const statistic = {
  average: concept(observationStatistics, 'average', 'Average'),
  minimum: concept(observationStatistics, 'minimum', 'Minimum'),
  maximum: concept(observationStatistics, 'maximum', 'Maximum'),
} as const

/** A word of ours; it is its own display. */
export const ownConcept = (system: keyof typeof calmpaceSystem, code: string): CodeableConcept =>
  concept(calmpaceSystem[system], code, code)

/** UCUM code and the word for people. */
const units = {
  '/min': 'beats/minute',
  '/min2': 'beats/minute per minute',
  'm/s': 'm/s',
  s: 's',
  min: 'min',
  h: 'h',
  '%': '%',
  '1': '1',
} as const
export type UcumCode = keyof typeof units

/** @param code null where the unit is not known: FHIR has a number without one, and that is no number of `1`s */
export const quantity = (value: number, code: UcumCode | null): Quantity =>
  code === null ? { value } : { value, unit: units[code], system: ucum, code }

/** What each unit of evidence is in UCUM; null for moments and hours of the day, which are no amounts. */
export const ucumOf = {
  bpm: '/min',
  bpm_per_min: '/min2',
  m_per_s: 'm/s',
  s: 's',
  min: 'min',
  h: 'h',
  hour_of_day: null,
  epoch_ms: null,
  percent: '%',
  share: '1',
  share_per_run: '1',
  ratio: '1',
  count: '1',
  score: '1',
  load: '1',
} as const satisfies Readonly<Record<EvidenceUnit, UcumCode | null>>

export const deviceWords: Readonly<Record<SensorKind, string>> = {
  chest: 'Heart rate sensor: chest strap',
  arm: 'Heart rate sensor: optical, arm',
  wrist: 'Heart rate sensor: optical, wrist',
  unknown: 'Heart rate sensor: kind not known',
}
