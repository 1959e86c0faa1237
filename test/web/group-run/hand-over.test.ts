// A strap is handed over while the disk is full: it holds in memory at once, and a page that is opened again never takes the
// old wearer for the wearer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewRunner } from '../../../web/group-run/group-run-parts.ts'
import { bytes, madeOutbox, openRun, runner, strap, stubLocalStorage } from './made-run.ts'

beforeEach(stubLocalStorage)
afterEach(() => vi.unstubAllGlobals())

describe('a strap that is handed over', () => {
  it('goes with its beats from that turn on, whatever the disk says', async () => {
    const { outbox, appended, fill } = madeOutbox()
    const run = await openRun(outbox)
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    run.give(anna, strap('1'))
    run.give(bram, strap('2'))
    run.start([anna, bram])
    fill()
    appended.length = 0
    run.give(anna, strap('2'))
    run.hear('2', bytes(170))
    expect(appended.map(({ id, entry }) => [id, entry.kind, 'sensor' in entry ? entry.sensor : null])).toEqual([
      [bram, 'strap', null],
      [anna, 'strap', 'chest'],
      [anna, 'notification', null],
    ])
    run.hear('1', bytes(99))
    expect(appended.length).toBe(3)
  })

  it('leaves with its old wearer what was heard before, though that waited for its time', async () => {
    const { outbox, appended } = madeOutbox()
    const clock = { isUnsure: false }
    const run = await openRun(outbox, 0, clock)
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    run.give(bram, strap('2'))
    run.start([anna, bram])
    clock.isUnsure = true
    run.hear('2', bytes(170))
    run.give(anna, strap('2'))
    expect(appended.filter(({ entry }) => entry.kind === 'notification').map(({ id }) => id)).toEqual([bram])
  })

  it('is not given back by a reload: what the disk has not got stands in a note', async () => {
    const { outbox, fill, room, appended } = madeOutbox()
    const run = await openRun(outbox)
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    run.give(bram, strap('2'))
    run.start([anna, bram])
    fill()
    run.give(anna, strap('2'))
    room()
    appended.length = 0
    const again = await openRun(outbox)
    expect(again.runners.wearerOf('2')?.stored.alias).toBe('Anna')
    expect(appended.map(({ id, entry }) => [id, entry.kind]).filter(([, kind]) => kind === 'strap')).toEqual([
      [anna, 'strap'],
      [bram, 'strap'],
    ])
    again.hear('2', bytes(170))
    expect(appended.at(-1)).toMatchObject({ id: anna, entry: { kind: 'notification' } })
  })

  it('is not taken back by an older note, which a killed browser may bring back', async () => {
    const { outbox } = madeOutbox()
    const run = await openRun(outbox)
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    run.give(bram, strap('2'))
    const older = JSON.stringify([{ groupRunId: 'run', participationId: bram, strapId: '2', strapChanges: 1 }])
    run.give(anna, strap('2'))
    await Promise.resolve()
    localStorage.setItem('calmpace.unsaved', older)
    const again = await openRun(outbox)
    expect(again.runners.wearerOf('2')?.stored.id).toBe(anna)
    expect(again.runners.lost.value).toBe(0)
  })

  it('tells what was missed before the strap begins anew', async () => {
    const { outbox, fill, room, appended } = madeOutbox()
    const run = await openRun(outbox)
    const anna = run.join(runner('Anna'))
    run.give(anna, strap('1'))
    run.start([anna])
    for (let beat = 0; beat < 3; beat++) run.hear('1', bytes(100 + beat))
    fill()
    run.give(anna, strap('2'))
    room()
    appended.length = 0
    await openRun(outbox, 60_000)
    expect(appended.map(({ entry }) => entry.kind)).toEqual(['missed', 'strap'])
  })

  it('is worn by nobody where a reload finds half of the hand-over on the disk and no note', async () => {
    const { outbox } = madeOutbox()
    const run = await openRun(outbox)
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    run.give(bram, strap('2'))
    await outbox.putParticipation({ ...run.runners.find(anna).stored, strapId: '2' })
    const again = await openRun(outbox)
    expect(again.runners.wearerOf('2')).toBe(null)
    expect([anna, bram].map((id) => again.runners.find(id).stored.strapId)).toEqual([null, null])
  })

  it('writes nothing where nothing changes: a mark would cut the beats in two', async () => {
    const { outbox, appended } = madeOutbox()
    const run = await openRun(outbox)
    const anna = run.join(runner('Anna'))
    run.give(anna, strap('1'))
    appended.length = 0
    run.give(anna, strap('1'))
    expect(appended).toEqual([])
  })
})

describe('somebody who is added while the disk is full', () => {
  it('runs along at once, and is said to be lost where the page goes before there is room', async () => {
    const { outbox, fill, appended } = madeOutbox()
    const run = await openRun(outbox)
    run.join(runner('Anna'))
    fill()
    const dina = run.join(runner('Dina'))
    run.give(dina, strap('4'))
    run.start([dina])
    run.hear('4', bytes(120))
    expect(appended.at(-1)).toMatchObject({ id: dina, entry: { kind: 'notification' } })
    const again = await openRun(outbox)
    expect(again.runners.lost.value).toBe(1)
    // Once, until a person has seen it.
    expect((await openRun(outbox)).runners.lost.value).toBe(1)
    again.runners.sawLost()
    expect((await openRun(outbox)).runners.lost.value).toBe(0)
  })
})

describe('limits', () => {
  it('are written down at joining and again where they change', async () => {
    const { outbox, appended } = madeOutbox()
    const run = await openRun(outbox)
    const anna = run.join(runner('Anna'))
    const lower = { ...runner('Anna'), zone: { ...run.limitsOf(anna).zone, ceilingBpm: 105 } as NewRunner['zone'] }
    run.guide(anna, lower)
    run.start([anna])
    expect(appended.map(({ entry }) => entry.kind)).toEqual(['joined', 'guided', 'guided', 'start'])
    expect(run.tiles.value[0]?.ceilingBpm).toBe(105)
    // Again after a reload.
    expect((await openRun(outbox)).tiles.value[0]?.ceilingBpm).toBe(105)
  })
})

describe('aliases of a run', () => {
  it('are unique, and follow a rename into the tile', async () => {
    const { outbox } = madeOutbox()
    const run = await openRun(outbox)
    const [one, two] = [run.join({ ...runner('a'), alias: 'Jan' }), run.join({ ...runner('b'), alias: 'jan' })]
    expect(run.participants.value.map(({ stored }) => stored.alias)).toEqual(['Jan', 'jan 2'])
    expect(run.rename(two, ' JAN ')).toBe('JAN 2')
    expect(run.rename(two, 'Jan van de brug')).toBe('Jan van de brug')
    expect(run.tiles.value.map(({ alias }) => alias)).toEqual(['Jan', 'Jan van de brug'])
    expect((await openRun(outbox)).tiles.value.map(({ alias }) => alias)).toEqual(['Jan', 'Jan van de brug'])
    run.leave(one)
    expect(run.rename(two, 'Jan')).toBe('Jan')
  })
})
