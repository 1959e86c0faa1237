// Group runs: what a phone sends, and the run that comes of it.
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { BatchesAnswer, ParticipationStatus } from '../../../src/live/protocol.ts'
import {
  batchOf,
  cutIntoBatches,
  finishPath,
  newPart,
  postBatches,
  requestOf,
  sendBatches,
  sendStream,
  type Part,
} from '../../support/phone.ts'
import { send, type Ask } from '../../support/sign-in.ts'
import { madeStream, STREAM_START_MS } from '../../support/stream.ts'
import { addClient, openAs, read, setZone, upload, type Runtime } from '../../support/asking.ts'
import { checkedIn, openRunner } from './runner.ts'

interface RunJson {
  readonly id: string
  readonly fileName: string
  readonly plannedMin: number | null
  readonly warnings: readonly string[]
  readonly hands: readonly object[]
  readonly participation: object | null
  readonly samples: number
  readonly elapsedS: number
  readonly assessment: { readonly zoneVersionId: string; readonly verdict: string }
  readonly assessments: readonly object[]
}
const runOf = (ask: Ask, runId: string | null | undefined) => read<RunJson>(ask(`/api/runs/${runId}`))
const runsOf = async (ask: Ask, clientId: string) =>
  (await read<{ items: RunJson[] }>(ask(`/api/clients/${clientId}/runs`))).items

/** Ten minutes at a calm pace, by its therapist's plan. */
const calm = (extra: readonly StreamEntry[] = []): StreamEntry[] =>
  madeStream(600, (s) => 118 + (s % 7), extra).map((entry) =>
    entry.kind === 'joined' ? { ...entry, plannedMin: 30 } : entry,
  )
