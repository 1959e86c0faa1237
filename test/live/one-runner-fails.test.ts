// The database refuses what one runner needs; the others of the same request must not notice.
import { sql } from 'kysely'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { composeStaleRuns, STALE_MS } from '../../src/live/compose-stale-runs.ts'
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import { addClient, codeOf, read, setZone } from '../support/clinic-work.ts'
import { readLog } from '../support/log-lines.ts'
import { closeClinics, openClinic } from '../support/node-clinic.ts'
import { cutIntoBatches, newPart, postBatches, requestOf, type Part, type Sent } from '../support/phone.ts'
import { joinFirst } from '../support/sign-in.ts'
import { madeStream, STREAM_START_MS } from '../support/stream.ts'

afterAll(closeClinics)
afterEach(() => vi.restoreAllMocks())

const names = ['Anna', 'Bram', 'Cem'] as const
const entries = madeStream(300, () => 120, [
  { kind: 'checked_in', atMs: STREAM_START_MS - 1000, result: 'ok', zoneNeedsReview: false },
])

async function openWith() {
  const clinic = await openClinic()
  const ask = await joinFirst(clinic)
  const groupRunId = crypto.randomUUID()
  const parts: Part[] = []
  for (const name of names) {
    const clientId = await addClient(ask, name)
    await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
    parts.push(newPart(clientId, { groupRunId }))
  }
  const [anna, bram, cem] = parts
  if (anna === undefined || bram === undefined || cem === undefined) throw new Error('three runners')
  const batches = new Map(parts.map((part) => [part, cutIntoBatches(part, entries, 40)]))
  const post = (pick: (sent: readonly Sent[]) => readonly Sent[] = (sent) => sent) =>
    read<BatchesAnswer>(
      postBatches(ask, groupRunId, {
        ...requestOf(anna, [...batches.values()].flatMap(pick)),
        participations: parts.flatMap((part) => requestOf(part, []).participations),
      }),
    )
  const run = (statement: string) => sql.raw(statement).execute(clinic.store.db)
  const logged = vi.spyOn(console, 'error').mockReturnValue(undefined)
  return { clinic, ask, anna, bram, cem, batches, post, run, logged }
}

it.each([
  ['participation', 'NEW.client_id = '],
  ['batch', 'NEW.number = 2 and (select client_id from participation where id = NEW.participation_id) = '],
  ['check_in', 'NEW.client_id = '],
  ['audit', 'NEW.client_id = '],
])('takes all of the others where an insert into %s fails for one, and that one later', async (table, when) => {
  const { bram, anna, cem, batches, post, run, logged } = await openWith()
  await run(
    `create trigger boom before insert on ${table} when ${when}'${bram.clientId}' begin select raise(abort, 'Bram 175'); end`,
  )
  const answer = await post()
  expect(answer.refused).toEqual([{ participationId: bram.participationId, number: null, code: 'TROUBLE' }])
  const taken = [anna, cem].map(({ participationId }) => participationId)
  expect(answer.participations.map(({ id, state }) => [id, state])).toEqual(taken.map((id) => [id, 'composed']))
  expect(answer.acknowledged).toHaveLength([anna, cem].flatMap((part) => batches.get(part) ?? []).length)
  expect(new Set(answer.acknowledged.map(({ participationId }) => participationId))).toEqual(new Set(taken))
  expect(logged.mock.calls.flatMap(([line]) => readLog(String(line)))).toMatchObject([{ event: 'batch.not_taken' }])
  expect(JSON.stringify(logged.mock.calls)).not.toMatch(/Bram|175/)
  await run('drop trigger boom')
  const later = await post()
  expect(later.refused).toEqual([])
  expect(later.participations.map(({ state }) => state)).toEqual(['composed', 'composed', 'composed'])
})

it('acknowledges what is on disk where no run can be made of it, and makes the run when it is asked again', async () => {
  const { bram, batches, post, run, logged } = await openWith()
  await run(
    `create trigger boom before insert on run when NEW.client_id = '${bram.clientId}' begin select raise(abort, 'Bram'); end`,
  )
  const answer = await post()
  expect(answer.refused).toEqual([])
  expect(answer.acknowledged).toHaveLength([...batches.values()].flat().length)
  expect(answer.participations.map(({ state }) => state)).toEqual(['composed', 'arriving', 'composed'])
  expect(readLog(String(logged.mock.calls[0]?.[0]))).toMatchObject([{ event: 'recording.not_composed' }])
  await run('drop trigger boom')
  expect((await post(() => [])).participations.map(({ state }) => state)).toEqual(['composed', 'composed', 'composed'])
})

it('makes runs of all other recordings that stopped coming where one cannot become a run', async () => {
  const { clinic, ask, bram, post, run } = await openWith()
  await post((sent) => sent.slice(0, -1))
  await run(
    `create trigger boom before insert on run when NEW.client_id = '${bram.clientId}' begin select raise(abort, 'Bram'); end`,
  )
  const later = { ...clinic, nowMs: () => Date.now() + STALE_MS + 60_000, newId: () => crypto.randomUUID() }
  expect(await composeStaleRuns(later)).toBe(2)
  const groupRun = read<{ participations: { clientId: string; state: string }[] }>(
    ask(`/api/group-runs/${bram.groupRunId}`),
  )
  for (const { clientId, state } of (await groupRun).participations)
    expect(state).toBe(clientId === bram.clientId ? 'arriving' : 'composed_incomplete')
  await run('drop trigger boom')
  expect(await composeStaleRuns(later)).toBe(1)
})

it('says with a code of its own that a request brings more than one may', async () => {
  const { ask, anna } = await openWith()
  const [batch] = cutIntoBatches(anna, entries.slice(0, 2), 2)
  if (batch === undefined) throw new Error('no batch')
  const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)
  const request = requestOf(anna, [])
  const post = (body: object) => postBatches(ask, anna.groupRunId, body)
  expect(await codeOf(post({ ...request, batches: many(2001, batch) }), 413)).toBe('TOO_MANY_ITEMS')
  const participations = many(101, request.participations[0])
  expect(await codeOf(post({ ...request, participations }), 413)).toBe('TOO_MANY_ITEMS')
  expect(await codeOf(post({ ...request, batches: many(3, { ...batch, bytes: 'A'.repeat(400_000) }) }), 413)).toBe(
    'BODY_TOO_LARGE',
  )
  await read(post({ ...request, batches: many(2000, batch) }))
})
