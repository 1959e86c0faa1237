// A run that nobody ends, while the page stays open.
import { expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { LEFT_AFTER_MS } from '../../../web/outbox/left-runs.ts'
import type { StoredGroupRun } from '../../../web/outbox/stored.ts'
import type { GroupRunDeps } from '../../../web/group-run/group-run-parts.ts'
import { GroupRun } from '../../../web/group-run/group-run.ts'
import { newTimer } from '../../../web/group-run/plan-timer.ts'
import { madeRun } from '../../support/group-run.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { STREAM_START_MS } from '../../support/stream.ts'

const strap = { id: 'strap-1', sensor: 'chest' as const, device: null }

async function rig() {
  const streams = new Map<string, StreamEntry[]>()
  const of = (id: string): StreamEntry[] => {
    const stream = streams.get(id) ?? []
    streams.set(id, stream)
    return stream
  }
  const put: StoredGroupRun[] = []
  const outbox: GroupRunDeps['outbox'] = {
    putGroupRun: (run) => Promise.resolve(void put.push(run)),
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
    {
      ...madeRun({ madeAtMs: STREAM_START_MS }),
      plan: { minutes: null, intervals: null },
      timer: newTimer,
      settings: { parameters: {} },
    },
  )
  await run.load()
  const join = (alias: string) =>
    run.join({ clientId: alias, alias, watchLevel: 'standard', zone: null, limitsAsOfMs: null, parameters: {} })
  const [bram, anna] = [join('Bram'), join('Anna')]
  run.give(bram, strap)
  const pass = (ms: number) => {
    clock.atMs += ms
    run.tick()
  }
  return { run, bram, anna, pass, of, put, clock, beat: () => run.hear(strap.id, Uint8Array.of(0, 110)) }
}

it('ends by itself as of the last beat, four hours after it, and says so', async () => {
  const { run, bram, anna, pass, of, put, clock, beat } = await rig()
  run.start([bram])
  pass(1000)
  beat()
  const heardAtMs = clock.atMs
  pass(LEFT_AFTER_MS - 1)
  expect(run.run.value.endedAtMs).toBeNull()
  pass(1)
  expect(put.at(-1)).toMatchObject({ endedAtMs: heardAtMs, endedByItself: true })
  expect([bram, anna].map((id) => of(id).at(-1)?.kind)).toEqual(['ended_by_itself', 'ended_by_itself'])
  const { runner } = run.runners.find(bram).live
  expect(runner).toMatchObject({ phase: 'stopped', stoppedAtMs: of(bram).at(-2)?.atMs, endedByItself: true })
  expect(run.tiles.value.map(({ phase }) => phase)).toEqual(['stopped'])
  // Once.
  pass(1000)
  expect(of(bram).filter(({ kind }) => kind === 'ended_by_itself')).toHaveLength(1)
})

it('never ends while beats arrive, also of somebody who only waits, nor while a hand does something', async () => {
  const { run, bram, anna, pass, beat } = await rig()
  for (let hour = 0; hour < 24; hour += 3) {
    beat()
    pass(3 * 3_600_000)
  }
  run.start([bram])
  for (let hour = 0; hour < 24; hour += 3) {
    beat()
    pass(3 * 3_600_000)
  }
  for (let hour = 0; hour < 12; hour += 3) {
    run.checkIn(anna, { result: 'ok', advice: [], unanswered: [], zoneNeedsReview: false })
    pass(3 * 3_600_000)
  }
  expect(run.run.value.endedAtMs).toBeNull()
  pass(3_600_000)
  expect(run.run.value.endedByItself).toBe(true)
})

it('is not kept going by the strap of somebody who has stopped', async () => {
  const { run, bram, pass, beat } = await rig()
  run.start([bram])
  run.stop([bram])
  for (let minute = 0; minute < 239; minute++) {
    pass(60_000)
    beat()
  }
  expect(run.run.value.endedAtMs).toBeNull()
  pass(61_000)
  expect(run.run.value.endedByItself).toBe(true)
})

it('does not end while nobody can say whether the phone slept or its clock was set', async () => {
  const { run, pass, clock } = await rig()
  clock.unsure = true
  pass(LEFT_AFTER_MS * 2)
  expect(run.run.value.endedAtMs).toBeNull()
  clock.unsure = false
  run.tick()
  expect(run.run.value.endedAtMs).not.toBeNull()
})
