import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { fitTable } from '../../../fixtures/fit/table.ts'
import { START } from '../../../fixtures/fit/made-runs.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/fit/${name}.fit`, import.meta.url)))
function recordingOf(name: string): Recording {
  const reading = readFit(bytesOf(name))
  if (!reading.ok || reading.recordings[0] === undefined) throw new Error(`${name} gave no recording`)
  return reading.recordings[0]
}
const bpmOf = (name: string) => [...recordingOf(name).heartRate.bpm]

describe('fixtures/fit', () => {
  it.each(Object.keys(fitFixtures))('%s.fit is the file that its maker makes', (name) => {
    expect(bytesOf(name)).toEqual(fitFixtures[name]?.make())
  })

  it('has a table of what each proves', () => {
    const table = readFileSync(new URL('../../../fixtures/fit/README.md', import.meta.url), 'utf8')
    expect(table).toBe(fitTable())
  })

  it('reads a run: times, pause, sensor, sport, local time', () => {
    const run = recordingOf('calm-run')
    expect(run).toMatchObject({ sport: 'running', sensor: 'chest', localOffsetS: 7200, elapsedS: 1799, warnings: [] })
    expect(run.startedAtMs).toBe((START + 631065600) * 1000)
    expect(run.pauses).toEqual([[900, 960]])
    expect(run.heartRate.bpm.length).toBe(1740)
    expect(run.motion.cadencePerMin[70]).toBe(158)
    expect(run.motion.speedMPerS[70]).toBeCloseTo(2.2)
  })

  it('reads every byte order and header alike', () => {
    const usual = bpmOf('crc-wrong')
    for (const name of ['big-endian', 'header-12', 'header-lies', 'activity-and-settings', 'trailing-bytes'])
      expect(bpmOf(name)).toEqual(usual)
  })

  it('follows compressed timestamps over their roll-over', () => {
    const { elapsedS, bpm } = recordingOf('compressed-time').heartRate
    expect([...elapsedS]).toEqual(Array.from({ length: 100 }, (_, s) => s))
    expect(bpm[50]).toBe(100 + (50 % 7))
  })

  it('never lets a developer field replace the heart rate', () => {
    expect(new Set(bpmOf('developer-field'))).toEqual(new Set([120]))
  })

  it('has rows only where a heart rate was stated: 0 is one, and no value is none (rule T9)', () => {
    expect([...recordingOf('only-on-change').heartRate.elapsedS]).toEqual(Array.from({ length: 15 }, (_, i) => 4 * i))
    const drops = recordingOf('dropouts').heartRate
    expect([drops.elapsedS[0], drops.bpm[0], drops.elapsedS[1]]).toEqual([0, 0, 2])
    expect(bpmOf('no-heart-rate')).toEqual([])
  })

  it('merges records of the same second; a heart rate beats 0 and no value', () => {
    expect(bpmOf('same-second')).toEqual(Array.from({ length: 20 }, () => 121))
  })

  it('reads RR intervals in order, filler left out', () => {
    const { rrMs, elapsedS } = recordingOf('rr-intervals').rr
    expect(rrMs.length).toBe(120)
    expect([rrMs[0], rrMs[1]]).toEqual([498, 502])
    expect([...elapsedS].every((at, i) => i === 0 || at >= (elapsedS[i - 1] ?? 0))).toBe(true)
  })

  it('fills records from stored heart rates, and prefers them where the session says so', () => {
    const filled = recordingOf('hr-messages')
    expect(filled.warnings).toEqual(['HR_MESSAGES_USED'])
    expect(filled.heartRate.bpm.length).toBe(120)
    expect(new Set(filled.heartRate.bpm)).toEqual(new Set([131]))
    const preferred = recordingOf('hr-messages-preferred')
    expect(preferred.warnings).toEqual(['HR_MESSAGES_PREFERRED'])
    expect(new Set(preferred.heartRate.bpm)).toEqual(new Set([131]))
  })

  it('gives one recording per activity of a chained file', () => {
    const reading = readFit(bytesOf('two-activities'))
    expect(reading.ok && reading.recordings.map((run) => run.startedAtMs)).toEqual([
      (START + 631065600) * 1000,
      (START + 86_400 + 631065600) * 1000,
    ])
  })

  it.each([
    ['crc-wrong', ['CRC_MISMATCH'], 400],
    ['header-lies', ['HEADER_SIZE_MISMATCH'], 400],
    ['trailing-bytes', ['TRAILING_BYTES'], 400],
    ['truncated', ['TRUNCATED'], 266],
    ['damaged-middle', ['DAMAGED'], 120],
    ['clock-leaps', ['CLOCK_STEPPED_BACK'], 60],
  ])('keeps what %s.fit still holds, and warns', (name, warnings, samples) => {
    const run = recordingOf(name)
    expect(run.warnings).toEqual(expect.arrayContaining(warnings))
    expect(run.heartRate.bpm.length).toBe(samples)
  })

  it('tells what is no activity, no FIT, or nothing', () => {
    expect(readFit(bytesOf('settings'))).toEqual({ ok: false, code: 'NOT_ACTIVITY' })
    expect(readFit(bytesOf('sleep'))).toEqual({ ok: false, code: 'NOT_ACTIVITY' })
    expect(readFit(new TextEncoder().encode('hello, I am a text'))).toEqual({ ok: false, code: 'NOT_FIT' })
    expect(readFit(new Uint8Array())).toEqual({ ok: false, code: 'EMPTY' })
    expect(readFit(bytesOf('calm-run').slice(0, 14))).toEqual({ ok: false, code: 'NO_DATA' })
  })
})

describe('readFit on damaged bytes', () => {
  const names = Object.keys(fitFixtures)
  const reads = (bytes: Uint8Array) => {
    const reading = readFit(bytes)
    const rows = reading.ok ? reading.recordings.reduce((sum, run) => sum + run.heartRate.bpm.length, 0) : 0
    expect(rows).toBeLessThanOrEqual(bytes.length)
    return reading
  }

  it('never throws on random bytes, with or without a header before them', () => {
    const header = bytesOf('calm-run').slice(0, 14)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (bytes, headed) => {
        reads(headed ? Uint8Array.from([...header, ...bytes]) : bytes)
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws on mutated fixtures', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (name, edits) => {
          const bytes = bytesOf(name)
          for (const [at, value] of edits) bytes[at % bytes.length] = value
          reads(bytes)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('reads no further than a field whose type was damaged to a wider one', () => {
    // Byte 741 is the base type of `filtered_bpm` in the second `hr` definition: eight values of 1 byte, now two of 4.
    expect(reads(bytesOf('hr-messages').with(741, 0x85)).ok).toBe(true)
  })

  it('keeps every sample before a cut, equal to the whole file, and warns', () => {
    const whole = recordingOf('calm-run').heartRate
    const bytes = bytesOf('calm-run')
    fc.assert(
      fc.property(fc.integer({ min: 200, max: bytes.length - 200 }), (cut) => {
        const reading = reads(bytes.slice(0, cut))
        if (!reading.ok || reading.recordings[0] === undefined) throw new Error('nothing was kept')
        const { heartRate, warnings } = reading.recordings[0]
        expect(warnings).toContain('TRUNCATED')
        expect(heartRate.bpm.length).toBeGreaterThanOrEqual(Math.floor((cut - 200) / 9))
        expect([...heartRate.bpm]).toEqual([...whole.bpm.slice(0, heartRate.bpm.length)])
      }),
      { numRuns: 200 },
    )
  })
})
