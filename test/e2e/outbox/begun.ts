// Where the outbox's tests begin, and where each ends: a run of three, and all of it at the server.
import { strict as assert } from 'node:assert'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { readStreamFile, writeStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import { toRecording } from '../../../src/formats/phone-recording/to-recording.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'
import { STREAM_START_MS } from '../../support/stream.ts'
import { append, checkRows, giveRoom, nextEntries, runners, send, wake, type Model, type Real } from './model.ts'
import type { BatchServer } from './server.ts'

/** A group run of three with all of them started. */
export async function begin(server: BatchServer, profile: string): Promise<{ model: Model; real: Real }> {
  server.arrived.clear()
  server.faults.length = 0
  const real: Real = { profile, server, browser: await wake(profile, server) }
  const model: Model = { streams: new Map(), sealed: new Map(), full: false }
  const made = [madeRun({ madeAtMs: Date.now() }), runners.map((id) => madeParticipation({ id }))] as const
  await real.browser.page.evaluate(async ([run, participations]) => {
    await window.harness.outbox.putGroupRun(run)
    for (const one of participations) await window.harness.outbox.putParticipation(one)
  }, made)
  for (const runner of runners) {
    const joined = { by: 'therapist', zoneVersionId: null, localOffsetS: 3600, plannedMin: null }
    await append(model, real, runner, [
      { kind: 'joined', atMs: STREAM_START_MS - 2, ...joined },
      { kind: 'strap', atMs: STREAM_START_MS - 1, sensor: 'chest', device: 'FakeStrap' },
      { kind: 'start', atMs: STREAM_START_MS },
    ])
  }
  await real.browser.page.evaluate(() => window.harness.outbox.flush())
  return { model, real }
}

/** Stop, send all of it, and hold what arrived against what is on disk. */
export async function checkArrived(model: Model, real: Real): Promise<void> {
  const { page } = real.browser
  await giveRoom(model, real)
  for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, ['stop']))
  await page.evaluate(() => window.harness.outbox.flush())
  // The last batch is one that nothing after it would show to be missing. Then once for what waits, once more for what the
  // server then misses.
  await send(real, 'lose')
  await send(real, 'well')
  await send(real, 'well')
  await checkRows(model, real)
  assert.equal(await page.evaluate(() => window.harness.outbox.state.value.unsent), 0)
  for (const [runner, stream] of model.streams) {
    const { entries } = await page.evaluate((id) => window.harness.readEntries(id), runner)
    assert.deepEqual(
      entries,
      stream.map(({ entry }) => entry),
    )
    const onDisk = entries.map((entry): StreamEntry =>
      entry.kind === 'notification' ? { ...entry, bytes: Uint8Array.from(entry.bytes) } : entry,
    )
    const file = writeStreamFile([...(real.server.arrived.get(runner)?.values() ?? [])])
    assert.deepEqual(readStreamFile(file), { ok: true, recordings: [toRecording(onDisk)] })
  }
}
