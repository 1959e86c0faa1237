// What a spreadsheet reader makes of our CSV. The reader is csv-parse: MIT, no dependencies, in the `csv` family kept since
// 2010, strict about RFC 4180 where papaparse guesses, and it takes delimiter and byte order mark as options.
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvDialects, toCsvLine, type CsvDialectName } from '../../../src/formats/csv/csv-line.ts'
import { writeCsv } from '../../../src/formats/csv/write-csv.ts'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import { toLocalTime } from '../../../src/formats/export/local-time.ts'
import { secondRows } from '../../../src/formats/export/second-rows.ts'
import { exportedRuns, scenarioRuns } from '../../support/exported-runs.ts'

const names = Object.keys(csvDialects) as CsvDialectName[]

function reopen(text: string, name: CsvDialectName): string[][] {
  const bytes = new TextEncoder().encode(text)
  return parse(bytes, { bom: true, delimiter: csvDialects[name].separator, record_delimiter: '\r\n' })
}

/** As a spreadsheet in that language reads a number. */
const toNumber = (cell: string, name: CsvDialectName): number | null =>
  cell === '' ? null : Number(cell.replace(csvDialects[name].decimal, '.'))

function expectReopened(run: ExportedRun, name: CsvDialectName) {
  const [header, ...lines] = reopen(writeCsv(run, name), name)
  expect(header?.join()).toBe(
    'elapsed_s,local_time,heart_rate_bpm,judged_heart_rate_bpm,quality,paused,cadence_per_min,speed_m_per_s,altitude_m,distance_m,zone',
  )
  const rows = [...secondRows(run)]
  const asFloat = (value: number | null) => (value === null ? null : Math.fround(value))
  const number = (cell: string | undefined) => asFloat(toNumber(cell ?? 'absent', name))
  const wanted = rows.map((row) => [
    Math.fround(row.elapsedS),
    toLocalTime(run.recording.startedAtMs + row.elapsedS * 1000, run.utcOffsetS),
    ...[row.measuredBpm, row.judgedBpm].map(asFloat),
    row.quality ?? '',
    row.paused ? 1 : 0,
    ...[row.cadencePerMin, row.speedMPerS, row.altitudeM, row.distanceM].map(asFloat),
    row.zone ?? '',
  ])
  const text = new Set([1, 4, 10])
  expect(lines.map((line) => line.map((cell, i) => (text.has(i) ? cell : number(cell))))).toEqual(wanted)
}

describe('writeCsv', () => {
  it.each(scenarioRuns.slice(0, 6))('reopens equal in both dialects: %s', (_name, run) => {
    for (const name of names) expectReopened(run, name)
  })

  it('reopens equal whatever the run: negative altitudes, empty cells, holes, pauses', () => {
    fc.assert(
      fc.property(exportedRuns, fc.constantFrom(...names), (run, name) => expectReopened(run, name)),
      { numRuns: 40 },
    )
  })

  it('writes what a Dutch and an international spreadsheet expect', () => {
    const [, run] = scenarioRuns[0] ?? ['', null]
    if (run === null) throw new Error('no scenario')
    const lines = (name: CsvDialectName) => writeCsv(run, name).split('\r\n')
    expect(lines('nl')[71]).toBe('70;2026-09-01T10:01:10+02:00;116;112;ok;0;158;2,2;12;108,2;calm')
    expect(lines('international')[71]).toBe('70,2026-09-01T10:01:10+02:00,116,112,ok,0,158,2.2,12,108.2,calm')
    expect(lines('nl')[0]?.startsWith('\ufeffelapsed_s;')).toBe(true)
  })
})

describe('toCsvLine', () => {
  it('quotes separators, quotes and line breaks, and only those', () => {
    expect(toCsvLine(['a;b', 'say "hi"', 'two\r\nlines', 'a,b', 1.5], csvDialects.nl)).toBe(
      '"a;b";"say ""hi""";"two\r\nlines";a,b;1,5\r\n',
    )
  })

  it('gives any text and number back through a reader, in both dialects', () => {
    const cells = fc.array(fc.oneof(fc.string(), fc.constant(null), fc.integer()), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(cells, fc.constantFrom(...names), (row, name) => {
        const [back] = reopen(toCsvLine(row, csvDialects[name]), name)
        const guarded = (cell: string) => (/^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell)
        expect(back).toEqual(row.map((cell) => (typeof cell === 'string' ? guarded(cell) : String(cell ?? ''))))
      }),
    )
  })

  it.each(['=1+1', '+31', '-1+2', '@SUM(A1)', '\tx', '=HYPERLINK("http://x")'])('makes %j no formula', (text) => {
    expect(reopen(toCsvLine(['a', text], csvDialects.nl), 'nl')[0]?.[1]).toBe(`'${text}`)
  })

  it('leaves a negative number a number', () => {
    expect(toCsvLine([-0.4, null], csvDialects.nl)).toBe('-0,4;\r\n')
  })
})
