import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBadSensor } from '../../../src/formats/strap/bad-sensor.ts'
import { receiveNotification, startStrapSignal } from '../../../src/formats/strap/strap-signal.ts'
import { measurement } from '../../support/stream.ts'

const beatsOf = (signal: ReturnType<typeof startStrapSignal>, atMs: number, rrMs: number[], bpm = 120) => {
  const heard = receiveNotification(signal, atMs, measurement({ bpm, rrMs }))
  return heard.kind === 'sample' ? heard.sample.beats.map(({ endMs }) => endMs) : heard.kind
}

describe('hearNotification (rule I)', () => {
  it('drops a repeated identical notification within 100 ms and keeps it after', () => {
    const signal = startStrapSignal(0)
    const bytes = measurement({ bpm: 120 })
    const kinds = [1000, 1100, 1101, 1350].map((atMs) => receiveNotification(signal, atMs, bytes).kind)
    expect(kinds).toEqual(['sample', 'double', 'sample', 'sample'])
  })

  it('lets two different notifications within 100 ms both through', () => {
    const signal = startStrapSignal(0)
    expect(receiveNotification(signal, 1000, measurement({ bpm: 120 })).kind).toBe('sample')
    expect(receiveNotification(signal, 1050, measurement({ bpm: 121 })).kind).toBe('sample')
  })

  it('gives no heart rate for 0 and says where contact is lost', () => {
    const heard = receiveNotification(startStrapSignal(0), 1, measurement({ bpm: 0, contact: false }))
    expect(heard).toEqual({ kind: 'sample', sample: { heartRateBpm: null, contactLost: true, beats: [], delayMs: 0 } })
  })

  it('counts three errors in ten seconds as a bad sensor, and forgets them', () => {
    const signal = startStrapSignal(0)
    const errorsAtMs = [1000, 5000, 11_000]
    for (const atMs of errorsAtMs)
      expect(receiveNotification(signal, atMs, Uint8Array.of(0))).toEqual({ kind: 'malformed', code: 'TOO_SHORT' })
    expect(isBadSensor(errorsAtMs, 11_000)).toBe(true)
    expect(isBadSensor(errorsAtMs, 11_001)).toBe(false)
  })

  it('places the first beats backwards from arrival, and the next behind them', () => {
    const signal = startStrapSignal(0)
    expect(beatsOf(signal, 2000, [500, 500])).toEqual([1500, 2000])
    expect(beatsOf(signal, 3100, [500, 500])).toEqual([2500, 3000])
  })

  it('leaves a hole where the beats fell more than 2 s behind the clock', () => {
    const signal = startStrapSignal(0)
    beatsOf(signal, 1000, [500])
    expect(beatsOf(signal, 5000, [500])).toEqual([5000])
  })

  it('places no beat of what came late, and goes on with the first whose time is its own', () => {
    const signal = startStrapSignal(0)
    beatsOf(signal, 1000, [500])
    expect([20_000, 20_001, 20_002].map((atMs, i) => beatsOf(signal, atMs, [500], 170 + i))).toEqual([
      'unconfirmed',
      'late',
      'late',
    ])
    expect(beatsOf(signal, 20_700, [500])).toBe('unconfirmed')
    expect(beatsOf(signal, 21_700, [500])).toEqual([21_700])
  })

  it('counts a repeated notification no second time where it came late', () => {
    const signal = startStrapSignal(0)
    for (let atMs = 0; atMs < 20_000; atMs += 1000) beatsOf(signal, atMs, [], 100 + atMs / 1000)
    const at = (atMs: number, bpm: number) => beatsOf(signal, atMs, [], bpm)
    expect([at(60_000, 175), at(60_003, 175), at(61_000, 111), at(61_004, 111), at(62_000, 112)]).toEqual([
      'unconfirmed',
      'double',
      'unconfirmed',
      'double',
      [],
    ])
  })

  it('places no beat twice where a strap sends more than time has room for', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            stepMs: fc.integer({ min: 1, max: 5000 }),
            rr: fc.array(fc.integer({ min: 1, max: 63_000 }), { maxLength: 9 }),
          }),
          { maxLength: 40 },
        ),
        (steps) => {
          const signal = startStrapSignal(0)
          let atMs = 0
          let beforeMs = 0
          for (const [i, { stepMs, rr }] of steps.entries()) {
            atMs += stepMs
            const heard = receiveNotification(signal, atMs, measurement({ bpm: 60 + (i % 100), rrMs: rr }))
            if (heard.kind !== 'sample') continue
            for (const { endMs } of heard.sample.beats) {
              expect(endMs).toBeGreaterThan(beforeMs)
              beforeMs = endMs
            }
          }
        },
      ),
    )
  })
})
