import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import { toRecording } from '../../../src/formats/phone-recording/to-recording.ts'
import { newLiveRunner, passLive, applyLiveEntry } from '../../../web/group-run/live-runner.ts'
import { tileOf, type Tile } from '../../../web/group-run/tile.ts'
import { anyAir, type Told } from '../../support/any-air.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
const LOOK_MS = 500
const FRESH_MS = 5000
/** By so much the distances of the made strap vary, and the doubles come behind. */
const VARIES_MS = 250

/** Look at the tile twice a second and right after each entry, as the page does. */
function eachTile(told: readonly Told[], look: (tile: Tile, nowMs: number, heard: readonly Told[]) => void): void {
  const live = newLiveRunner({ id: 'noor', alias: 'Noor', zone, extraWatch: false, parameters: {} })
  const heard: Told[] = []
  let nowMs = told[0]?.entry.atMs ?? 0
  const lookUntil = (untilMs: number) => {
    for (; nowMs < untilMs; nowMs += LOOK_MS) {
      passLive(live, nowMs)
      look(tileOf(live, nowMs), nowMs, heard)
    }
  }
  for (const one of told) {
    lookUntil(one.entry.atMs)
    applyLiveEntry(live, one.entry)
    heard.push(one)
    look(tileOf(live, one.entry.atMs), one.entry.atMs, heard)
  }
}

const isYoung = ({ beatMs }: Told, nowMs: number) => beatMs !== null && nowMs - beatMs < FRESH_MS + VARIES_MS

describe('a tile over stalls, bursts, doubles, lost contact, bad values, pauses and straps taken away (rule E0)', () => {
  it('says calm only beside a good beat younger than 5 s at or under the ceiling', () => {
    let calm = 0
    fc.assert(
      fc.property(anyAir, (told) => {
        eachTile(told, (tile, nowMs, heard) => {
          if (tile.state !== 'calm') return
          calm++
          expect(tile.isOld).toBe(false)
          expect(tile.heartRateBpm).toBeLessThanOrEqual(132)
          expect(heard.some((one) => one.isGood && one.bpm === tile.heartRateBpm && isYoung(one, nowMs))).toBe(true)
          expect(heard.findLast(({ entry }) => entry.kind === 'strap')?.entry).toMatchObject({ sensor: 'chest' })
        })
      }),
      { numRuns: 200, endOnFailure: true },
    )
    expect(calm).toBeGreaterThan(1000)
  })

  it('shows no number as the present one that is older than 5 s by the time of its beat', () => {
    let shown = 0
    fc.assert(
      fc.property(anyAir, (told) => {
        eachTile(told, (tile, nowMs, heard) => {
          if (tile.heartRateBpm === null || tile.isOld) return
          shown++
          expect(heard.some((one) => one.isGood && one.bpm === tile.heartRateBpm && isYoung(one, nowMs))).toBe(true)
        })
      }),
      { numRuns: 200, endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(1000)
  })

  it('judges nothing at a second that it cannot have been, and gives afterwards the cues of the phone', () => {
    fc.assert(
      fc.property(anyAir, (told) => {
        const entries = told.map(({ entry }) => entry)
        const recording = toRecording(entries)
        if (recording === null) return
        const { heartRate, startedAtMs } = recording
        for (const [row, atS] of heartRate.elapsedS.entries()) {
          const arrivedMs = startedAtMs + atS * 1000
          const one = told.find(({ entry }) => Math.abs(entry.atMs - arrivedMs) < 0.5)
          expect(one?.beatMs).not.toBeNull()
          expect(arrivedMs - (one?.beatMs ?? 0)).toBeLessThan(FRESH_MS + VARIES_MS)
          expect(Number.isNaN(heartRate.bpm[row]) || heartRate.bpm[row] === one?.bpm).toBe(true)
        }
        const live = newLiveRunner({ id: 'noor', alias: 'Noor', zone, extraWatch: false, parameters: {} })
        for (const entry of entries) applyLiveEntry(live, entry)
        passLive(live, startedAtMs + recording.elapsedS * 1000)
        expect(assess(recording, zone).cues.slice(0, live.cues.length)).toEqual(live.cues)
      }),
      { numRuns: 200, endOnFailure: true },
    )
  })
})
