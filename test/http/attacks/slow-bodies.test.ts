// What is sent slowly, by somebody who may send it when it begins and may not any more when it has come.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeRun, kinetics, START, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { addClient, read } from '../../support/clinic-work.ts'
import { lastLine, linesSince } from '../../support/lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { newPart, requestOf } from '../../support/phone.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'

let clinic: NodeClinic
let thea: Ask
let tess: Ask
let tessId: string
let noor: string
beforeEach(async () => {
  clinic = await openClinic()
  thea = await joinFirst(clinic)
  noor = await addClient(thea, 'Noor')
  const { items } = await read<{ items: { id: string }[] }>(thea('/api/groups'))
  const invited = { roles: ['therapist'], groupIds: items.map(({ id }) => id) }
  const { token } = await read<{ token: string }>(thea('/api/invitations', send('POST', invited)), 201)
  tess = await join(clinic.ask, token, 'tess@example.org')
  tessId = (await read<{ personId: string }>(tess('/api/me'))).personId
})
afterAll(closeClinics)

/** A request whose first half has come, and what sends the rest. */
async function slowly(whole: Request): Promise<{ init: RequestInit; finish: () => void; begun: Promise<void> }> {
  const bytes = new Uint8Array(await whole.arrayBuffer())
  const [rest, came] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let at = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        came.resolve()
        if (at > 0) await rest.promise
        controller.enqueue(bytes.subarray(at, (at += Math.ceil(bytes.length / 2))))
        if (at >= bytes.length) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const headers = { 'content-type': whole.headers.get('content-type') ?? '' }
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  return { init, finish: () => rest.resolve(), begun: came.promise }
}
function runForm(): Request {
  const form = new FormData()
  const bytes = encodeRun(kinetics(walkRun, 1).slice(0, 300), { startTime: START })
  form.append('files', new File([Uint8Array.from(bytes)], 'a.fit'))
  return new Request('http://localhost', { method: 'POST', body: form })
}
const bodies: readonly (readonly [string, string, () => Promise<Request>])[] = [
  ['an upload', 'runs', async () => runForm()],
  [
    'an import',
    'import',
    async () => {
      const form = new FormData()
      form.append('files', new File([await (await thea(`/api/clients/${noor}/data.zip`)).blob()], 'data.zip'))
      return new Request('http://localhost', { method: 'POST', body: form })
    },
  ],
  [
    'a limit',
    'zones',
    async () => new Request('http://localhost', send('POST', { inputs: { manualCeilingBpm: 138 }, reason: 'x' })),
  ],
  ['batches', 'batches', async () => new Request('http://localhost', send('POST', requestOf(newPart(noor), [])))],
]
const pathOf = (what: string) =>
  what === 'batches' ? `/api/group-runs/${crypto.randomUUID()}/batches` : `/api/clients/${noor}/${what}`
const kept = async () => {
  const tables = ['run', 'calm_zone', 'participation', 'group_run'] as const
  return Promise.all(tables.map((table) => clinic.store.db.selectFrom(table).select('id').execute()))
}

describe.each(bodies)('%s that comes slowly', (_name, what, make) => {
  const endings: readonly (readonly [string, number, () => Promise<unknown>])[] = [
    ['the account was removed', 401, () => read(thea(`/api/people/${tessId}`, { method: 'DELETE' }), 204)],
    ['all sessions were ended', 401, () => read(thea(`/api/people/${tessId}/sessions`, { method: 'DELETE' }), 204)],
    ['the role was taken away', 404, () => read(thea(`/api/people/${tessId}/roles`, send('PUT', { roles: [] })))],
  ]
  it.each(endings)('leaves nothing where meanwhile %s, and a line says so', async (_ending, status, end) => {
    const { init, finish, begun } = await slowly(await make())
    const before = await kept()
    const answer = tess(pathOf(what), init)
    await begun
    await end()
    const seq = await lastLine(clinic.store.db)
    finish()
    expect((await answer).status).toBe(status)
    expect(await kept()).toEqual(before)
    const lines = await linesSince(clinic.store.db, seq)
    expect(lines.map(({ action, personId }) => [action, personId])).toEqual([['refused', tessId]])
  })

  it('is taken where they still may', async () => {
    const { init, finish, begun } = await slowly(await make())
    const answer = tess(pathOf(what), init)
    await begun
    finish()
    expect((await answer).ok).toBe(true)
  })
})
