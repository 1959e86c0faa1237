// What must be true after every script: each notification that the page had is at the server once, under its own runner and
// in its order, or lies in a hole that the stream tells of; the rest of the phone's disk is there byte for byte, and no more.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { decodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { NumberedBatch } from '../../../src/formats/phone-recording/batch.ts'
import { isWhole, readStreamBatches } from '../../../src/formats/phone-recording/stream-file.ts'
import { hex } from '../group-run/wearer.ts'
import type { Air, AirRunner } from './air.ts'
import { readOutbox, type PhoneDisk } from './phone-disk.ts'
import type { Real } from './real.ts'

/** Entries are on the disk within half a second, also where the browser is killed; the machine may be slow. */
const LAST_SECOND_MS = 1000
/** What is on its way while a link is taken away may not come. */
const ON_ITS_WAY_MS = 500
/** Whole milliseconds of two clocks that are one in the end. */
const CLOCKS_MS = 50

/** @returns how many notifications the air took, and how many of them lie in holes */
export async function assertAgreed(real: Real): Promise<{ readonly onAir: number; readonly inHoles: number }> {
  const disk = await readOutbox(real.page)
  const groupRunIds = new Set(disk.participations.map(({ groupRunId }) => groupRunId))
  assert.equal(groupRunIds.size, 1, 'the phone holds one group run')
  const [groupRunId = ''] = groupRunIds
  const { participations } = await get<{ participations: { clientId: string; state: string; missing: number[] }[] }>(
    real,
    `/api/group-runs/${groupRunId}`,
  )
  assert.deepEqual(
    participations.map(({ clientId, state, missing }) => ({ clientId, state, missing })).toSorted(byClient),
    real.air.runners.map(({ clientId }) => ({ clientId, state: 'composed', missing: [] })).toSorted(byClient),
  )
  let [onAir, inHoles] = [0, 0]
  for (const runner of real.air.runners) {
    onAir += runner.wearer.onAir.length
    inHoles += await assertRunner(real, runner, disk)
  }
  return { onAir, inHoles }
}

const byClient = (a: { readonly clientId: string }, b: { readonly clientId: string }) =>
  a.clientId < b.clientId ? -1 : 1

async function assertRunner(real: Real, runner: AirRunner, disk: PhoneDisk): Promise<number> {
  const { alias } = runner.wearer
  const { items } = await get<{ items: { id: string }[] }>(real, `/api/clients/${runner.clientId}/runs`)
  assert.equal(items.length, 1, `${alias} has one run, not ${items.length}`)
  const file = await answerOf(real.page, `${real.house.url}/api/runs/${items[0]?.id}/file`)
  const { batches, isCut } = readStreamBatches(await file.body())
  assert.ok(!isCut && isWhole(batches), `${alias}: the server has every batch`)
  const participation = disk.participations.find((one) => one.alias === alias)
  const onPhone = disk.batches.filter(({ participationId }) => participationId === participation?.id)
  assert.deepEqual(
    batches.map(({ number, bytes }) => `${number} ${hex(bytes)}`),
    onPhone.map(({ number, bytes }) => `${number} ${hex(Uint8Array.from(bytes))}`),
    `${alias}: the server has what the phone has`,
  )
  return assertEntries(real, runner, entriesOf(batches))
}

function entriesOf(batches: readonly NumberedBatch[]): StreamEntry[] {
  const entries = batches.flatMap(({ bytes }) => {
    const decoded = decodeBatch(bytes)
    assert.ok(decoded.ok)
    return decoded.entries
  })
  for (const [i, entry] of entries.entries())
    assert.ok(i === 0 || entry.atMs > (entries[i - 1]?.atMs ?? 0), 'the times of a stream rise')
  return entries
}

function assertEntries({ air }: Real, runner: AirRunner, entries: readonly StreamEntry[]): number {
  const kept = assertKept(air, runner, entries)
  return assertLostIsTold(air, runner, entries, kept)
}

/** @returns places of what was kept */
function assertKept(air: Air, runner: AirRunner, entries: readonly StreamEntry[]): ReadonlySet<number> {
  const { wearer } = runner
  const placeOf = new Map(wearer.onAir.map(({ bytes }, place) => [hex(bytes), place]))
  const kept = new Set<number>()
  let last = -1
  for (const entry of entries) {
    if (entry.kind !== 'notification') continue
    const place = placeOf.get(hex(entry.bytes))
    assert.ok(place !== undefined, `${wearer.alias}: ${hex(entry.bytes)} is not of their strap`)
    assert.ok(place > last, `${wearer.alias}: ${hex(entry.bytes)} came twice, or out of order`)
    last = place
    kept.add(place)
    const heardMs = air.heardAtMs.get(hex(entry.bytes)) ?? Number.POSITIVE_INFINITY
    const sentMs = wearer.onAir[place]?.atMs ?? Number.NaN
    assert.ok(
      entry.atMs >= sentMs - CLOCKS_MS && entry.atMs <= heardMs + CLOCKS_MS,
      `${wearer.alias}: written at ${entry.atMs}, sent at ${sentMs}, heard at ${heardMs}`,
    )
    assert.ok(heardMs >= air.startedAtMs, `${wearer.alias}: ${hex(entry.bytes)} was heard before the start`)
  }
  return kept
}

/** @returns how many were lost */
function assertLostIsTold(
  air: Air,
  { wearer, faultsAtMs, stoppedAtMs }: AirRunner,
  entries: readonly StreamEntry[],
  kept: ReadonlySet<number>,
): number {
  const holes = entries.filter((entry) => entry.kind === 'missed')
  const isTold = (atMs: number) =>
    holes.some((hole) => atMs >= hole.sinceMs - CLOCKS_MS && atMs <= hole.atMs + CLOCKS_MS)
  const isAtFault = (atMs: number, beforeMs: number) =>
    faultsAtMs.some((faultMs) => atMs >= faultMs - beforeMs && atMs <= faultMs + CLOCKS_MS)
  let lost = 0
  for (const [place, { atMs, bytes }] of wearer.onAir.entries()) {
    if (kept.has(place) || place < wearer.begunAt || atMs >= stoppedAtMs) continue
    lost++
    const heardMs = air.heardAtMs.get(hex(bytes))
    const what = `${wearer.alias}: sent at ${atMs}, heard at ${heardMs ?? 'no time'}, lost; faults at ${faultsAtMs.join(', ')}; holes ${JSON.stringify(holes)}`
    if (heardMs === undefined) assert.ok(isTold(atMs) || isAtFault(atMs, ON_ITS_WAY_MS), what)
    else assert.ok(isTold(atMs) && isAtFault(atMs, LAST_SECOND_MS), what)
  }
  return lost
}

async function answerOf(page: Page, url: string) {
  const response = await page.request.get(url)
  assert.ok(response.ok(), `${url}: ${response.status()}`)
  return response
}

const get = async <T>({ page, house }: Real, path: string): Promise<T> =>
  (await (await answerOf(page, `${house.url}${path}`)).json()) as T
