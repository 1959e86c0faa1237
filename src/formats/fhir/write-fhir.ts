// A judged run as FHIR R4: a collection of Observations that another system can file. The client is a pseudonym.
import type { ExportedRun } from '../export/exported-run.ts'
import { toLocalTime } from '../export/local-time.ts'
import { heartRateSeries, meanHeartRate } from './heart-rate.ts'
import { flagObservation, verdictObservation } from './judgement.ts'
import type { Bundle, Observation } from './resources.ts'

/** A Bundle of the mean heart rate, its series, the verdict and each flag. The same run gives the same Bundle, and the same
 *  ids when it is judged again: a receiver updates rather than doubles.
 *  @param baseUrl where the Observations are at home, e.g. `https://clinic.example/fhir`: makes their full URLs
 *  @source FHIR R4 (4.0.1): Bundle, Observation, the vital-signs profiles */
export function toFhirBundle(run: ExportedRun, baseUrl: string): Bundle {
  const series = heartRateSeries(run)
  const observations: Observation[] = [
    meanHeartRate(run, series),
    ...series,
    verdictObservation(run, series),
    ...run.assessment.flags.map((flag) => flagObservation(run, flag, series)),
  ]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: toLocalTime(run.assessedAtMs, run.utcOffsetS),
    entry: observations.map((resource) => ({ fullUrl: `${baseUrl}/Observation/${resource.id}`, resource })),
  }
}
