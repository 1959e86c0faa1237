// A phone whose wall clock leaps in the middle of a run: until it is known whether it slept, nothing is shown as present, and
// what is heard waits for its time.
import { beforeEach, describe, expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { GroupRunDeps } from '../../../web/group-run/group-run-parts.ts'
import { GroupRun } from '../../../web/group-run/group-run.ts'
import type { GroupRunFacts } from '../../../web/group-run/group-run-facts.ts'
import { newTimer } from '../../../web/group-run/plan-timer.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'
import { manualClock, type ManualClock } from '../../support/manual-clock.ts'
import { measurement, STREAM_START_MS } from '../../support/stream.ts'

const at = (s: number) => STREAM_START_MS + s * 1000
const zone = { id: null, source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 } as const

describe('a clock that leaps in a run', () => {
  let streams: Map<string, StreamEntry[]>
  let clock: ManualClock
  let run: GroupRun
  let put: GroupRunFacts[]

  beforeEach(async () => {
    streams = new Map(
      ['anna', 'bram', 'cem'].map((id) => [
        id,
        [{ kind: 'joined', atMs: at(-9), by: 'thea', zoneVersionId: null, localOffsetS: 3600, plannedMin: null }],
      ]),
    )
    put = []
    const outbox: GroupRunDeps['outbox'] = {
      putGroupRun: (stored) => {
        put.push({ ...stored, plan: { minutes: null, intervals: null }, timer: newTimer, settings: { parameters: {} } })
        return Promise.resolve()
      },
      putParticipation: () => Promise.resolve(),
      listParticipations: () =>
        Promise.resolve([...streams.keys()].map((id) => madeParticipation({ id, alias: id, strapId: id, zone }))),
      append: (id, entry) => void streams.get(id)?.push(entry),
      flush: () => Promise.resolve(),
      readEntries: (id) => Promise.resolve({ entries: [...(streams.get(id) ?? [])], damaged: [] }),
    }
    clock = manualClock((id) => streams.get(id)?.at(-1)?.atMs ?? null, at(-5))
    run = new GroupRun(
      { outbox, clock, newId: () => 'id', personId: () => 'thea', localOffsetS: () => 0 },
      { ...madeRun(), plan: { minutes: null, intervals: null }, timer: newTimer, settings: { parameters: {} } },
    )
    await run.load()
    for (const id of streams.keys()) run.describe({ id, sensor: 'chest', device: null })
    for (const id of streams.keys()) run.give(id, { id, sensor: 'chest', device: null })
    clock.atMs = at(0)
    run.start(['anna', 'bram'])
    for (let second = 1; second <= 20; second++) beat(second, 110)
  })

  function beat(second: number, bpm: number): void {
    clock.atMs = at(second)
    for (const id of streams.keys()) run.hear(id, measurement({ bpm: bpm + (second % 3) }))
    run.tick()
  }
  const lastOf = (id: string, count: number) =>
    (streams.get(id) ?? []).slice(-count).map(({ kind, atMs }) => `${kind} ${(atMs - STREAM_START_MS) / 1000}`)
  const annas = () => run.tiles.value.find(({ id }) => id === 'anna')

  it('shows every number as old while it is not known, keeps what is heard, and judges nothing of it', () => {
    expect(annas()).toMatchObject({ state: 'calm', isOld: false })
    clock.unsure = true
    beat(21, 170)
    expect(annas()).toMatchObject({ state: 'old', heartRateBpm: 112, isOld: true, trend: null })
    expect(lastOf('anna', 1)).toEqual(['notification 20'])
  })

  it('slept: the hole is told first, and what was heard meanwhile has its time behind it', () => {
    clock.unsure = true
    beat(21, 110)
    // The phone slept for 45 s right before this was heard.
    const { heard } = clock
    clock.unsure = false
    const shift = 45_000
    Object.assign(clock, { atSteady: (ms: number) => ms + shift, nowMs: () => clock.atMs + shift, heard })
    run.found({ kind: 'missed', sinceMs: at(20), atMs: at(65.5) })
    run.tick()
    expect(lastOf('anna', 3)).toEqual(['notification 20', 'missed 65.5', 'notification 66'])
    expect(run.watch.missed.value?.runners.map(({ id, sinceMs }) => [id, sinceMs])).toEqual([
      ['anna', at(20)],
      ['bram', at(20)],
    ])
  })

  it('set: the time goes on, and everybody on the way and yet to start has it in their stream', () => {
    clock.unsure = true
    beat(21, 110)
    clock.unsure = false
    run.found({ kind: 'set', setMs: -60_000, atMs: at(20.5) })
    run.stop(['bram'])
    beat(22, 110)
    expect(lastOf('anna', 3)).toEqual(['clock 20.5', 'notification 21', 'notification 22'])
    expect(streams.get('cem')?.at(-1)).toEqual({ kind: 'clock', atMs: at(20.5), setMs: -60_000 })
    expect(put.at(-1)?.clockSetMs).toBe(-60_000)
    run.found({ kind: 'set', setMs: 90_000, atMs: at(23) })
    expect(streams.get('bram')?.at(-1)?.kind).not.toBe('clock')
    expect(put.at(-1)?.clockSetMs).toBe(30_000)
    expect(annas()).toMatchObject({ state: 'calm', isOld: false })
  })

  it('makes up its mind where a person does something, and what waited goes first', () => {
    clock.unsure = true
    beat(21, 110)
    clock.onSettle = () => run.found({ kind: 'set', setMs: 60_000, atMs: at(20.5) })
    clock.atMs = at(21.4)
    run.pause(['anna'])
    expect(lastOf('anna', 3)).toEqual(['clock 20.5', 'notification 21', 'pause 21.4'])
  })
})
