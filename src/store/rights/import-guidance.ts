// Finds the zone version that guided an imported run, by the id that it had in the other clinic.
import type { Guidance } from '../../domain/guidance.ts'
import type { ClientArchive } from '../../formats/archive/client-archive.ts'

/** The archive with the ids that these versions have here; one that did not come along is unknown here too. */
export function withGuidanceHere(data: ClientArchive, zoneIds: ReadonlyMap<string, string>): ClientArchive {
  const here = <G extends Pick<Guidance, 'zoneVersionId'>>(guidance: G): G => ({
    ...guidance,
    zoneVersionId: zoneIds.get(guidance.zoneVersionId ?? '') ?? null,
  })
  return {
    ...data,
    runs: data.runs.map((run) => {
      const { guidance, guidedLater } = run.recording
      if (guidance === undefined) return run
      const later = guidedLater?.map(([atS, by]): [number, typeof by] => [atS, here(by)])
      const recording = { ...run.recording, guidance: here(guidance) }
      return { ...run, recording: later === undefined ? recording : { ...recording, guidedLater: later } }
    }),
    assessments: data.assessments.map((stored) => {
      const { guided } = stored.assessment
      if (guided === undefined) return stored
      return { ...stored, assessment: { ...stored.assessment, guided: { ...guided, by: here(guided.by) } } }
    }),
  }
}
