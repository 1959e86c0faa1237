import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { toRecording } from '../../../src/formats/phone-recording/to-recording.ts'
import { newLiveRunner, passLive, applyLiveEntry, type LiveRunner } from '../../../web/group-run/live-runner.ts'
import { sortTiles, soundingTile, tileOf } from '../../../web/group-run/tile.ts'
import { madeStream, measurement, STREAM_START_MS } from '../../support/stream.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
const facts = (alias: string) => ({ id: alias, alias, zone, extraWatch: false, parameters: {} })
const at = (s: number) => STREAM_START_MS + s * 1000

function live(alias: string, entries: readonly StreamEntry[], untilS: number): LiveRunner {
  const runner = newLiveRunner(facts(alias))
  for (const entry of entries) if (entry.atMs <= at(untilS)) applyLiveEntry(runner, entry)
  passLive(runner, at(untilS))
  return runner
}
const tile = (entries: readonly StreamEntry[], s: number) => tileOf(live('Noor', entries, s), at(s))

describe('a live runner', () => {
  it('gives at the right second the cues that are judged afterwards', () => {
    const entries = madeStream(300, (s) => (s < 60 ? 120 : 145))
    const cues = live('Noor', entries, 300).cues
    expect(cues.map(([, kind]) => kind)).toEqual(['OVER', 'NOT_EASING'])
    const recording = toRecording(entries)
    expect(recording && assess(recording, zone).cues).toEqual(cues)
  })

  it('comes to the same state when told everything anew, as after a reload', () => {
    const entries = madeStream(200, (s) => (s < 60 ? 120 : 145))
    expect(live('Noor', entries, 150)).toEqual(live('Noor', entries, 150))
  })
})

