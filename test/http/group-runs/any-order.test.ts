// Whatever happens between a phone and the server, what is stored is what was recorded. The phone of this test forgets a
// batch only when it was acknowledged; the network between loses answers, and sends what it likes, when it likes.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Assessment } from '../../../src/domain/assessment.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { toRecording } from '../../../src/formats/phone-recording/to-recording.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { BatchesAnswer, ParticipationStatus, Roster } from '../../../src/live/protocol.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { listAssessments } from '../../../src/store/runs/assessments.ts'
import { findRecording } from '../../support/find-recording.ts'
import { findRun, listAllRuns } from '../../../src/store/runs/runs.ts'
import { anyStream, cuesOnPhone } from '../../support/any-stream.ts'
import { addClient, read, setZone } from '../../support/clinic-work.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { batchOf, finishPath, newPart, postBatches, requestOf, type Part, type Sent } from '../../support/phone.ts'
import { joinFirst, type Ask } from '../../support/sign-in.ts'

let clinic: NodeClinic
let ask: Ask
beforeAll(async () => {
  clinic = await openClinic()
  ask = await joinFirst(clinic)
})
afterAll(closeClinics)

interface Step {
  /** Which batches, of both runners' phones, by chance. */
  readonly picks: readonly number[]
  readonly answerIsLost: boolean
  readonly personFinishes: boolean
}
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    answerIsLost: fc.boolean(),
    personFinishes: fc.boolean(),
  }),
  { maxLength: 8 },
)

interface Outgoing {
  readonly part: Part
  readonly batch: Sent
}

function cut(part: Part, entries: readonly StreamEntry[], sizes: readonly number[]): Outgoing[] {
  const all: Outgoing[] = []
  for (let at = 0; at < entries.length;) {
    const size = sizes[all.length % sizes.length] ?? 1
    all.push({ part, batch: batchOf(part, all.length + 1, encodeBatch(entries.slice(at, at + size))) })
    at += size
  }
  return all
}

/** One request for several runners of a group run. */
async function post(groupRunId: string, outgoing: readonly Outgoing[]): Promise<BatchesAnswer> {
  const parts = [...new Set(outgoing.map(({ part }) => part))]
  const [first] = parts
  if (first === undefined) throw new Error('nothing to send')
  const request = {
    ...requestOf(first, []),
    participations: parts.flatMap((part) => requestOf(part, []).participations),
    batches: outgoing.map(({ batch }) => batch),
  }
  return read(postBatches(ask, groupRunId, request))
}

async function deliver(parts: readonly Part[], all: readonly Outgoing[], made: readonly Step[]): Promise<void> {
  const groupRunId = parts[0]?.groupRunId ?? ''
  const unacknowledged = new Set(all)
  const forget = ({ acknowledged, refused }: BatchesAnswer) => {
    expect(refused).toEqual([])
    for (const one of unacknowledged)
      if (acknowledged.some((a) => a.participationId === one.batch.participationId && a.number === one.batch.number))
        unacknowledged.delete(one)
  }
  for (const { picks, answerIsLost, personFinishes } of made) {
    const picked = picks.flatMap((pick) => all[pick % all.length] ?? [])
    const answer = await post(groupRunId, picked)
    if (!answerIsLost) forget(answer)
    const [part] = picked.map((one) => one.part)
    if (personFinishes && part !== undefined) await read(ask(finishPath(part), { method: 'POST' }))
  }
  while (unacknowledged.size > 0) forget(await post(groupRunId, [...unacknowledged].slice(0, 50)))
}

async function expectStored(part: Part, entries: readonly StreamEntry[], zone: Assessment['zone']): Promise<void> {
  const { participations } = await read<{ participations: ParticipationStatus[] }>(
    ask(`/api/group-runs/${part.groupRunId}`),
  )
  const status = participations.find(({ id }) => id === part.participationId)
  expect(status).toMatchObject({ state: 'composed', missing: [] })
  const access = makeSystemAccess(part.clientId, 'run.view')
  expect(await listAllRuns(clinic.store.db, access)).toHaveLength(1)
  const run = await findRun(clinic.store.db, access, status?.runId ?? '')
  if (run === null) throw new Error('no run')
  expect(await findRecording(clinic.store.db, access, run)).toEqual(toRecording(entries))
  const assessments = await listAssessments(clinic.store.db, access, [run.id])
  expect(assessments.at(-1)?.assessment.cues).toEqual(cuesOnPhone(entries, zone, 1000))
}

it('stores what was recorded, and judges it as the phone did, whatever the order, doubling, losses and groupings', async () => {
  const { items } = await read<{ items: { id: string }[] }>(ask('/api/groups'))
  const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(anyStream, anyStream, sizes, steps, async (one, other, cuts, made) => {
      const [noor, fay] = [await addClient(ask, 'Noor'), await addClient(ask, 'Fay')]
      for (const clientId of [noor, fay]) await setZone(ask, clientId, { manualCeilingBpm: 132 }, 'talk test')
      const roster = await read<Roster>(ask(`/api/groups/${items[0]?.id}/roster`))
      const first = newPart(noor)
      const second = newPart(fay, { groupRunId: first.groupRunId })
      await deliver([first, second], [...cut(first, one, cuts), ...cut(second, other, cuts)], made)
      for (const [part, entries] of [
        [first, one],
        [second, other],
      ] as const) {
        const zone = roster.clients.find(({ id }) => id === part.clientId)?.zone
        if (zone === null || zone === undefined) throw new Error('no zone')
        await expectStored(part, entries, zone)
      }
    }),
    { numRuns: 20, endOnFailure: true },
  )
})
