import { afterAll, describe, expect, it } from 'vitest'
import { composeStaleRuns, STALE_MS } from '../../src/live/compose-stale-runs.ts'
import type { ParticipationStatus } from '../../src/live/protocol.ts'
import { addClient, read, setZone } from '../support/clinic-work.ts'
import { closeClinics, openClinic } from '../support/node-clinic.ts'
import { cutIntoBatches, newPart, sendBatches, sendStream } from '../support/phone.ts'
import { joinFirst } from '../support/sign-in.ts'
import { madeStream } from '../support/stream.ts'

afterAll(closeClinics)

async function openWith() {
  const fromMs = Date.now()
  const clinic = await openClinic({ nowMs: () => fromMs })
  const ask = await joinFirst(clinic)
  const clientId = await addClient(ask)
  await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
  /** The job, so long after everything was sent. */
  const compose = (afterMs: number) =>
    composeStaleRuns({ ...clinic, nowMs: () => fromMs + afterMs, newId: () => crypto.randomUUID() })
  const part = newPart(clientId)
  const look = async () => {
    const groupRun = read<{ participations: ParticipationStatus[] }>(ask(`/api/group-runs/${part.groupRunId}`))
    return (await groupRun).participations[0]
  }
  return { ask, compose, look, part }
}
const entries = madeStream(300, () => 120)

describe('composeStaleRuns', () => {
  it('makes a run of what nobody stopped once it has been quiet for long enough, and says so in the log', async () => {
    const { ask, compose, look, part } = await openWith()
    await sendStream(ask, part, entries.slice(0, -1))
    expect(await compose(STALE_MS - 1)).toBe(0)
    expect(await look()).toMatchObject({ state: 'arriving', runId: null })
    expect(await compose(STALE_MS)).toBe(1)
    const status = await look()
    expect(status).toMatchObject({ state: 'composed_incomplete', runId: expect.any(String) })
    expect(await read(ask(`/api/runs/${status?.runId}`))).toMatchObject({ warnings: ['NOT_STOPPED'] })
    expect(await compose(2 * STALE_MS)).toBe(0)
    const { items } = await read<{ items: object[] }>(ask('/api/audit?action=run.record&limit=1'))
    expect(items).toMatchObject([
      { personId: null, clientId: part.clientId, rule: 'quiet', detail: { participationId: part.participationId } },
    ])
  })

  it('leaves nothing to wait for where the phone ended the run by itself', async () => {
    const { ask, compose, part } = await openWith()
    const last = entries.at(-2)?.atMs ?? 0
    const ended = [...entries.slice(0, -1), { kind: 'ended_by_itself' as const, atMs: last + 1 }]
    const status = await sendStream(ask, part, ended)
    expect(status).toMatchObject({ state: 'composed', runId: expect.any(String) })
    expect(await read(ask(`/api/runs/${status.runId}`))).toMatchObject({ warnings: ['ENDED_BY_ITSELF'] })
    expect(await compose(STALE_MS)).toBe(0)
  })

  it('makes the same run whole when the rest comes later', async () => {
    const { ask, compose, look, part } = await openWith()
    const batches = cutIntoBatches(part, entries, 40)
    await sendBatches(ask, part, batches.slice(0, 5))
    await compose(STALE_MS)
    const before = await look()
    await sendBatches(ask, part, batches.slice(6))
    expect(await look()).toMatchObject({ state: 'composed_incomplete', missing: [6] })
    await sendBatches(ask, part, batches)
    expect(await look()).toMatchObject({ state: 'composed', runId: before?.runId })
    const run = await read<{ assessments: object[] }>(ask(`/api/runs/${before?.runId}`))
    expect(run).toMatchObject({ warnings: [], samples: 300 })
    expect(run.assessments).toHaveLength(2)
  })

  it('makes no run of what nobody started, and one when the start comes after all', async () => {
    const { ask, compose, look, part } = await openWith()
    const batches = cutIntoBatches(part, entries, 2)
    await sendBatches(ask, part, batches.slice(0, 1))
    await compose(STALE_MS)
    expect(await look()).toMatchObject({ state: 'checked_in_only', runId: null })
    await sendBatches(ask, part, batches.slice(1))
    expect(await look()).toMatchObject({ state: 'composed' })
  })
})
