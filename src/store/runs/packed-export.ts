// A stored run for the exports, packed and unpacked. Pure, so that it can be unpacked in any thread.
import { overrideParameters, type ParameterOverrides } from '../../domain/parameters/parameters.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { ExportedRun } from '../../formats/export/exported-run.ts'
import { openRun, type PackedRun } from './packed-run.ts'

/** Opening it takes a while. */
export interface PackedExport extends Omit<ExportedRun, 'recording' | 'utcOffsetS'> {
  readonly run: PackedRun
  readonly overrides: ParameterOverrides
  readonly startOffsetS: number | null
  /** The clinic's. */
  readonly timeZone: string
}

export function openExport({ run, overrides, startOffsetS, timeZone, ...facts }: PackedExport): ExportedRun {
  const { recording } = openRun(run, overrideParameters(overrides))
  const utcOffsetS = startOffsetS ?? recording.localOffsetS ?? zoneOffsetS(recording.startedAtMs, timeZone)
  return { ...facts, recording, utcOffsetS }
}
