// Somebody who records their own clients, and what they can do to those of others: nothing.
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { readStreamBatches } from '../../../src/formats/phone-recording/stream-file.ts'
import type { BatchesAnswer } from '../../../src/live/protocol.ts'
import { read } from '../../support/clinic-work.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
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
import { joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { madeStream } from '../../support/stream.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'

let clinic: NodeClinic
let world: World
let therapist: Ask
let other: Ask
/** Noor's, who is not `other`'s to record. */
let noors: Part
beforeEach(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
  therapist = askAs(clinic.ask, world, 'therapist')
  other = askAs(clinic.ask, world, 'therapistOther')
  noors = newPart(world.noor, { groupRunId: world.groupRunId, participationId: world.participationId })
})
afterAll(closeClinics)

const entries = madeStream(300, () => 150)
const stolen = encodeBatch(entries.slice(100))

async function kept(store: NodeClinic['store']): Promise<string> {
  const tables = ['group_run', 'participation', 'batch', 'check_in', 'run', 'run_file', 'assessment']
  const all = []
  for (const name of tables) all.push((await sql`select * from ${sql.table(name)}`.execute(store.db)).rows)
  return JSON.stringify(all)
}

describe("somebody else's runner", () => {
  it('is not written to, under their own id or with an own client beside it', async () => {
    const before = await kept(clinic.store)
    const asNoor = await sendBatches(other, noors, [batchOf(noors, 50, stolen)])
    expect(asNoor).toMatchObject({
      acknowledged: [],
      participations: [],
      refused: [{ number: null, code: 'NOT_FOUND' }],
    })
    const asSten = { ...noors, clientId: world.sten }
    const asOwn = await sendBatches(other, asSten, [batchOf(noors, 50, stolen)])
    expect(asOwn).toMatchObject({ acknowledged: [], refused: [{ number: null, code: 'PARTICIPATION_OTHER' }] })
    expect(await kept(clinic.store)).toBe(before)
    const { items } = await read<{ items: object[] }>(
      askAs(clinic.ask, world, 'administrator')('/api/audit?action=refused&limit=2'),
    )
    expect(items).toMatchObject([{ clientId: world.sten }, { clientId: world.noor }])
  })

  it('is left out of a request that brings an own one too, which goes on', async () => {
    const own = newPart(world.sten, { groupRunId: world.groupRunId })
    const request = {
      ...requestOf(own, [...cutIntoBatches(own, entries, 100), batchOf(noors, 50, stolen)]),
      participations: [own, noors].flatMap((part) => requestOf(part, []).participations),
    }
    const answer = await read<BatchesAnswer>(postBatches(other, world.groupRunId, request))
    expect(answer.refused).toEqual([{ participationId: world.participationId, number: null, code: 'NOT_FOUND' }])
    expect(answer.participations).toMatchObject([{ id: own.participationId, state: 'composed' }])
    // Each sees their own part of a group run that both have a runner in.
    for (const [ask, id] of [
      [other, own.participationId],
      [therapist, world.participationId],
    ] as const) {
      const { participations } = await read<{ participations: object[] }>(ask(`/api/group-runs/${world.groupRunId}`))
      expect(participations).toMatchObject([{ id }])
    }
  })

  it('is not seen, finished or put on a roster by who does not guide them', async () => {
    const groups = [`/api/groups/${world.groupId}/roster`, `/api/group-runs/${world.groupRunId}`]
    for (const path of groups) expect([path, (await other(path)).status]).toEqual([path, 404])
    expect((await other(finishPath(noors), { method: 'POST' })).status).toBe(404)
    const supervisor = askAs(clinic.ask, world, 'supervisor')
    expect((await postBatches(supervisor, world.groupRunId, requestOf(noors, []))).status).toBe(404)
  })

  it("lends no zone: a version that is not this client's is not judged by", async () => {
    const { items } = await read<{ items: { id: string }[] }>(therapist(`/api/clients/${world.noor}/zones`))
    const part = newPart(world.fay, { zoneVersionId: items[0]?.id ?? '' })
    const { runId } = await sendStream(therapist, part, entries)
    expect(await read(therapist(`/api/runs/${runId}`))).toMatchObject({ assessment: { zoneVersionId: null } })
  })
})

describe('an erased runner', () => {
  it('is not there, and nothing that a phone still sends is kept', async () => {
    await read(
      askAs(clinic.ask, world, 'self')(`/api/clients/${world.noor}`, send('DELETE', { confirmation: 'Noor' })),
      204,
    )
    const before = await kept(clinic.store)
    const answer = await sendBatches(therapist, noors, cutIntoBatches(noors, entries, 100))
    expect(answer).toMatchObject({ acknowledged: [], refused: [{ number: null, code: 'NOT_FOUND' }] })
    expect(await kept(clinic.store)).toBe(before)
    expect((await therapist(`/api/group-runs/${world.groupRunId}`)).status).toBe(404)
  })
})

describe('two clinics', () => {
  it('take nothing of each other, whatever ids are sent', async () => {
    const there = await openClinic()
    const theirs = await joinFirst(there)
    const before = [await kept(clinic.store), await kept(there.store)]
    expect((await sendBatches(theirs, noors, [batchOf(noors, 50, stolen)])).refused).toMatchObject([
      { code: 'NOT_FOUND' },
    ])
    expect((await theirs(finishPath(noors), { method: 'POST' })).status).toBe(404)
    expect([await kept(clinic.store), await kept(there.store)]).toEqual(before)
  })
})

describe('bytes of any kind', () => {
  it('are refused with a code or taken, and never an error of ours', async () => {
    const own = newPart(world.fay)
    const damaged = fc
      .record({ at: fc.nat(stolen.length - 1), byte: fc.nat(255) })
      .map(({ at, byte }) => stolen.map((one, i) => (i === at ? byte : one)))
    let number = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), async (bytes) => {
        const { acknowledged, refused } = await sendBatches(therapist, own, [batchOf(own, ++number, bytes)])
        expect(acknowledged.length + refused.length).toBe(1)
      }),
      { numRuns: 60 },
    )
    await read(therapist(finishPath(own), { method: 'POST' }))
  })

  it('under a name that every object has are a recorder like any other', async () => {
    const own = newPart(world.fay, { recorderId: '__proto__' })
    const { runId } = await sendStream(therapist, own, entries)
    const file = new Uint8Array(await (await therapist(`/api/runs/${runId}/file`)).arrayBuffer())
    expect(readStreamBatches(file).batches.every(({ recorderId }) => recorderId === '__proto__')).toBe(true)
  })

  it('as an id or a number that is none are not understood', async () => {
    const own = newPart(world.fay)
    const good = requestOf(own, [batchOf(own, 1, stolen)])
    const values = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.constant(null), fc.constant({}))
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom('id', 'number', 'recorderId', 'bytes'), async (value, member) => {
        const [batch] = good.batches
        const body = {
          ...good,
          ...(member === 'recorderId' ? { recorderId: value } : {}),
          participations: [{ ...good.participations[0], ...(member === 'id' ? { id: value } : {}) }],
          batches: [{ ...batch, ...(member === 'number' || member === 'bytes' ? { [member]: value } : {}) }],
        }
        expect([200, 400]).toContain((await postBatches(therapist, own.groupRunId, body)).status)
      }),
      { numRuns: 60 },
    )
  })
})
