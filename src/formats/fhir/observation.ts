// What every Observation of a run shares: who, when, by what, from which run, and where it is at home.
import { v5 } from 'uuid'
import { atMs, type ExportedRun } from '../export/exported-run.ts'
import { toLocalTime } from '../export/local-time.ts'
import { calmpaceSystem, deviceWords } from './codes.ts'
import type { Observation, Period, Reference } from './resources.ts'

/** The client by pseudonym only: a reference that no server can follow to a name. */
const subjectOf = ({ clientId }: ExportedRun): Reference => ({
  type: 'Patient',
  identifier: { system: calmpaceSystem.client, value: clientId },
})

/** A stretch of the run in local time. */
export const periodOf = (run: ExportedRun, fromS: number, toS: number): Period => ({
  start: toLocalTime(atMs(run, fromS), run.utcOffsetS),
  end: toLocalTime(atMs(run, toS), run.utcOffsetS),
})

/** FHIR ids hold letters, digits, `-` and `.`, 64 at most: the run's own and what is observed of it. */
const idOf = ({ runId }: ExportedRun, what: string): string =>
  `${runId.replaceAll(/[^A-Za-z0-9.-]/g, '-').slice(0, 36)}.${what}`

/** The full URL of an Observation: under the service's own address where it was given one, else a name made from its
 *  identifier. Neither depends on how the request came here, so that a receiver who gets a run twice holds it once.
 *  @source FHIR R4, Bundle.entry.fullUrl; RFC 9562 (a UUID of version 5) */
export function addressOf({ id, identifier: [{ system, value }] }: Observation, origin: string | null): string {
  if (origin !== null) return `${origin}/fhir/Observation/${id}`
  return `urn:uuid:${v5(value, system.slice('urn:uuid:'.length))}`
}

/** As the Bundle itself resolves it: beside the address that it stands under, else by its name. Elements of FHIR are absent
 *  rather than empty.
 *  @source FHIR R4, "Resolving references in Bundles" */
export const derivedFrom = (series: readonly Observation[], origin: string | null): Pick<Observation, 'derivedFrom'> =>
  series.length === 0 ? {} : { derivedFrom: series.map((one) => referenceTo(one, origin)) }

const referenceTo = (one: Observation, origin: string | null): Reference => ({
  reference: origin === null ? addressOf(one, origin) : `Observation/${one.id}`,
  type: 'Observation',
})

/** An Observation over a stretch of the run.
 *  @param what what is observed, as the end of its id: at most 27 letters */
export function observationOf(
  run: ExportedRun,
  what: string,
  more: Pick<Observation, 'category' | 'code'> & Partial<Omit<Observation, 'id' | 'identifier'>>,
): Observation {
  return {
    resourceType: 'Observation',
    id: idOf(run, what),
    identifier: [{ system: calmpaceSystem.ofRun, value: `${run.runId}.${what}` }],
    status: 'final',
    subject: subjectOf(run),
    effectivePeriod: periodOf(run, 0, run.recording.elapsedS),
    issued: toLocalTime(run.assessedAtMs, run.utcOffsetS),
    device: { display: deviceWords[run.recording.sensor] },
    ...more,
  }
}
