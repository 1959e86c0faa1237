// The few FHIR R4 types that we write, with the elements that we write. FHIR's own names.

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}
export interface CodeableConcept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}
export interface Quantity {
  readonly value: number
  readonly unit?: string
  readonly system?: string
  readonly code?: string
}
export interface SampledData {
  readonly origin: Quantity
  /** Milliseconds between two values. */
  readonly period: number
  readonly dimensions: 1
  /** Values with a space between; `E` is "error": none, or none that can be believed. */
  readonly data: string
}
export interface Period {
  readonly start: string
  readonly end: string
}
export interface Reference {
  readonly reference?: string
  readonly type?: string
  readonly identifier?: Identifier
  readonly display?: string
}
export interface Identifier {
  readonly system: string
  readonly value: string
}
export interface ObservationValue {
  readonly valueQuantity?: Quantity
  readonly valueCodeableConcept?: CodeableConcept
  readonly valueBoolean?: boolean
  readonly valuePeriod?: Period
  readonly valueSampledData?: SampledData
  readonly dataAbsentReason?: CodeableConcept
}
export interface ObservationComponent extends ObservationValue {
  readonly code: CodeableConcept
}
export interface Observation extends ObservationValue {
  readonly resourceType: 'Observation'
  readonly id: string
  readonly identifier: readonly [Identifier]
  readonly meta?: { readonly profile: readonly string[] }
  readonly status: 'final'
  readonly category: readonly CodeableConcept[]
  readonly code: CodeableConcept
  readonly subject: Reference
  readonly effectivePeriod: Period
  readonly issued: string
  readonly note?: readonly { readonly text: string }[]
  readonly method?: CodeableConcept
  readonly device?: Reference
  readonly derivedFrom?: readonly Reference[]
  readonly component?: readonly ObservationComponent[]
}
export interface Bundle {
  readonly resourceType: 'Bundle'
  readonly identifier: Identifier
  readonly type: 'collection'
  readonly timestamp: string
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Observation }[]
}
