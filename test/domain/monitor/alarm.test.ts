import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cue } from '../../../src/domain/cue.ts'
import * as alarms from '../../../src/domain/monitor/alarm.ts'
import { monitorDefaults } from '../../../src/domain/parameters/monitor.ts'

const limits = { ceilingBpm: 132, hardBpm: 162, extraWatch: false }
type Segment = readonly [fromS: number, toS: number, bpm: number | null]
type Action = readonly [atS: number, action: 'ack' | 'snooze']

function run(segments: readonly Segment[], actions: readonly Action[] = [], judgedBy = limits) {
  const alarm = alarms.startAlarm(0)
  const cues: Cue[] = []
  const emit = (cue: Cue) => cues.push(cue)
  for (const [fromS, toS, bpm] of segments)
    for (let atS = fromS; atS < toS; atS++) {
      if (bpm === null) alarms.feedNothing(alarm, atS, monitorDefaults, emit)
      else alarms.feedHeartRate(alarm, judgedBy, atS, bpm, monitorDefaults, emit)
      for (const [at, action] of actions)
        if (at === atS)
          if (action === 'ack') alarms.acknowledge(alarm, atS, monitorDefaults, emit)
          else alarms.snooze(alarm, judgedBy, atS, monitorDefaults, emit)
    }
  return { alarm, cues, kinds: cues.map(([atS, kind]) => [atS, kind]) }
}

