import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import { noZone, type CalmZone } from '../../src/domain/calm-zone.ts'
import { compareGuidance, guidedParameters, type Guidance } from '../../src/domain/guidance.ts'
import { guidedRecordingOf } from '../../src/domain/guided-recording.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { combineRecordings } from '../../src/domain/sources/combine.ts'
import { toRecording } from '../../src/formats/phone-recording/to-recording.ts'
import { anyStream, cuesOnPhone } from '../support/any-stream.ts'
import { newLiveRunner, applyLiveEntry } from '../../web/group-run/live-runner.ts'
import { guided, madeStream, STREAM_START_MS } from '../support/stream.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
const today = { zone, watchLevel: 'standard', parameters: {} } as const
const by = (facts: Partial<Guidance>): Guidance => {
  const {
    atMs: _at,
    kind: _kind,
    ...guidance
  } = { ...guided(0), ...facts } as Guidance & { atMs: number; kind: string }
  return guidance
}
function recorded(bpmAt: (s: number) => number | null, seconds: number, facts: Partial<Guidance>): Recording {
  const recording = toRecording(madeStream(seconds, bpmAt, [guided(STREAM_START_MS - 1000, facts)]))
  if (recording === null) throw new Error('no run')
  return recording
}
const kinds = (cues: readonly (readonly [number, string, ...unknown[]])[]) => cues.map(([, kind]) => kind)

const anyGuidance = fc.record({
  ceilingBpm: fc.option(fc.integer({ min: 100, max: 170 })),
  hardBpm: fc.option(fc.integer({ min: 110, max: 190 })),
  watchLevel: fc.constantFrom('standard' as const, 'extra' as const),
  parameters: fc.constantFrom<Guidance['parameters']>({}, { 'monitor.overHoldS': 20 }, { 'quality.smoothWindowS': 8 }),
})

describe('a run that somebody was guided by', () => {
  it('has afterwards the cues that were heard, whatever zone, watch level and parameters it is judged by', () => {
    fc.assert(
      fc.property(anyStream, anyGuidance, anyGuidance, (entries, then, now) => {
        const stream = [guided((entries[0]?.atMs ?? 0) - 1, then), ...entries]
        const recording = toRecording(stream)
        if (recording === null) throw new Error('no run')
        const limits = ({ ceilingBpm, hardBpm }: typeof then): CalmZone =>
          ceilingBpm === null ? { ...noZone, hardBpm } : { ...zone, ceilingBpm, hardBpm }
        const { cues } = assess(recording, limits(now), { watchLevel: now.watchLevel, parameters: now.parameters })
        const phone = { extraWatch: then.watchLevel === 'extra', parameters: then.parameters }
        expect(cues).toEqual(cuesOnPhone(stream, limits(then), 1000, phone))
      }),
      { numRuns: 150 },
    )
  })

  it('shows no OVER that nobody heard, and counts its minutes by the limit that holds', () => {
    const run = recorded(() => 150, 600, { ceilingBpm: 160, hardBpm: 180 })
    const { cues, flags, verdict, guided: told } = assess(run, zone)
    expect(cues).toEqual([])
    expect(flags.map(({ kind }) => kind)).not.toContain('F9.not_easing')
    expect(verdict).toBe('too_hard')
    expect(told).toMatchObject({ by: { ceilingBpm: 160, hardBpm: 180 }, differs: ['ceiling', 'hard'] })
  })

  it('keeps the attention of a HARD that was heard, however high the limit is now', () => {
    const run = recorded(() => 150, 600, { ceilingBpm: 105, hardBpm: 140 })
    const { cues, flags } = assess(run, { ...zone, ceilingBpm: 160, hardBpm: 185 })
    expect(kinds(cues)).toContain('HARD')
    expect(flags.find(({ kind }) => kind === 'F9.hard')?.level).toBe('attention')
  })

  it('is as a file that nobody watched where nobody wrote down by what', () => {
    const recording = toRecording(madeStream(300, () => 150))
    expect(recording && assess(recording, zone)).not.toHaveProperty('guided')
    expect(recording && kinds(assess(recording, zone).cues)).toEqual(['OVER', 'NOT_EASING'])
  })

  it("has those cues at their own time where it is shown with a watch's file that says more", () => {
    // The strap was silent for a while; the watch was not, and nobody heard it.
    const strap = recorded((s) => (s >= 200 && s < 400 ? null : 120), 600, {})
    const watch: Recording = {
      ...recorded(() => 150, 660, {}),
      format: 'fit',
      sensor: 'wrist',
      startedAtMs: strap.startedAtMs - 60_000,
    }
    const { guidance: _guidance, ...alone } = watch
    const { recording } = combineRecordings(strap, alone)
    const heard = guidedRecordingOf(strap, 60)
    const { cues, guided: told } = assess(recording, zone, { heard })
    expect(cues).toEqual(assess(strap, zone).cues.map(([atS, ...cue]) => [atS + 60, ...cue]))
    expect(kinds(cues)).toEqual(['NO_SIGNAL', 'SIGNAL_BACK'])
    expect(told?.differs).toEqual([])
    expect(kinds(assess(recording, zone).cues)).toContain('OVER')
  })
})

describe('compareGuidance', () => {
  it.each<[Partial<Guidance>, string[]]>([
    [{}, []],
    [{ ceilingBpm: 131 }, ['ceiling']],
    [{ hardBpm: null, watchLevel: 'extra' }, ['hard', 'watch_level']],
    [{ parameters: { 'monitor.overHoldS': 20 } }, ['parameters']],
    // What is no parameter of what is heard, what is as it always is, and what cannot be.
    [{ parameters: { 'verdict.calmShare': 0.6, 'monitor.overHoldS': 30, 'monitor.easeAfterS': 1e9 } }, []],
  ])('finds of %j that %j differ', (facts, differs) => {
    expect(compareGuidance(by(facts), today)).toEqual(differs)
  })

  it('leaves out what no parameter can be', () => {
    const parameters = { 'monitor.overHoldS': 20, 'monitor.hardHoldS': 1e9, 'no.such': 1 }
    expect(guidedParameters(by({ parameters }))).toEqual({ 'monitor.overHoldS': 20 })
  })
})

describe('limits that were taken over during the run', () => {
  const lower = { ceilingBpm: 120, hardBpm: 145 }
  const higher = { ceilingBpm: 165, hardBpm: 190 }
  const stream = (later: object) =>
    madeStream(900, (second) => 120 + (second > 400 ? 30 : 0) + (second % 3), [
      guided(STREAM_START_MS - 1500, { ceilingBpm: 140, hardBpm: 170 }),
      guided(STREAM_START_MS + 300_007, later),
    ])
  const zoneThen = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 170 } as const

  it.each([
    ['lower', lower, ['OVER', 'NOT_EASING', 'HARD']],
    ['higher', higher, []],
  ])('that are %s: the report has the cues that the phone gave, and says so', (_name, later, kinds) => {
    const entries = stream(later)
    const live = newLiveRunner({ id: 'noor', alias: 'Noor', zone: zoneThen, extraWatch: false, parameters: {} })
    for (const entry of entries) applyLiveEntry(live, entry)
    expect(live.cues.map(([, kind]) => kind)).toEqual(kinds)
    const recording = toRecording(entries)
    if (recording === null) throw new Error('no recording')
    const { cues, guided: by } = assess(recording, zoneThen)
    expect(cues).toEqual(live.cues)
    expect(by?.differs).toEqual(['changed_in_run'])
  })
})
