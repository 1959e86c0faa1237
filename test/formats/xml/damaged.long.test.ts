// Properties: whatever happens to the bytes, reading ends in recordings that hold together or in a code of the closed list.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameFixtures } from '../../../fixtures/xml/names.ts'
import { xmlFixtures } from '../../../fixtures/xml/files.ts'
import { fileProblems, readingWarnings } from '../../../src/domain/reading-codes.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import type { FileReading } from '../../../src/formats/file-reading.ts'
import { readGpx } from '../../../src/formats/gpx/read-gpx.ts'
import { readFile } from '../../../src/formats/read-file.ts'
import { readTcx } from '../../../src/formats/tcx/read-tcx.ts'

const files = Object.keys(xmlFixtures)
const made = new Map(files.map((file) => [file, xmlFixtures[file]?.make() ?? new Uint8Array()]))
const bytesOf = (file: string) => made.get(file) ?? new Uint8Array()

const rises = (times: Float64Array) => times.every((at, i) => i === 0 || at > times[i - 1])
function expectSound(run: Recording): void {
  const { heartRate, motion, pauses, elapsedS } = run
  expect(Number.isSafeInteger(run.startedAtMs) && elapsedS >= 0).toBe(true)
  for (const { elapsedS: times } of [heartRate, motion])
    expect(rises(times) && times.every((at) => at >= 0 && at <= elapsedS)).toBe(true)
  expect(heartRate.bpm.every((bpm) => Number.isNaN(bpm) || (bpm >= 0 && bpm < 255))).toBe(true)
  expect(motion.distanceM.every((way) => way !== Infinity)).toBe(true)
  expect(pauses.every(([from, to], i) => from < to && to <= elapsedS && from >= (pauses[i - 1]?.[1] ?? 0))).toBe(true)
  expect(run.warnings.every((code) => code in readingWarnings)).toBe(true)
}
function expectKept(reading: FileReading): FileReading {
  if (!reading.ok) expect(reading.code in fileProblems).toBe(true)
  else {
    expect(reading.recordings.length).toBeGreaterThan(0)
    for (const run of reading.recordings) expectSound(run)
  }
  return reading
}

/** Heart rates by second of the first recording. */
const beatsOf = (reading: FileReading): [number, number][] => {
  const heartRate = reading.ok ? reading.recordings[0]?.heartRate : undefined
  return Array.from(heartRate?.elapsedS ?? [], (at, i) => [at, heartRate?.bpm[i] ?? Number.NaN])
}
/** Of all recordings, each with its moment. */
const datedBeatsOf = (reading: FileReading): string[] =>
  (reading.ok ? reading.recordings : []).flatMap(({ startedAtMs, heartRate: { elapsedS, bpm } }) =>
    Array.from(elapsedS, (at, i) => `${startedAtMs / 1000 + at}: ${bpm[i]}`),
  )
/** How many points end before this byte. */
const pointsBefore = (bytes: Uint8Array, at: number) =>
  new TextDecoder().decode(bytes.subarray(0, at)).split(/<\/(?:Trackpoint|trkpt)>/).length - 1

/** What random markup is put together from. */
const pieces = [
  ...[
    '<trk>',
    '<trkseg>',
    '<trkpt',
    ' lat="1"',
    '>',
    '/>',
    '</trkpt>',
    '</trkseg>',
    '</trk>',
    '</gpx>',
    '<g:hr>',
    '</g:hr>',
  ],
  ...[
    '<time>2026-09-01T08:00:00Z</time>',
    '<time>',
    '120',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&lt;',
    "'",
    '"',
    '<?',
    '\0',
  ],
]

/** What is told of a cut before the first complete point: a TCX lap may stand before it. */
const nothingKept = (reading: FileReading) => (reading.ok ? ['TRUNCATED', 'NO_RECORDS'] : ['NO_DATA'])

describe('readTcx and readGpx on damaged bytes', () => {
  it('keep every fixture in one piece', () => {
    for (const file of files) expectKept(readFile(file, bytesOf(file)))
  })

  it('never throw on random bytes and random markup', () => {
    const markup = fc
      .array(fc.constantFrom(...pieces), { maxLength: 60 })
      .map((parts) => new TextEncoder().encode(`<gpx>${parts.join('')}`))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), markup), (bytes) => {
        expectKept(readGpx(bytes))
        expectKept(readTcx(bytes))
        expectKept(readFile('x.gpx', bytes))
      }),
      { numRuns: 2000 },
    )
  })

  it('never throw on mutated fixtures, and keep every point before the first wrong byte', () => {
    const small = files.filter(
      (file) => bytesOf(file).length < 20_000 && file !== 'order.tcx' && !Object.hasOwn(nameFixtures, file),
    )
    const reorders = ['TIME_BACKWARDS', 'STRAY_POINTS'] as const
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.nat(20_000), fc.nat(255), (file, place, value) => {
        const at = place % bytesOf(file).length
        const whole = readFile(file, bytesOf(file))
        const reading = expectKept(readFile(file, bytesOf(file).with(at, value)))
        if (!whole.ok || !reading.ok || file === 'utf-16.gpx') return
        if (reorders.some((code) => reading.recordings[0]?.warnings.includes(code))) return
        const before = pointsBefore(bytesOf(file), at)
        const sure = beatsOf(whole).filter(([second]) => second < before - 1)
        // A year that is another one: its point is a recording of its own, and may be the first.
        if (reading.recordings.some(({ warnings }) => warnings.includes('DAYS_APART'))) {
          const startS = (whole.recordings[0]?.startedAtMs ?? Number.NaN) / 1000
          const expected = sure.map(([second, bpm]) => `${startS + second}: ${bpm}`)
          expect(datedBeatsOf(reading)).toEqual(expect.arrayContaining(expected))
          return
        }
        expect(beatsOf(reading).slice(0, sure.length)).toEqual(sure)
      }),
      // The year of a point that became another one.
      { numRuns: 1500, examples: [['missing-heart-rates.tcx', 9884, 48]] },
    )
  })

  it.each(['calm-run.tcx', 'calm-run.gpx'])('keep every point of %s before a cut, and warn', (file) => {
    const bytes = bytesOf(file)
    const whole = beatsOf(readFile(file, bytes))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length - 20 }), (cut) => {
        const reading = expectKept(readFile(file, bytes.subarray(0, cut)))
        const kept = pointsBefore(bytes, cut)
        expect(beatsOf(reading)).toEqual(whole.slice(0, kept))
        if (kept > 0) expect(reading.ok && reading.recordings[0]?.warnings).toEqual(['TRUNCATED'])
        else expect(reading.ok ? reading.recordings[0]?.warnings : [reading.code]).toEqual(nothingKept(reading))
      }),
      { numRuns: 60 },
    )
  })
})