describe('alarm', () => {
  it('resets the OVER clock after a dip of 5 s (E3)', () => {
    const dipOf = (s: number): Segment[] => [
      [0, 20, 140],
      [20, 20 + s, 131],
      [20 + s, 60, 140],
    ]
    expect([run(dipOf(4)).kinds, run(dipOf(5)).kinds]).toEqual([[[30, 'OVER']], [[55, 'OVER']]])
  })

  it('is quicker under the watch level extra, and knows no snooze there (E9)', () => {
    const extra = { ...limits, extraWatch: true }
    expect(run([[0, 100, 140]], [[25, 'snooze']], extra).kinds).toEqual([
      [20, 'OVER'],
      [25, 'SNOOZE_REFUSED'],
      [65, 'NOT_EASING'],
    ])
  })

  it('allows two snoozes a run (E7)', () => {
    const hangs: Segment[] = [0, 1, 2].flatMap((i): Segment[] => [
      [i * 80, i * 80 + 40, 136],
      [i * 80 + 40, i * 80 + 80, 125],
    ])
    const snoozes = run(
      hangs,
      [35, 115, 195].map((atS) => [atS, 'snooze'] as const),
    ).cues.filter(([, kind]) => kind.startsWith('SNOOZE'))
    expect(snoozes.map(([, kind]) => kind)).toEqual(['SNOOZE', 'SNOOZE', 'SNOOZE_REFUSED'])
  })

  it('sounds while above the limit, not while muted or snoozed, and again after 60 s (E4, E7)', () => {
    const soundAt = (untilS: number, actions: Action[] = []) =>
      alarms.soundOf(run([[0, untilS + 1, 136]], actions).alarm, limits, untilS)
    expect([soundAt(29), soundAt(30), soundAt(90)]).toEqual([null, 'medium', 'high'])
    expect([soundAt(45, [[40, 'ack']]), soundAt(45, [[40, 'snooze']])]).toEqual([null, null])
    expect(soundAt(89, [[30, 'snooze']])).toBeNull()
    // NOT_EASING at 90 is higher than OVER: it un-mutes.
    expect(soundAt(90, [[85, 'ack']])).toBe('high')
    expect(soundAt(151, [[91, 'ack']])).toBe('high')
    const eased = run([
      [0, 40, 136],
      [40, 50, 131],
    ]).alarm
    expect(alarms.soundOf(eased, limits, 50)).toBeNull()
  })

  it('keeps the line of a hard limit latched until it is acknowledged after it ended (E2)', () => {
    const during = run([[0, 30, 170]], [[15, 'ack']])
    expect([during.alarm.latchedAtS, during.kinds]).toEqual([
      10,
      [
        [10, 'HARD'],
        [15, 'ACK'],
      ],
    ])
    const after = run(
      [
        [0, 30, 170],
        [30, 60, 120],
      ],
      [[55, 'ack']],
    )
    expect([after.alarm.latchedAtS, after.kinds.at(-1)]).toEqual([null, [55, 'ACK_LATCH']])
  })

  it('sorts tiles hard, not easing, silent from over, over, silent, calm (E8)', () => {
    const after: Segment[][] = [
      [[0, 30, 170]],
      [[0, 95, 140]],
      [
        [0, 40, 140],
        [40, 60, null],
      ],
      [[0, 40, 140]],
      [
        [0, 40, 120],
        [40, 60, null],
      ],
      [[0, 40, 120]],
    ]
    const urgencies = after.map((segments) => alarms.urgencyOf(run(segments).alarm))
    expect(urgencies).toEqual(urgencies.toSorted((a, b) => b - a))
    expect(new Set(urgencies).size).toBe(urgencies.length)
  })

  const segments = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.option(fc.integer({ min: 90, max: 190 }))), { maxLength: 20 })
    .map((parts) => {
      let atS = 0
      return parts.map(([lengthS, bpm]): Segment => [atS, (atS += lengthS), bpm])
    })
  const actions = fc.array(fc.tuple(fc.nat(900), fc.constantFrom('ack' as const, 'snooze' as const)), { maxLength: 12 })

  it('always gives HARD for 10 s at or above the hard limit, whatever came before', () => {
    fc.assert(
      fc.property(segments, actions, fc.integer({ min: 162, max: 200 }), (before, hands, bpm) => {
        const startS = before.at(-1)?.[1] ?? 0
        // Coming back from silence takes 3 s before the clocks start (E1).
        const { alarm, kinds } = run([...before, [startS, startS + 14, bpm]], hands)
        expect(alarm.phase).toBe('hard')
        expect(kinds.map(([, kind]) => kind)).toContain('HARD')
      }),
      { numRuns: 500 },
    )
  })

  it('never lets a snooze or an acknowledgement stop the escalation', () => {
    fc.assert(
      fc.property(segments, actions, (parts, hands) => {
        const told = run(parts, hands).cues.filter(([, kind]) => !kind.startsWith('SNOOZE') && !kind.startsWith('ACK'))
        expect(told).toEqual(run(parts).cues)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an alarm whose limit is taken away while the run goes', () => {
  it.each([
    ['over', 140, 30, 'CLEARED'],
    ['hard', 170, 10, 'HARD_ENDED'],
  ] as const)('%s ends with it, and stands for nothing afterwards', (phase, bpm, atS, ends) => {
    const alarm = alarms.startAlarm(0)
    const cues: Cue[] = []
    const feed = (fromS: number, toS: number, by: alarms.AlarmLimits, value: number) => {
      for (let s = fromS; s < toS; s++)
        alarms.feedHeartRate(alarm, by, s, value, monitorDefaults, (cue) => cues.push(cue))
    }
    feed(0, atS + 5, limits, bpm)
    expect(alarm.phase).toBe(phase)
    feed(atS + 5, 600, { ceilingBpm: null, hardBpm: null, extraWatch: false }, 90)
    expect(alarm.phase).toBe('calm')
    expect(cues.at(-1)).toEqual([atS + 5, ends, 'info'])
  })

  it('HARD goes on where the hard limit alone stays', () => {
    const alarm = alarms.startAlarm(0)
    const by = { ceilingBpm: null, hardBpm: 162, extraWatch: false }
    for (let s = 0; s < 60; s++)
      alarms.feedHeartRate(alarm, s < 20 ? limits : by, s, 170, monitorDefaults, () => undefined)
    expect(alarm.phase).toBe('hard')
  })
})