describe('a tile', () => {
  const calm = madeStream(60, (s) => (s < 30 ? 120 : null)).filter(({ kind }) => kind !== 'stop')

  it('greys a number older than 5 s with its age, and drops it after 12 s', () => {
    expect(tile(calm, 32)).toMatchObject({ state: 'calm', heartRateBpm: 120, isOld: false })
    expect(tile(calm, 36)).toMatchObject({ heartRateBpm: 120, isOld: true, ageS: 6 })
    expect(tile(calm, 41)).toMatchObject({ heartRateBpm: 120, isOld: true })
    // To the tenth of a second: its state says "no signal" from then on.
    expect(tile(calm, 41.7)).toMatchObject({ state: 'no_signal', heartRateBpm: null })
    expect(tile(calm, 43)).toMatchObject({ state: 'no_signal', heartRateBpm: null, trend: null })
  })

  it('never shows a value that was not believed', () => {
    const lost: StreamEntry = { kind: 'notification', atMs: at(31), bytes: measurement({ bpm: 88, contact: false }) }
    expect(tile([...calm, lost], 32)).toMatchObject({ heartRateBpm: 120, doubt: 'contact' })
  })

  it('shows state, time over and trend of a runner who goes too hard', () => {
    const hard = madeStream(120, (s) => (s < 40 ? 120 : Math.min(150, 120 + (s - 40))))
    expect(tile(hard, 100)).toMatchObject({ state: 'over', trend: 'up', sound: 'medium', maySnooze: true })
    expect(tile(hard, 100).overS).toBeGreaterThan(30)
  })

  it('says above, with its time, before the runner is told, and a short dip does not begin it anew (rules E0, E3)', () => {
    const above = madeStream(120, (s) => (s < 40 || (s >= 60 && s < 62) ? 118 : 150))
    expect(tile(above, 39)).toMatchObject({ state: 'calm', overS: null, ceilingBpm: 132 })
    expect(tile(above, 60)).toMatchObject({ state: 'above', sound: null, heartRateBpm: 150 })
    const atS = (s: number) => tile(above, s).overS ?? Number.NaN
    expect(atS(70) - atS(58)).toBe(12)
    expect(tile(above, 85).state).toBe('over')
  })

  it('counts no time above the ceiling over a hole, and draws no trend through one', () => {
    const hole = madeStream(120, (s) => (s >= 40 && s < 80 ? null : 150))
    expect(tile(hole, 39).overS).toBeGreaterThan(30)
    // The two after the hole are not believed yet, and the clocks begin anew behind it.
    expect(tile(hole, 90)).toMatchObject({ state: 'above', trend: null })
    expect(tile(hole, 90).overS).toBeLessThan(10)
  })

  it('knows nothing of a strap that was just given, whatever the one before said', () => {
    const given: StreamEntry = { kind: 'strap', atMs: at(20), sensor: 'chest', device: 'Other' }
    const none: StreamEntry = { kind: 'strap', atMs: at(20), sensor: null, device: null }
    const until20 = madeStream(60, (s) => (s < 20 ? 120 : null))
    expect(tile([...until20, given], 21)).toMatchObject({ state: 'waiting_for_strap', heartRateBpm: null })
    expect(tile([...until20, none], 21)).toMatchObject({ state: 'no_strap', heartRateBpm: null })
  })

  it('remembers who was told until the next cue', () => {
    const told: StreamEntry = { kind: 'told', atMs: at(100), by: 'me' }
    const hard = madeStream(200, (s) => (s < 40 ? 120 : 150), [told])
    expect(tile(hard, 105).toldAtS).toBe(100)
    expect(tile(hard, 160)).toMatchObject({ state: 'not_easing', toldAtS: null })
  })

  it('is silent for 60 s once muted, while its state stays, and sounds again', () => {
    const muted: StreamEntry = { kind: 'acknowledge', atMs: at(110), by: 'me' }
    const hard = madeStream(200, (s) => (s < 40 ? 120 : 138), [muted])
    expect(tile(hard, 100)).toMatchObject({ state: 'over', sound: 'medium', mutedLeftS: null })
    expect(tile(hard, 112)).toMatchObject({ state: 'over', sound: null, mutedLeftS: 58 })
    expect(tile(hard, 172).sound).toBe('high')
  })

  it('may be snoozed only over the ceiling, and a snooze stops no escalation (rule E7)', () => {
    const snoozed: StreamEntry = { kind: 'snooze', atMs: at(100), by: 'me' }
    const hard = madeStream(200, (s) => (s < 40 ? 120 : 138), [snoozed])
    expect(tile(hard, 105)).toMatchObject({ state: 'over', sound: null, snoozedLeftS: 175, maySnooze: true })
    expect(tile(hard, 160)).toMatchObject({ state: 'not_easing', sound: 'high', maySnooze: false })
    expect(
      tile(
        madeStream(60, () => 120),
        50,
      ).maySnooze,
    ).toBe(false)
  })

  it('keeps the line of the hard limit until somebody has seen it', () => {
    const seen: StreamEntry = { kind: 'acknowledge', atMs: at(150), by: 'me' }
    const hard = madeStream(200, (s) => (s < 60 ? 168 : 118), [seen])
    expect(tile(hard, 40)).toMatchObject({ state: 'hard', sound: 'high', latchedAtS: null })
    expect(tile(hard, 145)).toMatchObject({ state: 'calm', sound: null })
    expect(tile(hard, 145).latchedAtS).not.toBeNull()
    expect(tile(hard, 155).latchedAtS).toBeNull()
  })

  it('has no number and no sound once the runner stopped', () => {
    expect(
      tile(
        madeStream(30, () => 150),
        31,
      ),
    ).toMatchObject({ state: 'stopped', heartRateBpm: null, sound: null })
  })

  it('shows a number but no verdict where no limit is known', () => {
    const runner = newLiveRunner({
      ...facts('Gast'),
      zone: { ceilingBpm: null, hardBpm: null },
    })
    for (const entry of madeStream(60, () => 170)) if (entry.kind !== 'stop') applyLiveEntry(runner, entry)
    expect(tileOf(runner, at(60))).toMatchObject({ state: 'no_limit', heartRateBpm: 170, overS: null })
  })
})

describe('a pause', () => {
  it('says for how long it lasts, and only while it does', () => {
    const entries = madeStream(120, () => 120, [
      { kind: 'pause', atMs: STREAM_START_MS + 30_001 },
      { kind: 'resume', atMs: STREAM_START_MS + 90_001 },
    ])
    const live = newLiveRunner({
      id: 'noor',
      alias: 'Noor',
      zone: { ceilingBpm: 132, hardBpm: 162 },
      extraWatch: false,
      parameters: {},
    })
    const lasts: (number | null)[] = []
    for (const entry of entries) {
      applyLiveEntry(live, entry)
      lasts.push(tileOf(live, entry.atMs).pausedForS)
    }
    const said = lasts.filter((one) => one !== null)
    expect([said[0], said.at(-1), lasts[0], lasts.at(-1)]).toEqual([0, 59, null, null])
  })
})

