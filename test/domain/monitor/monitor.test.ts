import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import type { Cue } from '../../../src/domain/cue.ts'
import { eachMonitorEvent, foldMonitor, sensorFactsOf } from '../../../src/domain/monitor/fold-monitor.ts'
import {
  startMonitor,
  stepMonitor,
  type MonitorConfig,
  type MonitorEvent,
  type MonitorState,
} from '../../../src/domain/monitor/monitor.ts'
import { defaultParameters } from '../../../src/domain/parameters/parameters.ts'
import { prepare } from '../../../src/domain/prepare.ts'
import { OK } from '../../../src/domain/quality/mark-quality.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { recordings } from '../../support/recordings.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
const parameters = { ...defaultParameters.quality, ...defaultParameters.monitor }
const chest = { sensor: 'chest', sport: 'running', notifications: true } as const
const config = (facts: MonitorConfig['sensorFacts'] = chest, arrivalWindowS = 0): MonitorConfig => ({
  zone,
  extraWatch: false,
  sensorFacts: facts,
  arrivalWindowS,
  parameters,
})
const sample = (atS: number, bpm: number | null): MonitorEvent => ({
  kind: 'sample',
  atS,
  bpm,
  contactLost: false,
  rrMs: [],
  cadencePerMin: null,
})

/** Feed events one by one; the state goes through JSON in between, as over a reload of the page. */
function feed(start: MonitorState, events: readonly MonitorEvent[], reloads = true) {
  const cues: Cue[] = []
  let state = start
  for (const event of events) {
    const step = stepMonitor(reloads ? (JSON.parse(JSON.stringify(state)) as MonitorState) : state, event)
    state = step.state
    cues.push(...step.cues)
  }
  return { state, cues }
}

describe('monitor', () => {
  it('leaves the state it was given as it was', () => {
    const before = startMonitor(config())
    const written = JSON.stringify(before)
    stepMonitor(before, sample(1, 120))
    expect(JSON.stringify(before)).toBe(written)
  })

  it('says when the signal went, not when somebody looked', () => {
    const beats = Array.from({ length: 20 }, (_, s) => sample(s, 120))
    const { cues } = feed(startMonitor(config()), [...beats, { kind: 'time', atS: 47.3 }])
    expect(cues).toEqual([[31, 'NO_SIGNAL', 'low']])
  })

  it('stays silent in a pause and starts the clocks again after a long one', () => {
    const over = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, s) => sample(from + s, 140 + (s % 2)))
    const pause = (from: number, to: number): MonitorEvent[] => [
      { kind: 'pause', atS: from },
      { kind: 'resume', atS: to },
    ]
    const kindsOf = (events: MonitorEvent[]) =>
      feed(startMonitor(config()), events).cues.map(([atS, kind]) => [atS, kind])
    expect(kindsOf([...over(0, 20), ...pause(20, 25), ...over(25, 40)])).toEqual([[30, 'OVER']])
    expect(kindsOf([...over(0, 20), ...pause(20, 80), ...over(80, 115)])).toEqual([[110, 'OVER']])
  })

  it('words an early OVER from a rough strap as "look at the strap", and gives it all the same (D5)', () => {
    const rough = Array.from({ length: 60 }, (_, s) => sample(s, s % 4 === 0 ? 146 : 139))
    expect(feed(startMonitor(config()), rough).cues).toContainEqual([30, 'OVER', 'medium', 'check_strap'])
    const late = rough.map((event) => ({ ...event, atS: event.atS + 400 }))
    expect(
      feed(startMonitor(config()), [sample(395, 140), ...late]).cues.every(([, , , hint]) => hint === undefined),
    ).toBe(true)
  })

  it('marks a frozen sensor from its 90th second on, and falls silent about it', () => {
    const still = Array.from({ length: 130 }, (_, s) => sample(s, 140))
    const { cues } = feed(startMonitor(config({ ...chest, notifications: false })), still)
    expect(cues).toEqual([
      [30, 'OVER', 'medium'],
      [101, 'NO_SIGNAL', 'medium'],
    ])
  })
})

/** All that a live monitor would have heard of a recording before its end. */
function eventsOf(recording: Recording): MonitorEvent[] {
  const events: MonitorEvent[] = []
  eachMonitorEvent(recording, parameters.holdMaxS, (event) => events.push(event))
  return events
}

const arrivals = fc.record({
  recording: recordings,
  lateness: fc.array(fc.nat(1999), { minLength: 1, maxLength: 50 }),
  doubled: fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
  hands: fc.array(fc.tuple(fc.nat(600), fc.constantFrom('acknowledge' as const, 'snooze' as const)), { maxLength: 6 }),
})

