// One run in the format that somebody asks for, with the type and the ending of its file.
import { writeCsv } from '../csv/write-csv.ts'
import { toFhirBundle } from '../fhir/write-fhir.ts'
import { writeFit } from '../fit/write-fit.ts'
import { heartRateJson } from '../open-mhealth/heart-rate.ts'
import { textBytes } from '../text-bytes.ts'
import type { CsvDialect } from '../../domain/languages.ts'
import type { ExportedRun } from './exported-run.ts'

export const exportFormats = ['fit', 'csv', 'fhir', 'open-mhealth'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface WrittenExport {
  readonly body: Uint8Array<ArrayBuffer> | string
  readonly type: string
  readonly ending: string
}

/** @param origin of this service, where it was given one: what FHIR's addresses begin with
 *  @returns null where this format asks for readings and the run has none (`hasReadings`) */
export function writeExport(
  run: ExportedRun,
  format: ExportFormat,
  dialect: CsvDialect,
  origin: string | null,
): WrittenExport | null {
  switch (format) {
    case 'fit': {
      const fit = writeFit(run.recording, run.utcOffsetS)
      return fit && { body: Uint8Array.from(fit), type: 'application/vnd.ant.fit', ending: 'fit' }
    }
    case 'csv':
      return { body: writeCsv(run, dialect), type: 'text/csv; charset=utf-8', ending: 'csv' }
    case 'fhir':
      return {
        body: JSON.stringify(toFhirBundle(run, origin)),
        type: 'application/fhir+json',
        ending: 'fhir.json',
      }
    case 'open-mhealth':
      return { body: textBytes(heartRateJson(run)), type: 'application/json', ending: 'open-mhealth.json' }
  }
}

/** The local day on which a run began, for the name of its file. */
export const dayOf = ({ recording, utcOffsetS }: ExportedRun): string =>
  new Date(recording.startedAtMs + utcOffsetS * 1000).toISOString().slice(0, 10)