describe('a heart that goes on at the hard limit in a pause (rule E2)', () => {
  const paused = (untilS: number, bpmAt: (s: number) => number | null) => {
    const pause = { kind: 'pause', atMs: STREAM_START_MS + 30_001 } as const
    const entries = madeStream(120, (s) => (s < 30 ? 120 : bpmAt(s)), [pause]).filter(({ kind }) => kind !== 'stop')
    return tile(entries, untilS)
  }

  it('is told with a sound after ten seconds of it, and stands before the calm', () => {
    expect(paused(38, () => 175)).toMatchObject({ state: 'paused', sound: null })
    expect(paused(52, () => 175)).toMatchObject({ state: 'hard', sound: 'high', heartRateBpm: 175 })
    const pause = { kind: 'pause', atMs: STREAM_START_MS + 30_001 } as const
    const hard = live(
      'hard',
      madeStream(120, (s) => (s < 30 ? 120 : 175), [pause]),
      60,
    )
    const calm = live(
      'calm',
      madeStream(120, () => 120),
      60,
    )
    expect(sortTiles([calm, hard], at(60)).map(({ alias }) => alias)).toEqual(['hard', 'calm'])
  })

  it('is over with the first beat below it, with silence, and with the pause', () => {
    expect(paused(60, (s) => (s < 55 ? 175 : 150))).toMatchObject({ state: 'paused', sound: null })
    expect(paused(60, (s) => (s < 50 ? 175 : null))).toMatchObject({ state: 'paused', sound: null })
    expect(paused(64, (s) => (s < 40 || s > 58 ? 175 : null))).toMatchObject({ state: 'paused', sound: null })
  })
})

describe('a strap that was taken off and repeats its last value', () => {
  const off = (untilS: number, rrAt: (s: number) => readonly number[] = () => []) => {
    const worn = madeStream(60, () => 120).filter(({ kind }) => kind !== 'stop')
    const after = Array.from({ length: 60 }, (_, s): StreamEntry => {
      return { kind: 'notification', atMs: at(60 + s) + 500, bytes: measurement({ bpm: 120, rrMs: rrAt(s) }) }
    })
    return tile([...worn, ...after], untilS)
  }

  it('is not called calm once its RR intervals stay away for ten seconds, and its number grows old', () => {
    expect(off(66)).toMatchObject({ state: 'calm', heartRateBpm: 120, isOld: false })
    expect(off(73)).toMatchObject({ state: 'unsure', doubt: 'value' })
    expect(off(80)).toMatchObject({ state: 'unsure', isOld: true })
    expect(off(90)).toMatchObject({ state: 'unsure', heartRateBpm: null })
  })

  it('is no strap that never told RR intervals, nor a steady heart that goes on telling them', () => {
    expect(off(80, (s) => [490 + ((s * 7) % 20)])).toMatchObject({ state: 'calm', heartRateBpm: 120, isOld: false })
    const silent = madeStream(60, () => 120).flatMap((entry): StreamEntry[] =>
      entry.kind === 'notification' ? [{ ...entry, bytes: measurement({ bpm: 120 }) }] : [entry],
    )
    expect(tile(silent, 55)).toMatchObject({ state: 'calm', isOld: false })
  })
})

describe('tiles (rule E8)', () => {
  it('stand by urgency, with one sound', () => {
    const at100 = [
      live(
        'calm',
        madeStream(200, () => 120),
        110,
      ),
      live('waiting', [], 110),
      live(
        'silent',
        madeStream(200, (s) => (s < 80 ? 120 : null)),
        110,
      ),
      live(
        'over',
        madeStream(200, (s) => (s < 50 ? 120 : 140)),
        110,
      ),
      live(
        'silent from over',
        madeStream(200, (s) => (s < 90 ? 140 : null)),
        110,
      ),
      live(
        'hard',
        madeStream(200, () => 170),
        110,
      ),
      live(
        'not easing',
        madeStream(200, () => 140),
        110,
      ),
    ]
    const tiles = sortTiles(at100, at(110))
    expect(tiles.map(({ alias }) => alias)).toEqual([
      'hard',
      'not easing',
      'silent from over',
      'over',
      'silent',
      'calm',
      'waiting',
    ])
    expect(soundingTile(tiles)?.alias).toBe('hard')
  })

  it('are silent where all are calm', () => {
    expect(
      soundingTile(
        sortTiles(
          [
            live(
              'calm',
              madeStream(60, () => 120),
              50,
            ),
          ],
          at(50),
        ),
      ),
    ).toBeNull()
  })
})
