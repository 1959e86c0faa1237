// Whose group run it is: taking one over, and who sends what another recorded. Each stands in the log with both names.
import { describe, expect, it } from 'vitest'
import { cutIntoBatches, newPart, postBatches, requestOf, type Part } from '../../support/phone.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { madeStream } from '../../support/stream.ts'
import { addClient, read, type Runtime } from '../../support/asking.ts'
import { checkedIn } from './runner.ts'

interface Line {
  readonly action: string
  readonly personId: string | null
  readonly clientId: string | null
  readonly rule: string | null
  readonly detail: Readonly<Record<string, unknown>>
}
const MINUTE_MS = 60_000

export function handOversContract({ openNew }: Runtime): void {
  /** Thea guides Noor and Fay; Bo guides Fay with her; Cas is a therapist of another group. */
  async function openWith() {
    const clinic = await openNew()
    const thea = await joinFirst(clinic)
    const groupOf = async (name: string) =>
      (await read<{ id: string }>(thea('/api/groups', send('POST', { name })), 201)).id
    const staff = async (name: string, groupIds: string[]) => {
      const invited = thea('/api/invitations', send('POST', { roles: ['therapist'], groupIds }))
      const { token } = await read<{ token: string }>(invited, 201)
      return join(clinic.ask, token, `${name}@example.org`, { name })
    }
    const [both, others] = [await groupOf('Samen'), await groupOf('Anders')]
    const [bo, cas] = [await staff('Bo', [both]), await staff('Cas', [others])]
    const [noor, fay] = [await addClient(thea, 'Noor'), await addClient(thea, 'Fay')]
    const idOf = async (ask: Ask) => (await read<{ personId: string }>(ask('/api/me'))).personId
    const ids = { thea: await idOf(thea), bo: await idOf(bo), cas: await idOf(cas) }
    await read(
      thea(
        `/api/groups/${both}/staff`,
        send('PUT', {
          staff: [
            { personId: ids.thea, role: 'therapist' },
            { personId: ids.bo, role: 'therapist' },
          ],
        }),
      ),
    )
    const { items } = await read<{ items: { id: string; name: string }[] }>(thea('/api/groups'))
    const own = items.find(({ id }) => id !== both && id !== others)?.id ?? ''
    const put = (clientId: string, groupIds: string[]) =>
      read(thea(`/api/clients/${clientId}/groups`, send('PUT', { groupIds })), 204)
    await put(fay, [own, both])
    return { thea, bo, cas, ids, noor, fay, own, both, put }
  }
  const request = (from: string | null, to: string, clientIds: readonly string[], more: object = {}) => ({
    id: crypto.randomUUID(),
    groupRun: { groupId: null, madeAtMs: 1, ...(from === null ? {} : { startedBy: from }) },
    fromPersonId: from,
    toPersonId: to,
    happenedAtMs: Date.now(),
    sentAtMs: Date.now(),
    withoutNetwork: false,
    clientIds,
    ...more,
  })
  const post = (ask: Ask, groupRunId: string, body: object) =>
    ask(`/api/group-runs/${groupRunId}/hand-overs`, send('POST', body))
  const log = async (ask: Ask, action: string) =>
    (await read<{ items: Line[] }>(ask(`/api/audit?limit=50&action=${action}`))).items.toReversed()
  const startedBy = (part: Part, personId: string, batches: Parameters<typeof requestOf>[1]) => ({
    ...requestOf(part, batches),
    groupRun: { groupId: null, madeAtMs: 1, startedBy: personId },
  })

  describe('POST /api/group-runs/{groupRunId}/hand-overs', () => {
    it('is a line about each client: who, from whom, which run, when', async () => {
      const { thea, bo, ids, noor, fay, own, both, put } = await openWith()
      await put(noor, [own, both])
      const groupRunId = crypto.randomUUID()
      const body = request(ids.thea, ids.bo, [noor, fay])
      await read(post(bo, groupRunId, body))
      const detail = { groupRunId, fromPersonId: ids.thea, happenedAtMs: expect.any(Number), withoutNetwork: false }
      const about = (clientId: string) => ({ personId: ids.bo, clientId, rule: 'therapist-group', detail })
      const lines = await log(thea, 'run.take_over')
      expect(lines).toHaveLength(2)
      expect(lines).toEqual([about(noor), about(fay)].map((line) => expect.objectContaining(line)))
      // An answer that was lost is asked for again.
      await read(post(bo, groupRunId, body))
      expect(await log(thea, 'run.take_over')).toHaveLength(2)
    })

    it('is refused where one client of the run is not theirs to record, with lines and without a hand-over', async () => {
      const { thea, bo, cas, ids, noor, fay } = await openWith()
      const part = newPart(noor)
      await read(postBatches(thea, part.groupRunId, requestOf(part, [])))
      // Bo's phone leaves Noor out; the server knows that she runs along.
      for (const [ask, to, clientIds] of [
        [bo, ids.bo, [fay]],
        [cas, ids.cas, [noor, fay]],
      ] as const) {
        const answer = await post(ask, part.groupRunId, request(ids.thea, to, clientIds, { withoutNetwork: true }))
        expect(answer.status).toBe(404)
      }
      expect(await log(thea, 'run.take_over')).toEqual([])
      const detail = {
        asked: 'run.take_over',
        groupRunId: part.groupRunId,
        fromPersonId: ids.thea,
        withoutNetwork: true,
      }
      const refused = await log(thea, 'refused')
      expect(refused.map(({ personId, clientId }) => [personId, clientId])).toEqual([
        [ids.bo, fay],
        [ids.bo, noor],
        [ids.cas, noor],
        [ids.cas, fay],
      ])
      for (const line of refused) expect(line.detail).toMatchObject(detail)
    })

    it('is told later where there was no network: with the time at which it was, by the clock of the server', async () => {
      const { thea, bo, ids, fay } = await openWith()
      const aheadMs = 3 * 60 * MINUTE_MS
      const happenedAtMs = Date.now() - 40 * MINUTE_MS
      const times = { happenedAtMs: happenedAtMs + aheadMs, sentAtMs: Date.now() + aheadMs, withoutNetwork: true }
      const answer = await read<{ happenedAtMs: number; receivedAtMs: number }>(
        post(bo, crypto.randomUUID(), request(ids.thea, ids.bo, [fay], times)),
      )
      expect(Math.abs(answer.happenedAtMs - happenedAtMs)).toBeLessThan(MINUTE_MS)
      expect(answer.receivedAtMs - answer.happenedAtMs).toBeGreaterThan(39 * MINUTE_MS)
      const [line] = await log(thea, 'run.take_over')
      expect(line?.detail).toMatchObject({ happenedAtMs: answer.happenedAtMs, withoutNetwork: true })
    })

    it('names whoever did it where somebody else is signed in by then, and nobody whom a phone made up', async () => {
      const { thea, ids, fay } = await openWith()
      await read(post(thea, crypto.randomUUID(), request(ids.thea, ids.bo, [fay])))
      await read(post(thea, crypto.randomUUID(), request('somebody', 'made up', [fay])))
      const lines = await log(thea, 'run.take_over')
      expect(lines.map(({ personId, detail }) => [personId, detail['fromPersonId'], detail['toPersonId']])).toEqual([
        [ids.thea, ids.thea, ids.bo],
        [ids.thea, null, null],
      ])
    })

    it("is laid at nobody's door who may not: neither its line nor what is sent afterwards names them", async () => {
      const { thea, ids, noor } = await openWith()
      const part = newPart(noor)
      const body = request(ids.thea, ids.cas, [noor])
      await read(post(thea, part.groupRunId, body))
      await read(post(thea, part.groupRunId, body))
      await read(postBatches(thea, part.groupRunId, requestOf(part, [])))
      const [line, ...more] = await log(thea, 'run.take_over')
      expect([line?.detail['toPersonId'], more]).toEqual([null, []])
      const sent = await log(thea, 'run.record')
      expect(sent.map(({ personId, detail }) => [personId, detail['recordedBy']])).toEqual([[ids.thea, undefined]])
    })

    it('is a line without a client for a run of guests', async () => {
      const { thea, bo, ids } = await openWith()
      await read(post(bo, crypto.randomUUID(), request(ids.thea, ids.bo, [])))
      expect(await log(thea, 'run.take_over')).toMatchObject([
        { personId: ids.bo, clientId: null, rule: 'therapist-group' },
      ])
    })
  })

  describe('who sends what another recorded', () => {
    const batches = (part: Part) =>
      cutIntoBatches(
        part,
        madeStream(60, () => 118, [checkedIn()]),
        500,
      )

    it('is anybody who may record the client, and the line names both; whoever took over sends as their own', async () => {
      const { thea, bo, ids, fay } = await openWith()
      const part = newPart(fay)
      const [first, ...others] = batches(part)
      await read(postBatches(bo, part.groupRunId, startedBy(part, ids.thea, first === undefined ? [] : [first])))
      await read(post(bo, part.groupRunId, request(ids.thea, ids.bo, [fay])))
      await read(postBatches(bo, part.groupRunId, startedBy(part, ids.thea, others)))
      await read(postBatches(thea, part.groupRunId, startedBy(part, ids.thea, [])))
      const lines = (await log(thea, 'run.record')).filter(({ detail }) => detail['groupRunId'] === part.groupRunId)
      expect(lines.map(({ personId, detail }) => [personId, detail['recordedBy']])).toEqual([
        [ids.bo, ids.thea],
        [ids.bo, undefined],
        [ids.thea, undefined],
      ])
    })

    it('is nobody who may not, whatever the phone says', async () => {
      const { cas, ids, fay } = await openWith()
      const part = newPart(fay)
      const answer = await read<{ refused: object[]; acknowledged: object[] }>(
        postBatches(cas, part.groupRunId, startedBy(part, ids.cas, batches(part))),
      )
      expect(answer).toMatchObject({ acknowledged: [], refused: [{ number: null, code: 'NOT_FOUND' }] })
    })
  })
}