/** Events as batches bring them: up to 20 s late, out of order, some twice, with the clock ticking in between. */
function arrive(events: readonly MonitorEvent[], lateness: readonly number[], doubled: readonly boolean[]) {
  const arriving = events.flatMap((event, i) => {
    const arrival = (k: number) => ({ event, atS: event.atS + (lateness[(i + k) % lateness.length] ?? 0) / 100 })
    return doubled[i % doubled.length] ? [arrival(0), arrival(1)] : [arrival(0)]
  })
  const ticks = arriving.map(({ atS }) => ({ event: { kind: 'time', atS } as const, atS }))
  return [...arriving, ...ticks].toSorted((a, b) => a.atS - b.atS).map(({ event }) => event)
}

describe('monitor, live and folded', () => {
  it('gives the same cues however the events arrive: late, doubled, out of order, over reloads', () => {
    fc.assert(
      fc.property(arrivals, ({ recording, lateness, doubled, hands }) => {
        const events = withHands(recording, hands)
        const end = { kind: 'end', atS: recording.elapsedS } as const
        const facts = sensorFactsOf(recording)
        const inOrder = feed(startMonitor(config(facts)), [...events, end], false)
        const live = feed(
          startMonitor(config(facts, 20)),
          [...arrive(events, lateness, doubled), end],
          recording.elapsedS < 200,
        )
        expect(live.cues).toEqual(inOrder.cues)
        expect(live.state.alarm).toEqual(inOrder.state.alarm)
        expect(live.state.tooLate).toBe(0)
      }),
      { numRuns: 150 },
    )
  })

  it('gives a run the same cues and the same assessment as the report', () => {
    fc.assert(
      fc.property(arrivals, ({ recording: any, lateness, doubled }) => {
        // What is heard live is a strap; the silence of a file follows its own hold limit (rule E1).
        const recording = { ...any, format: 'strap' as const }
        const events = eventsOf(recording)
        const arrived = arrive(events, lateness, doubled)
        const end = { kind: 'end', atS: recording.elapsedS } as const
        const live = feed(startMonitor(config(sensorFactsOf(recording), 20)), [...arrived, end], false)
        const whole = assess(recording, zone)
        expect(live.cues).toEqual(whole.cues)
        expect(assess(recompose(recording, arrived), zone)).toEqual(whole)
      }),
      { numRuns: 150 },
    )
  })

  it('never gives a cue from a marked sample', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { cues, liveMarks } = foldMonitor(recording, { zone, extraWatch: false, parameters })
        for (const [atS, kind] of cues)
          if (kind !== 'NO_SIGNAL') expect(liveMarks[recording.heartRate.elapsedS.indexOf(atS)]).toBe(OK)
      }),
      { numRuns: 300 },
    )
  })

  it('never says of a second that it had no signal where a reading of the file still holds (C1, E1)', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { cues, liveMarks } = foldMonitor(recording, { zone, extraWatch: false, parameters })
        const { timesS, endsS } = prepare(recording)
        for (const [atS, kind] of cues)
          if (kind === 'NO_SIGNAL')
            for (let i = 0; i < timesS.length && timesS[i] < atS; i++)
              if (liveMarks[i] === OK && !Number.isNaN(recording.heartRate.bpm[i])) expect(endsS[i]).toBeLessThan(atS)
      }),
      { numRuns: 300 },
    )
  })

  it('reaches HARD within a minute at the hard limit with a good signal, whatever came before', () => {
    fc.assert(
      fc.property(recordings, fc.integer({ min: 165, max: 195 }), (recording, bpm) => {
        const before = eventsOf(recording)
        const startS = Math.ceil(recording.elapsedS) + 1
        const hard = Array.from({ length: 60 }, (_, s) => sample(startS + s, bpm + (s % 3)))
        const { state, cues } = feed(
          startMonitor(config()),
          [...before, { kind: 'resume', atS: startS - 0.5 }, ...hard],
          false,
        )
        expect(state.alarm.phase).toBe('hard')
        expect(cues.map(([, kind]) => kind)).toContain('HARD')
      }),
      { numRuns: 200 },
    )
  })
})

function withHands(
  recording: Recording,
  hands: readonly (readonly [number, 'acknowledge' | 'snooze'])[],
): MonitorEvent[] {
  const events = eventsOf(recording)
  return [
    ...events,
    ...hands.filter(([atS]) => atS <= recording.elapsedS).map(([atS, kind]) => ({ kind, atS })),
  ].toSorted((a, b) => a.atS - b.atS || order(a) - order(b))
}
const order = ({ kind }: MonitorEvent) => ['resume', 'pause', 'sample', 'acknowledge', 'snooze'].indexOf(kind)

/** The heart-rate columns again, from samples in any order and some of them twice. */
function recompose(recording: Recording, arrived: readonly MonitorEvent[]): Recording {
  const byTime = new Map(arrived.filter((event) => event.kind === 'sample').map((event) => [event.atS, event.bpm]))
  const times = [...byTime.keys()].toSorted((a, b) => a - b)
  const bpm = Float32Array.from(times, (atS) => byTime.get(atS) ?? Number.NaN)
  return { ...recording, heartRate: { elapsedS: Float64Array.from(times), bpm } }
}
