// A watch's file that nobody was guided by: it says where a cue would have come, it accuses nobody, and its silence follows its
// own hold limit.
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import { assess } from '../../src/domain/assess.ts'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 175 }
const pace = (targetBpm: number) => [{ forS: 1800, targetBpm, speedMPerS: 2.6, stepsPerMin: 160 }]

function judge(bytes: Uint8Array, guided = false) {
  const reading = readFit(bytes)
  const [recording] = reading.ok ? reading.recordings : []
  if (recording === undefined) throw new Error('a made run is not read')
  return assess(guided ? { ...recording, guided } : recording, zone, { plannedMin: null })
}

describe('a file that nobody was guided by', () => {
  const above = encodeRun(kinetics(pace(152), 3))
  const notEasing = (guided: boolean) =>
    judge(above, guided).flags.flatMap(({ kind, level }) => (kind === 'F9.not_easing' ? [level] : []))

  it('has a note where it would have signalled, and attention only where somebody was guided (F9)', () => {
    expect(notEasing(false)).toEqual(['note'])
    expect(notEasing(true)).toEqual(['attention'])
  })

  it.each([5, 8, 10])(
    'of a sparing watch, a record each %s s, is never silent where its seconds count (E1, C1)',
    (everyS) => {
      const { zoneTime, cues } = judge(encodeRun(kinetics(pace(126), 4), { writes: (s) => s % everyS === 0 }))
      expect(zoneTime.coverage).toBeGreaterThan(0.99)
      expect(cues.filter(([, kind]) => kind === 'NO_SIGNAL')).toEqual([])
    },
  )

  it('says its silence where nothing was written for longer than its hold limit', () => {
    const { cues } = judge(encodeRun(kinetics(pace(126), 4), { writes: (s) => s < 600 || s > 660 }))
    expect(cues.map(([, kind]) => kind)).toEqual(['NO_SIGNAL', 'SIGNAL_BACK'])
  })
})
