// What guided a run names a zone version: in an archive that comes in, by the id that it had there.
import type { Guidance } from '../domain/guidance.ts'
import type { ClientArchive } from '../formats/archive/client-archive.ts'

/** The archive with the ids that these versions have here; one that did not come along is unknown here too. */
export function withGuidanceHere(data: ClientArchive, zoneIds: ReadonlyMap<string, string>): ClientArchive {
  const here = <G extends Pick<Guidance, 'zoneVersionId'>>(guidance: G): G => ({
    ...guidance,
    zoneVersionId: zoneIds.get(guidance.zoneVersionId ?? '') ?? null,
  })
  return {
    ...data,
    runs: data.runs.map((run) => {
      const { guidance } = run.recording
      return guidance === undefined ? run : { ...run, recording: { ...run.recording, guidance: here(guidance) } }
    }),
    assessments: data.assessments.map((stored) => {
      const { guided } = stored.assessment
      if (guided === undefined) return stored
      return { ...stored, assessment: { ...stored.assessment, guided: { ...guided, by: here(guided.by) } } }
    }),
  }
}
