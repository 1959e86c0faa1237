// Judged runs for the tests of exports: every scenario, and whatever a reader could bring.
import fc from 'fast-check'
import { makeRecording, usualZone } from '../../fixtures/scenarios/run-scenario.ts'
import { runScenarios } from '../../fixtures/scenarios/runs.ts'
import { assess } from '../../src/domain/assess.ts'
import type { Recording } from '../../src/domain/recording.ts'
import type { ExportedRun } from '../../src/formats/export/exported-run.ts'
import { recordingsOnGrid } from './fit-grid.ts'
import { recordings } from './recordings.ts'

/** A recording as the exports get it. */
export const judged = (recording: Recording, more: Partial<ExportedRun> = {}): ExportedRun => ({
  runId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  clientId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  recording,
  assessment: assess(recording, usualZone),
  assessedAtMs: Date.parse('2026-09-01T11:00:00Z'),
  importedAtMs: Date.parse('2026-09-01T11:00:00.250Z'),
  utcOffsetS: recording.localOffsetS ?? 3600,
  ...more,
})

/** One exported run for each run scenario, by name. */
export const scenarioRuns: readonly (readonly [name: string, run: ExportedRun])[] = runScenarios.map((scenario) => {
  const recording = makeRecording(scenario)
  const assessment = assess(recording, scenario.zone ?? usualZone, scenario.context)
  return [scenario.name, judged(recording, { assessment })]
})

/** Any run: holes, nonsense values, pauses, no zone. */
export const exportedRuns: fc.Arbitrary<ExportedRun> = fc.oneof(recordings, recordingsOnGrid).map((one) => judged(one))
