// A group run that goes on from its streams, as after a reload: what straps sent meanwhile is missing, and the streams say so;
// who comes now has the local time of the run.
import { expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { GroupRunDeps } from '../../../web/group-run/group-run-parts.ts'
import { GroupRun } from '../../../web/group-run/group-run.ts'
import { newTimer } from '../../../web/group-run/plan-timer.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { STREAM_START_MS } from '../../support/stream.ts'

const at = (s: number) => STREAM_START_MS + s * 1000
const begun = (...more: readonly StreamEntry[]): readonly StreamEntry[] => [
  { kind: 'joined', atMs: at(-2), by: 'thea', zoneVersionId: null, localOffsetS: 3600, plannedMin: null },
  { kind: 'strap', atMs: at(-1), sensor: 'chest', device: null },
  { kind: 'start', atMs: at(0) },
  ...more,
]

/** An outbox that holds these streams, and what is appended to them. */
const memoryOutbox = (streams: ReadonlyMap<string, StreamEntry[]>): GroupRunDeps['outbox'] => ({
  putGroupRun: () => Promise.resolve(),
  putParticipation: () => Promise.resolve(),
  listParticipations: () =>
    Promise.resolve([...streams.keys()].map((id) => madeParticipation({ id, alias: id, strapId: id }))),
  append: (id, entry) => void streams.get(id)?.push(entry),
  flush: () => Promise.resolve(),
  readEntries: (id) => Promise.resolve({ entries: [...(streams.get(id) ?? [])], damaged: [] }),
})

/** A page that goes on with these streams a minute after the start. */
async function goOn(streams: ReadonlyMap<string, StreamEntry[]>): Promise<GroupRun> {
  const outbox = memoryOutbox(streams)
  const clock = manualClock((id) => streams.get(id)?.at(-1)?.atMs ?? null, at(60))
  const run = new GroupRun(
    { outbox, clock, newId: () => 'id', personId: () => 'thea', localOffsetS: () => 0 },
    { ...madeRun(), plan: { minutes: null, intervals: null }, timer: newTimer, settings: { parameters: {} } },
  )
  await run.load()
  return run
}

it('writes down that beats of a pause are missing, and speaks of those who run', async () => {
  const streams = new Map<string, StreamEntry[]>([
    ['runs', [...begun()]],
    ['paused', [...begun({ kind: 'pause', atMs: at(10) })]],
    ['stopped', [...begun({ kind: 'stop', atMs: at(10) })]],
  ])
  const run = await goOn(streams)
  const last = (id: string) => streams.get(id)?.at(-1)
  expect(last('runs')).toEqual({ kind: 'missed', atMs: at(60), sinceMs: at(0) })
  expect(last('paused')).toEqual({ kind: 'missed', atMs: at(60), sinceMs: at(10) })
  expect(last('stopped')?.kind).toBe('stop')
  expect(run.watch.missed.value?.runners.map(({ id }) => id)).toEqual(['runs'])
})

it('writes down a moment without the page as well, and asks nobody to look at it', async () => {
  const streams = new Map([['runs', [...begun({ kind: 'told', atMs: at(59), by: 'thea' })]]])
  const run = await goOn(streams)
  expect(streams.get('runs')?.at(-1)).toEqual({ kind: 'missed', atMs: at(60), sinceMs: at(59) })
  expect(run.watch.missed.value).toBeNull()
})

it('gives who comes later the local time at which the group run began, whatever zone the phone is in by then', async () => {
  const streams = new Map<string, StreamEntry[]>([
    ['runs', [...begun()]],
    ['id', []],
  ])
  const run = await goOn(streams)
  run.join({
    clientId: 'bram',
    alias: 'Bram',
    watchLevel: 'standard',
    zone: null,
    limitsAsOfMs: null,
    parameters: {},
  })
  const joined = streams.get('id')?.find(({ kind }) => kind === 'joined')
  expect(joined).toMatchObject({ localOffsetS: 3600 })
})
