// A stop is taken back: the same runner, the same strap, and what the strap sent meanwhile stands in the stream.
import { describe, expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { GroupRunDeps } from '../../../web/group-run/group-run-parts.ts'
import { GroupRun } from '../../../web/group-run/group-run.ts'
import { newTimer } from '../../../web/group-run/plan-timer.ts'
import { madeRun } from '../../support/group-run.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { STREAM_START_MS } from '../../support/stream.ts'

const strap = { id: 'strap-1', sensor: 'chest' as const, device: null }

/** A run with Bram and Anna in it, a strap for Bram, and everything that was written of each. */
async function rig() {
  const streams = new Map<string, StreamEntry[]>()
  const of = (id: string): StreamEntry[] => {
    const stream = streams.get(id) ?? []
    streams.set(id, stream)
    return stream
  }
  const outbox: GroupRunDeps['outbox'] = {
    putGroupRun: () => Promise.resolve(),
    putParticipation: () => Promise.resolve(),
    listParticipations: () => Promise.resolve([]),
    append: (id, entry) => void of(id).push(entry),
    flush: () => Promise.resolve(),
    readEntries: (id) => Promise.resolve({ entries: [...of(id)], damaged: [] }),
  }
  const clock = manualClock((id) => of(id).at(-1)?.atMs ?? null, STREAM_START_MS)
  let ids = 0
  const run = new GroupRun(
    { outbox, clock, newId: () => `id-${ids++}`, personId: () => 'thea', localOffsetS: () => 0 },
    { ...madeRun(), plan: { minutes: null, intervals: null }, timer: newTimer, settings: { parameters: {} } },
  )
  await run.load()
  const join = (alias: string) =>
    run.join({ clientId: alias, alias, watchLevel: 'standard', zone: null, limitsAsOfMs: null, parameters: {} })
  const [bram, anna] = [join('Bram'), join('Anna')]
  run.give(bram, strap)
  const pass = (seconds: number) => {
    clock.atMs += seconds * 1000
    run.tick()
  }
  const beat = (bpm: number) => {
    run.hear(strap.id, Uint8Array.of(0, bpm))
    pass(1)
  }
  const kinds = (id: string) => of(id).map(({ kind }) => kind)
  const phase = (id: string) => run.runners.find(id).live.runner.phase
  return { run, bram, anna, pass, beat, of, kinds, phase }
}

describe('a stop that is taken back', () => {
  it('leaves strap and runner together, and writes down what came meanwhile', async () => {
    const { run, bram, pass, beat, kinds, phase } = await rig()
    run.start([bram])
    beat(110)
    run.stop([bram])
    beat(111)
    beat(112)
    expect(kinds(bram).at(-1)).toBe('stop')
    expect(run.takenBack.value.map(({ aliases }) => aliases)).toEqual([['Bram']])
    run.continueRun([bram])
    expect(kinds(bram).slice(-4)).toEqual(['stop', 'notification', 'notification', 'continued'])
    expect(phase(bram)).toBe('running')
    expect(run.runners.wearerOf(strap.id)?.stored.id).toBe(bram)
    expect(run.takenBack.value).toEqual([])
    beat(113)
    expect(kinds(bram).at(-1)).toBe('notification')
    pass(1)
    expect(run.tiles.value.find(({ id }) => id === bram)?.heartRateBpm).toBe(113)
  })

  it('works again and again', async () => {
    const { run, bram, pass, kinds, phase } = await rig()
    run.start([bram])
    for (let i = 0; i < 3; i++) {
      pass(5)
      run.stop([bram])
      pass(5)
      run.continueRun([bram])
    }
    expect(kinds(bram).filter((kind) => kind === 'continued')).toHaveLength(3)
    expect(phase(bram)).toBe('running')
  })

  it('is over after a minute: the strap is free, and the beats of the minute are nobody’s', async () => {
    const { run, bram, pass, beat, of } = await rig()
    run.start([bram])
    beat(110)
    run.stop([bram])
    beat(111)
    pass(60)
    expect(run.takenBack.value).toEqual([])
    expect(run.runners.find(bram).stored.strapId).toBeNull()
    beat(112)
    run.continueRun([bram])
    expect(of(bram).slice(-2)).toMatchObject([{ kind: 'continued' }, { kind: 'strap', sensor: null }])
  })

  it('comes back without a strap where somebody else was given it, and nothing is written of a stopped runner', async () => {
    const { run, bram, anna, beat, kinds } = await rig()
    run.start([bram, anna])
    beat(110)
    run.stop([bram])
    run.give(anna, strap)
    expect(kinds(bram).at(-1)).toBe('stop')
    beat(111)
    expect(kinds(anna).at(-1)).toBe('notification')
    run.continueRun([bram])
    expect(kinds(bram).slice(-2)).toEqual(['continued', 'strap'])
    expect(run.runners.wearerOf(strap.id)?.stored.id).toBe(anna)
  })

  it('is the same for somebody who does not run after all', async () => {
    const { run, bram, kinds, phase } = await rig()
    run.leave(bram)
    expect(run.takenBack.value).toMatchObject([{ aliases: ['Bram'], isLeave: true }])
    run.continueRun([bram])
    expect([phase(bram), kinds(bram).at(-1)]).toEqual(['waiting', 'continued'])
    expect(run.runners.wearerOf(strap.id)?.stored.id).toBe(bram)
    run.leave(bram)
    expect(phase(bram)).toBe('stopped')
  })

  it('finds no two of one name: who came with theirs meanwhile keeps it', async () => {
    const { run, bram } = await rig()
    run.leave(bram)
    const other = { clientId: 'other', alias: 'Bram', watchLevel: 'standard', zone: null, limitsAsOfMs: null } as const
    run.join({ ...other, parameters: {} })
    run.continueRun([bram])
    expect(run.participants.value.map(({ stored }) => stored.alias)).toEqual(['Bram 2', 'Anna', 'Bram'])
  })

  it('opens a run that has ended, and its timer goes on where it stood', async () => {
    const { run, bram, anna, pass, phase } = await rig()
    run.start([bram, anna])
    pass(100)
    run.end()
    expect(run.run.value.endedAtMs).not.toBeNull()
    pass(30)
    run.continueRun([bram, anna])
    pass(1)
    expect([run.run.value.endedAtMs, phase(bram), phase(anna)]).toEqual([null, 'running', 'running'])
    expect(run.run.value.timer).toMatchObject({ pausedAtMs: null, pausedMs: 30_000 })
  })

  it('is not needed to open a run again: then nobody runs by themselves', async () => {
    const { run, bram, pass, phase } = await rig()
    run.start([bram])
    run.end()
    pass(600)
    run.reopen()
    expect([run.run.value.endedAtMs, phase(bram)]).toEqual([null, 'stopped'])
  })

  it('brings everybody back where a run was put away before the start', async () => {
    const { run, bram, anna, pass, phase } = await rig()
    run.end()
    pass(600)
    run.reopen()
    expect([run.run.value.endedAtMs, phase(bram), phase(anna)]).toEqual([null, 'waiting', 'waiting'])
  })
})
