// A judged run as FHIR R4: a collection of Observations that another system can file. The client is a pseudonym.
import type { ExportedRun } from '../export/exported-run.ts'
import { toLocalTime } from '../export/local-time.ts'
import { heartRateSeries, meanHeartRate } from './heart-rate.ts'
import { calmpaceSystem } from './codes.ts'
import { flagObservation, verdictObservation } from './judgement.ts'
import { addressOf, derivedFrom } from './observation.ts'
import type { Bundle, Observation } from './resources.ts'

/** A Bundle of the mean heart rate, its series, the verdict and each flag. The same run gives the same Bundle, and the same
 *  identifiers when it is judged again: a receiver updates rather than doubles.
 *  @param origin of this service, e.g. `https://clinic.example`; null where it was given none
 *  @source FHIR R4 (4.0.1): Bundle, Observation, the vital-signs profiles */
export function toFhirBundle(run: ExportedRun, origin: string | null): Bundle {
  const series = heartRateSeries(run)
  const from = derivedFrom(series, origin)
  const observations: Observation[] = [
    meanHeartRate(run, from),
    ...series,
    verdictObservation(run, from),
    ...run.assessment.flags.map((flag) => flagObservation(run, flag, from)),
  ]
  return {
    resourceType: 'Bundle',
    identifier: { system: calmpaceSystem.run, value: run.runId },
    type: 'collection',
    timestamp: toLocalTime(run.assessedAtMs, run.utcOffsetS),
    entry: observations.map((resource) => ({ fullUrl: addressOf(resource, origin), resource })),
  }
}
