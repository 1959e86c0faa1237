import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { send, type Ask } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, runForm, type World } from '../../support/world.ts'

let clinic: NodeClinic
let world: World
let therapist: Ask
let other: Ask
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
  therapist = askAs(clinic.ask, world, 'therapist')
  other = askAs(clinic.ask, world, 'therapistOther')
})
afterAll(closeClinics)

const strange = [
  '..',
  '%2e%2e',
  '..%2f..%2fpeople',
  '%00',
  '__proto__',
  'constructor',
  'toString',
  'null',
  "' or 1=1 --",
  '*',
  '%',
  'x'.repeat(10_000),
  '\u202E',
]

describe('an id that is not one', () => {
  it.each(strange)('%j is not there, and no error', async (id) => {
    for (const path of [
      `/api/clients/${id}`,
      `/api/clients/${id}/runs`,
      `/api/runs/${id}`,
      `/api/runs/${id}/series`,
      `/api/group-runs/${id}`,
      `/api/groups/${id}/roster`,
    ]) {
      const { status } = await therapist(encodeURI(path).replaceAll('%25', '%'))
      expect([path.slice(0, 60), status]).toEqual([path.slice(0, 60), 404])
    }
  })

  it('of any kind, in any place of a path, never makes an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), fc.constantFrom('clients', 'runs'), async (text, kind) => {
        const { status } = await therapist(`/api/${kind}/${encodeURIComponent(text)}/zones`)
        expect([200, 400, 404]).toContain(status)
      }),
      { numRuns: 60 },
    )
  })

  it('as a cursor is not understood or leads nowhere', async () => {
    const cursors = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.json().map((text) => Buffer.from(encodeURIComponent(text)).toString('base64url')),
    )
    await fc.assert(
      fc.asyncProperty(cursors, async (cursor) => {
        for (const path of ['/api/clients', `/api/clients/${world.noor}/runs`])
          expect([200, 400]).toContain((await therapist(`${path}?cursor=${encodeURIComponent(cursor)}`)).status)
      }),
      { numRuns: 60 },
    )
  })

  it("of somebody else's client as a cursor tells nothing of them", async () => {
    const cursor = Buffer.from(encodeURIComponent(JSON.stringify(['client', world.sten]))).toString('base64url')
    await expectJson(therapist(`/api/clients?cursor=${cursor}`), 400)
  })

  it('in the cursor that we give holds no name', async () => {
    const { nextCursor } = await expectJson<{ nextCursor: string }>(therapist('/api/clients?limit=1'))
    expect(decodeURIComponent(atob(nextCursor))).toBe(JSON.stringify(['client', world.fay]))
  })
})

describe("another client's run", () => {
  it('is not put together with one of my own client', async () => {
    const form = runForm(1_157_184_420)
    const { results } = await expectJson<{ results: { runId: string }[] }>(
      other(`/api/clients/${world.sten}/runs`, { method: 'POST', body: form }),
    )
    const own = results[0]?.runId ?? ''
    await expectJson(other(`/api/runs/${own}/combination`, send('POST', { otherRunId: world.runId })), 404)
    await expectJson(therapist(`/api/runs/${world.runId}/combination`, send('POST', { otherRunId: own })), 404)
  })

  it('is not reached by an own client in the path', async () => {
    for (const path of [
      `/api/clients/${world.sten}/../../runs/${world.runId}`,
      `/api/clients/${world.sten}/runs/${world.runId}`,
    ])
      expect((await other(path)).status).toBe(404)
  })
})

describe('a name that every object has', () => {
  it('is no parameter of a rule, no role and no field', async () => {
    const administrator = askAs(clinic.ask, world, 'administrator')
    const settings = { timeZone: 'Europe/Amsterdam', ruleSets: [], seenVersion: 0, reason: 'x' }
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const text = `{${JSON.stringify(settings).slice(1, -1)},"parameters":{"${name}":1}}`
      const response = await administrator('/api/settings', { ...send('PUT', {}), body: text })
      const taken = response.ok
        ? (await expectJson<{ current: { parameters: object } }>(administrator('/api/settings'))).current
        : null
      expect([name, response.status === 422 || JSON.stringify(taken?.parameters) === '{}']).toEqual([name, true])
    }
    await expectJson(
      administrator(`/api/people/${world.personIds.therapist}/roles`, send('PUT', { roles: ['__proto__'] })),
      400,
    )
    const body = '{"firstName":"Kim","birthYear":1990,"__proto__":{"watchLevel":"extra"}}'
    const made = await therapist('/api/clients', { ...send('POST', {}), body })
    expect([400, 201]).toContain(made.status)
    if (made.ok) expect(await made.json()).toMatchObject({ watchLevel: 'standard' })
    expect(({} as { watchLevel?: string }).watchLevel).toBeUndefined()
  })
})

describe('a change of one field', () => {
  it('leaves the others as they are', async () => {
    await expectJson(therapist(`/api/clients/${world.fay}`, send('PATCH', { watchLevel: 'extra' })))
    const changed = await expectJson(therapist(`/api/clients/${world.fay}`, send('PATCH', { firstName: 'Fayette' })))
    expect(changed).toMatchObject({ firstName: 'Fayette', watchLevel: 'extra', birthYear: 1986 })
  })
})

describe('a body that is too large', () => {
  const big = 'x'.repeat(1_100_000)
  const stream = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
    })

  it('is refused on each JSON route, with its length said or not', async () => {
    const batches = `/api/group-runs/${world.groupRunId}/batches`
    const zones = `/api/clients/${world.noor}/zones`
    for (const path of ['/api/clients', zones, batches, '/api/join', '/api/auth/sign-in/email']) {
      const whole = await therapist(path, send('POST', { firstName: big }))
      expect([path, whole.status, await whole.json()]).toMatchObject([path, 413, { code: 'BODY_TOO_LARGE' }])
      // A stream without an end: what is counted ends it.
      const endless = {
        method: 'POST',
        body: stream(),
        duplex: 'half',
        headers: { 'content-type': 'application/json' },
      }
      expect([path, (await therapist(path, endless as RequestInit)).status]).toEqual([path, 413])
    }
  })

  it('is not read where it claims to be an upload and the route takes none', async () => {
    for (const path of ['/api/clients', '/api/join', '/api/auth/sign-in/email']) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' }
      const endless = { method: 'POST', body: stream(), duplex: 'half', headers }
      expect([path, (await therapist(path, endless as RequestInit)).status]).toEqual([path, 400])
    }
  })

  it('of brackets is not understood, and nothing worse', async () => {
    const deep = '['.repeat(500_000)
    expect((await therapist('/api/clients', { ...send('POST', {}), body: deep })).status).toBe(400)
  })
})