export function groupRunsContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const openWith = () => openRunner(open)

  describe('POST /api/group-runs/{groupRunId}/batches', () => {
    it('becomes a run once all is there, with who told whom, the check-in and the zone that the phone judged by', async () => {
      const { ask, clientId } = await openWith()
      const watched = await read<{ id: string }>(setZone(ask, clientId, { manualCeilingBpm: 122 }, 'careful'), 201)
      const part = newPart(clientId, { zoneVersionId: watched.id })
      const { personId } = await read<{ personId: string }>(ask('/api/me'))
      const told: StreamEntry = { kind: 'told', atMs: STREAM_START_MS + 60_000, by: personId }
      const status = await sendStream(ask, part, calm([told, checkedIn()]))
      expect(status).toEqual({ id: part.participationId, state: 'composed', runId: expect.any(String), missing: [] })
      const run = await runOf(ask, status.runId)
      expect(run).toMatchObject({
        fileName: `strap 2026-11-24 10.00 ${part.participationId.slice(0, 8)}.cprs`,
        format: 'strap',
        sensor: 'chest',
        plannedMin: 30,
        elapsedS: 600,
        samples: 600,
        warnings: [],
        hands: [{ elapsedS: 60, kind: 'told', by: personId, byName: 'Thea' }],
        participation: {
          id: part.participationId,
          groupRunId: part.groupRunId,
          state: 'composed',
          checkIn: { atMs: STREAM_START_MS - 2500, result: 'consult', zoneNeedsReview: false },
        },
        assessment: { zoneVersionId: watched.id, zone: { ceilingBpm: 122 } },
      })
      expect(run.assessments).toHaveLength(1)
      const groupRun = await read(ask(`/api/group-runs/${part.groupRunId}`))
      expect(groupRun).toEqual({
        id: part.groupRunId,
        groupId: null,
        madeAtMs: 1,
        participations: [
          {
            ...status,
            clientId,
            firstName: 'Noor',
            checkIn: { atMs: STREAM_START_MS - 2500, result: 'consult', zoneNeedsReview: false },
          },
        ],
      })
    })

    it('changes nothing when it comes again, before and after it is a run', async () => {
      const { ask, clientId, part } = await openWith()
      const batches = cutIntoBatches(part, calm([checkedIn()]), 40)
      const acknowledged = batches.map(({ participationId, number }) => ({ participationId, number }))
      const half = batches.slice(0, 8)
      for (const some of [half, half, batches, batches, half]) {
        const answer = await sendBatches(ask, part, some)
        expect(answer).toMatchObject({ acknowledged: acknowledged.slice(0, some.length), refused: [] })
      }
      const [run, ...others] = await runsOf(ask, clientId)
      expect(others).toEqual([])
      expect((await runOf(ask, run?.id)).assessments).toHaveLength(1)
    })

    it('refuses each bad batch by itself with a code, and takes the others', async () => {
      const { ask, part } = await openWith()
      const [first, second, ...others] = cutIntoBatches(part, calm(), 100)
      const unknown = newPart(part.clientId)
      const bytes = encodeBatch([{ kind: 'pause', atMs: 1 }])
      const { acknowledged, refused, participations } = await sendBatches(ask, part, [
        ...(first === undefined ? [] : [first, { ...first, number: 90, bytes: `${first.bytes.slice(0, -8)}AAAA` }]),
        { ...batchOf(part, 91, bytes), bytes: 'not base64!' },
        batchOf(part, 92, new Uint8Array(256 * 1024 + 1)),
        batchOf(part, 93, new Uint8Array(20)),
        batchOf(part, 1, bytes),
        batchOf(unknown, 1, bytes),
        ...(second === undefined ? [] : [second]),
      ])
      expect(acknowledged.map(({ number }) => number)).toEqual([1, 2])
      expect(refused).toEqual([
        { participationId: unknown.participationId, number: 1, code: 'PARTICIPATION_UNDECLARED' },
        ...[
          [90, 'BATCH_DAMAGED'],
          [91, 'BATCH_NOT_BASE64'],
          [92, 'BATCH_TOO_LARGE'],
          [93, 'NOT_A_BATCH'],
          [1, 'BATCH_DIFFERS'],
        ].map(([number, code]) => ({ participationId: part.participationId, number, code })),
      ])
      expect(participations).toMatchObject([{ state: 'arriving', runId: null, missing: [] }])
      expect((await sendBatches(ask, part, others)).participations).toMatchObject([{ state: 'composed' }])
      const late = await sendBatches(ask, part, [batchOf(part, 1, bytes)])
      expect(late.refused).toMatchObject([{ number: 1, code: 'BATCH_DIFFERS' }])
    })

    it('does not understand what is no such request, and keeps nothing of it', async () => {
      const { ask, part } = await openWith()
      const good = requestOf(part, cutIntoBatches(part, calm(), 100))
      const bad: readonly unknown[] = [
        null,
        { ...good, participations: [] },
        { ...good, participations: [{ ...good.participations[0], id: 'no uuid' }] },
        { ...good, recorderId: '../..' },
        { ...good, batches: [{ ...good.batches[0], number: 0 }] },
        { ...good, batches: [{ ...good.batches[0], number: 1.5 }] },
        { ...good, sentAtMs: 'now' },
        { ...good, more: true },
      ]
      const statuses = [(await postBatches(ask, 'no-uuid', good)).status]
      for (const body of bad) statuses.push((await postBatches(ask, part.groupRunId, body)).status)
      expect(statuses).toEqual(Array<number>(9).fill(400))
      await read(ask(`/api/group-runs/${part.groupRunId}`), 404)
    })

    it('tells what is missing, makes a run of what is there when asked, and makes it whole later', async () => {
      const { ask, clientId, part } = await openWith()
      const batches = cutIntoBatches(part, calm([checkedIn()]), 40)
      const late = batches.filter(({ number }) => number === 1 || number === 5)
      const { participations } = await sendBatches(
        ask,
        part,
        batches.filter((batch) => batch.number > 1 && batch.number !== 5),
      )
      expect(participations).toMatchObject([{ state: 'arriving', runId: null, missing: [1, 5] }])
      // Batch 1 holds the start: what is there is a run all the same.
      const finish = () => read<ParticipationStatus>(ask(finishPath(part), { method: 'POST' }))
      const headless = await finish()
      expect(headless).toMatchObject({ state: 'composed_incomplete', runId: expect.any(String), missing: [1, 5] })
      expect((await runOf(ask, headless.runId)).warnings).toContain('START_MISSING')
      await sendBatches(ask, part, late.slice(0, 1))
      const incomplete = await finish()
      expect(incomplete).toMatchObject({ state: 'composed_incomplete', runId: headless.runId, missing: [5] })
      expect(await finish()).toEqual(incomplete)
      const before = await runOf(ask, incomplete.runId)
      expect(before.warnings).toEqual(['BATCHES_MISSING'])
      // The two behind the hole may have waited (rule I): their time is not believed.
      expect(before.samples).toBe(558)
      const [whole] = (await sendBatches(ask, part, late)).participations
      expect(whole).toEqual({ ...incomplete, state: 'composed', missing: [] })
      const after = await runOf(ask, whole?.runId)
      expect(after).toMatchObject({ samples: 600, warnings: [], plannedMin: 30 })
      expect(after.assessments).toHaveLength(3)
      expect(await runsOf(ask, clientId)).toHaveLength(1)
      const file = await ask(`/api/runs/${whole?.runId}/file`)
      const [uploaded] = await upload(ask, clientId, { 'x.cprs': new Uint8Array(await file.arrayBuffer()) })
      expect(uploaded?.result).toBe('already_there')
    })

    it('keeps the check-in of somebody who did not run, once, and makes no run', async () => {
      const { ask, clientId, part } = await openWith()
      const entries = calm([checkedIn()]).filter(({ kind }) => kind === 'joined' || kind === 'checked_in')
      const stopped: StreamEntry = { kind: 'stop', atMs: STREAM_START_MS }
      for (let i = 0; i < 2; i++)
        expect(await sendStream(ask, part, [...entries, stopped])).toMatchObject({ state: 'checked_in_only' })
      const { participations } = await read<{ participations: object[] }>(ask(`/api/group-runs/${part.groupRunId}`))
      expect(participations).toMatchObject([{ runId: null, checkIn: { result: 'consult' } }])
      expect(await runsOf(ask, clientId)).toEqual([])
    })

    it('takes what a second phone recorded of the same runner, whichever is first', async () => {
      const { ask, clientId } = await openWith()
      const entries = calm()
      const [early, latter] = [entries.slice(0, 300), entries.slice(300)]
      const samples: number[] = []
      for (const order of [0, 1]) {
        const first = newPart(clientId, { recorderId: 'one' })
        const second: Part = { ...first, recorderId: 'two' }
        const sends = [() => sendStream(ask, first, early), () => sendStream(ask, second, latter)]
        if (order === 1) sends.reverse()
        for (const sending of sends) await sending()
        const status = await sendStream(ask, first, early)
        expect(status.state).toBe('composed')
        samples.push((await runOf(ask, status.runId)).samples)
        await read(ask(`/api/runs/${status.runId}`, { method: 'DELETE' }), 204)
      }
      expect(samples).toEqual([600, 600])
    })

    it('brings no run back that somebody removed', async () => {
      const { ask, clientId, part } = await openWith()
      const { runId } = await sendStream(ask, part, calm())
      await read(ask(`/api/runs/${runId}`, { method: 'DELETE' }), 204)
      expect(await sendStream(ask, part, calm())).toMatchObject({ state: 'composed', runId: null })
      expect(await runsOf(ask, clientId)).toEqual([])
    })

    it('says so where a run that was removed goes on, and keeps taking what came before', async () => {
      const { ask, part } = await openWith()
      const { runId } = await sendStream(ask, part, calm())
      await read(ask(`/api/runs/${runId}`, { method: 'DELETE' }), 204)
      const { receivedAtMs } = await sendBatches(ask, part, [])
      const goOn = (atMs: number) =>
        sendBatches(ask, part, [batchOf(part, 9000, encodeBatch([{ kind: 'continued', atMs }]))])
      expect(await goOn(receivedAtMs + 300_000)).toMatchObject({
        acknowledged: [],
        refused: [{ number: null, code: 'RUN_REMOVED' }],
      })
      expect(await goOn(STREAM_START_MS)).toMatchObject({ acknowledged: [{ number: 9000 }], refused: [] })
    })

    it("is shown with the watch's file of the same run as one, whichever comes first, by the phone's zone", async () => {
      const { ask } = await openWith()
      const startTime = STREAM_START_MS / 1000 - 631_065_600
      const watch = encodeRun(kinetics([{ forS: 900, targetBpm: 120, speedMPerS: 2.2, stepsPerMin: 150 }], 5), {
        sensor: 'wrist',
        startTime,
      })
      for (const watchFirst of [false, true]) {
        const clientId = await addClient(ask, watchFirst ? 'Wil' : 'Stan')
        await setZone(ask, clientId, { manualCeilingBpm: 150 }, 'first')
        const watched = await read<{ id: string }>(setZone(ask, clientId, { manualCeilingBpm: 140 }, 'second'), 201)
        const part = newPart(clientId, { zoneVersionId: watched.id })
        const told: StreamEntry = { kind: 'told', atMs: STREAM_START_MS + 60_000, by: 'somebody' }
        if (watchFirst) await upload(ask, clientId, { 'watch.fit': watch })
        const status = await sendStream(ask, part, calm([told]))
        if (!watchFirst) await upload(ask, clientId, { 'watch.fit': watch })
        const [shown, ...others] = await runsOf(ask, clientId)
        expect([others.length, status.runId]).toEqual([0, shown?.id])
        expect(await runOf(ask, shown?.id)).toMatchObject({
          combination: { sources: [{}, {}] },
          hands: [{ elapsedS: 60, byName: null }],
          participation: { id: part.participationId },
          assessment: { zoneVersionId: watched.id },
        })
      }
    })
  })

  it('has a line in the log for each client and request, and one for what a rule did not allow', async () => {
    const { ask, clientId, part } = await openWith()
    await sendStream(ask, part, calm())
    const stranger = newPart('nobody here', { groupRunId: part.groupRunId })
    const both = {
      ...requestOf(part, cutIntoBatches(part, calm(), 100)),
      participations: [...requestOf(part, []).participations, ...requestOf(stranger, []).participations],
    }
    const answer = await read<BatchesAnswer>(postBatches(ask, part.groupRunId, both))
    expect(answer.refused).toEqual([{ participationId: stranger.participationId, number: null, code: 'NOT_FOUND' }])
    expect(answer.participations.map(({ id }) => id)).toEqual([part.participationId])
    const { items } = await read<{ items: object[] }>(ask('/api/audit?limit=3'))
    expect(items).toMatchObject([
      { action: 'refused', clientId: null, detail: { asked: 'run.record' } },
      { action: 'run.record', clientId, detail: { groupRunId: part.groupRunId, batches: 7 } },
      { action: 'run.record', clientId, rule: 'therapist-group', detail: { groupRunId: part.groupRunId, batches: 7 } },
    ])
  })

  it('reaches no participation through another group run', async () => {
    const { ask, part } = await openWith()
    await sendStream(ask, part, calm().slice(0, 50))
    const other = { ...part, groupRunId: crypto.randomUUID() }
    const [, second] = cutIntoBatches(part, calm(), 50)
    const answer = await sendBatches(ask, other, second === undefined ? [] : [second])
    expect(answer).toMatchObject({ acknowledged: [], refused: [{ number: null, code: 'PARTICIPATION_OTHER' }] })
    await read(ask(finishPath(other), send('POST', {})), 404)
    await read(ask(`/api/group-runs/${crypto.randomUUID()}`), 404)
  })
}
