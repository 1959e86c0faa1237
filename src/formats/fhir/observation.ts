// What every Observation of a run shares: who, when, by what, from which run.
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

/** Elements of FHIR are absent rather than empty. */
export const derivedFrom = (series: readonly Observation[]): Pick<Observation, 'derivedFrom'> =>
  series.length === 0 ? {} : { derivedFrom: series.map(({ id }) => ({ reference: `Observation/${id}` })) }

/** An Observation over a stretch of the run.
 *  @param what what is observed, as the end of its id: at most 27 letters */
export function observationOf(
  run: ExportedRun,
  what: string,
  more: Pick<Observation, 'category' | 'code'> & Partial<Observation>,
): Observation {
  return {
    resourceType: 'Observation',
    id: idOf(run, what),
    status: 'final',
    subject: subjectOf(run),
    effectivePeriod: periodOf(run, 0, run.recording.elapsedS),
    issued: toLocalTime(run.assessedAtMs, run.utcOffsetS),
    device: { display: deviceWords[run.recording.sensor] },
    ...more,
  }
}
