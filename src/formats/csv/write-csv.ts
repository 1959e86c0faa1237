// A run as CSV for a spreadsheet or a script: one row a second. Names of columns and words in cells are English and the
// same in every dialect, so that a script reads both; only separator and decimal sign follow the place.
import { atMs, type ExportedRun } from '../export/exported-run.ts'
import { toLocalTime } from '../export/local-time.ts'
import { secondRows, type SecondRow } from '../export/second-rows.ts'
import { csvDialects, toCsvLine, type CsvCell, type CsvDialectName } from './csv-line.ts'

/** Tells a spreadsheet that what follows is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** Columns in their order; units are in names. */
const columns: readonly (readonly [name: string, cell: (row: SecondRow, run: ExportedRun) => CsvCell])[] = [
  ['elapsed_s', (row) => row.elapsedS],
  ['local_time', (row, run) => toLocalTime(atMs(run, row.elapsedS), run.utcOffsetS)],
  ['heart_rate_bpm', (row) => row.measuredBpm],
  ['judged_heart_rate_bpm', (row) => row.judgedBpm],
  ['quality', (row) => row.quality],
  ['paused', (row) => (row.paused ? 1 : 0)],
  ['cadence_per_min', (row) => row.cadencePerMin],
  ['speed_m_per_s', (row) => row.speedMPerS],
  ['altitude_m', (row) => row.altitudeM],
  ['distance_m', (row) => row.distanceM],
  ['zone', (row) => row.zone],
]

/** A run as CSV, line by line: RFC 4180, CRLF, UTF-8 with its mark. `heart_rate_bpm` is what the sensor said, also where
 *  `quality` says that it is not believed; `judged_heart_rate_bpm` and `zone` are what the verdict rests on.
 *  @source RFC 4180 */
export function* csvLines(run: ExportedRun, dialectName: CsvDialectName): Generator<string> {
  const dialect = csvDialects[dialectName]
  const line = (cells: readonly CsvCell[]) => toCsvLine(cells, dialect)
  yield BYTE_ORDER_MARK + line(columns.map(([name]) => name))
  for (const row of secondRows(run)) yield line(columns.map(([, cell]) => cell(row, run)))
}

/** The same as one text. */
export const writeCsv = (run: ExportedRun, dialectName: CsvDialectName): string =>
  [...csvLines(run, dialectName)].join('')
