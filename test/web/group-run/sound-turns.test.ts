import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APART_MS, nextSound, noTurns, type Sound } from '../../../web/group-run/sound-turns.ts'
import type { Tile } from '../../../web/group-run/tile.ts'
import type { PaceSign } from '../../../web/group-run/tunes.ts'
import { plainTile } from './plain-tile.ts'

const hard: Tile = { ...plainTile, state: 'hard', sound: 'high' }
const over: Tile = { ...plainTile, state: 'over', sound: 'medium' }

interface Asked {
  readonly atMs: number
  readonly sounding?: Tile | null
  readonly pace?: PaceSign | null
}
/** What sounds, with the moment, asked at these moments. */
function heardAt(asked: readonly Asked[]): (readonly [number, string])[] {
  let turns = noTurns
  return asked.flatMap(({ atMs, sounding = null, pace = null }) => {
    const next = nextSound(turns, { sounding, pace }, atMs)
    ;({ turns } = next)
    return next.sound === null ? [] : [[atMs, nameOf(next.sound)] as const]
  })
}
const nameOf = (sound: Sound) => (sound.kind === 'alarm' ? sound.priority : sound.sign)
/** Twice a second, as the controller does. */
const ticks = (seconds: number, at: (atMs: number) => Omit<Asked, 'atMs'>): Asked[] =>
  Array.from({ length: seconds * 2 }, (_, i) => ({ atMs: i * 500, ...at(i * 500) }))

describe('a change of pace', () => {
  it('sounds at once where nothing else does', () => {
    expect(heardAt(ticks(3, (atMs) => ({ pace: atMs === 1000 ? 'walk' : null })))).toEqual([[1000, 'walk']])
  })

  it('waits two seconds after an alarm', () => {
    const heard = heardAt(ticks(6, (atMs) => ({ sounding: hard, pace: atMs === 500 ? 'run' : null })))
    expect(heard).toEqual([
      [0, 'high'],
      [2000, 'run'],
    ])
  })

  it('waits for an alarm that is due within two seconds', () => {
    const heard = heardAt(ticks(12, (atMs) => ({ sounding: hard, pace: atMs === 7000 ? 'run' : null })))
    expect(heard).toEqual([
      [0, 'high'],
      [8000, 'high'],
      [10_000, 'run'],
    ])
  })

  it('is followed by a new alarm after two seconds, not at once', () => {
    const heard = heardAt(
      ticks(5, (atMs) => ({ sounding: atMs >= 1500 ? over : null, pace: atMs === 1000 ? 'walk' : null })),
    )
    expect(heard).toEqual([
      [1000, 'walk'],
      [3000, 'medium'],
    ])
  })

  it('is dropped where it would come more than ten seconds late, and replaced by a newer one', () => {
    // Somebody else every second: an alarm without a rest.
    const busy = (atMs: number): Tile => ({ ...hard, id: String(Math.floor(atMs / 1000)) })
    const heard = heardAt(
      ticks(20, (atMs) => ({ sounding: atMs < 15_000 ? busy(atMs) : null, pace: atMs === 1000 ? 'walk' : null })),
    )
    expect(heard.map(([, name]) => name)).not.toContain('walk')
    expect(
      heardAt([
        { atMs: 0, sounding: hard },
        { atMs: 500, sounding: hard, pace: 'walk' },
        { atMs: 1000, sounding: hard, pace: 'run' },
        { atMs: 2000, sounding: hard },
        { atMs: 5000, sounding: hard },
      ]),
    ).toEqual([
      [0, 'high'],
      [2000, 'run'],
    ])
  })

  it('is never within two seconds of an alarm, and no alarm waits longer than that (property)', () => {
    const asked = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 100, max: 3000 }),
        sounding: fc.constantFrom(null, over, hard, { ...hard, id: 'bram' }),
        pace: fc.constantFrom<PaceSign | null>(null, null, null, 'run', 'walk', 'done'),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(asked, (steps) => {
        let atMs = 0
        const heard = heardAt(steps.map(({ waitMs, ...step }) => ({ ...step, atMs: (atMs += waitMs) })))
        const isAlarm = (name: string) => name === 'high' || name === 'medium'
        const alarms = heard.filter(([, name]) => isAlarm(name)).map(([at]) => at)
        const paces = heard.filter(([, name]) => !isAlarm(name)).map(([at]) => at)
        for (const pace of paces)
          for (const alarm of alarms) expect(Math.abs(pace - alarm)).toBeGreaterThanOrEqual(APART_MS)
      }),
    )
  })
})
