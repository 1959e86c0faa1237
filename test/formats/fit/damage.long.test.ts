// Damaged files: a few thousand from a fixed seed (`npm run fuzz` makes a hundred thousand and more), and every fault that
// such a run has found, as an example of its own.
import { describe, expect, it } from 'vitest'
import { FitEncoder } from '../../../fixtures/fit/encoder.ts'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { fileId, seeded, START } from '../../../fixtures/fit/made-runs.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { findFault, knowFile } from '../../support/damage-check.ts'
import { growthOf } from '../../support/growth.ts'
import { knownFiles } from '../../support/known-files.ts'
import { damage, damageKinds } from '../../support/mutations.ts'

const COUNT = 4000

function onlyRecording(bytes: Uint8Array): Recording {
  const reading = readFit(bytes)
  if (!reading.ok || reading.recordings[0] === undefined) throw new Error('nothing was read')
  return reading.recordings[0]
}

/** A file of bare records, `[time, bpm]` each. */
const recordsAt = (...rows: readonly (readonly [time: number, bpm: number])[]): Uint8Array =>
  encode((fit) => fit.message(0, 0, fileId(4)), rows)

function encode(begin: (fit: FitEncoder) => void, rows: readonly (readonly [number, number])[]): Uint8Array {
  const fit = new FitEncoder()
  begin(fit)
  for (const [time, bpm] of rows)
    fit.message(1, 20, [
      [253, 'u32', time],
      [3, 'u8', bpm],
    ])
  return fit.finish()
}

const seconds = (from: number, count: number, bpm: number) =>
  Array.from({ length: count }, (_, s) => [from + s, bpm] as const)

describe('damaged FIT files', () => {
  it('are refused or warned about, and keep every sample before the damage as it was', () => {
    const files = knownFiles(60_000)
    const faults: string[] = []
    const kinds = new Set<string>()
    for (let seed = 1; seed <= COUNT; seed++) {
      const random = seeded(seed)
      const file = files[Math.floor(random() * files.length)] ?? knowFile('none', new Uint8Array(1))
      const { kind, bytes } = damage(file.bytes, random)
      kinds.add(kind)
      const fault = findFault(file, bytes)
      if (fault !== null) faults.push(`${file.name}, ${kind}, seed ${seed}: ${fault}`)
    }
    expect(faults).toEqual([])
    expect([...kinds]).toEqual(expect.arrayContaining(damageKinds))
  })

  it('keep a heart rate though a damaged record behind it claims the same second', () => {
    const { heartRate } = onlyRecording(recordsAt([START, 100], [START + 1, 101], [START, 140], [START + 3, 103]))
    expect([...heartRate.bpm]).toEqual([100, 101, 103])
  })

  it('keep the records of a clock that was never set though the last seems to be of one that was', () => {
    const { heartRate } = onlyRecording(recordsAt(...seconds(1000, 20, 100), [START, 140]))
    expect([...heartRate.bpm.subarray(0, 20)]).toEqual(Array.from({ length: 20 }, () => 100))
  })

  it('tell two blocks a month apart as two runs, each whole', () => {
    const later = START + 30 * 86_400
    const rows = [...seconds(START, 20, 100), ...seconds(later, 20, 110), [START + 21, 140] as const]
    const reading = readFit(recordsAt(...rows, ...seconds(later + 21, 5, 111)))
    expect(reading.ok && reading.recordings.map(({ heartRate }) => [...heartRate.bpm])).toEqual([
      [...Array<number>(20).fill(100), 140],
      [...Array<number>(20).fill(110), ...Array<number>(5).fill(111)],
    ])
  })

  it('stay activities though something like a file type stands behind their records', () => {
    const bytes = encode(() => undefined, seconds(START, 20, 100))
    const sleep = new FitEncoder().message(0, 0, fileId(49)).finish().subarray(14, -2)
    expect(onlyRecording(Uint8Array.from([...bytes.subarray(0, -2), ...sleep])).heartRate.bpm.length).toBe(20)
  })

  it('are warned about though the damage is in a part before the first activity', () => {
    const settings = fitFixtures['settings']?.make() ?? new Uint8Array()
    const damaged = Uint8Array.from([...settings.with(settings.length - 1, 0), ...recordsAt([START, 100])])
    expect(onlyRecording(damaged).warnings).toEqual(['CRC_MISMATCH'])
  })

  it('keep the last record of a cut file though the two bytes at its end look like a checksum', () => {
    const damaged = fitFixtures['damaged-middle']?.make() ?? new Uint8Array()
    const { heartRate, warnings } = onlyRecording(damaged.slice(0, 521))
    expect([heartRate.bpm.length, warnings]).toEqual([52, ['TRUNCATED']])
  })

  it('take no time that grows with the square of their headers', () => {
    const headersAlone = (length: number) => {
      const bytes = new Uint8Array(length)
      const view = new DataView(bytes.buffer)
      for (let at = 0; at + 14 < bytes.length; at += 14) {
        bytes.set([12, 16, 0, 0, 0, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54], at)
        view.setUint32(at + 4, bytes.length - 3 - at - 12, true)
      }
      return bytes
    }
    const [little, much] = [headersAlone(250_000), headersAlone(4_000_000)]
    const read = (bytes: Uint8Array) => () => expect(readFit(bytes)).toEqual({ ok: false, code: 'NO_DATA' })
    // By the square it would be sixteen times as much.
    expect(growthOf(read(little), 16, read(much))).toBeLessThan(4)
  })
})
