// Looking at a client of another group in an emergency: with a second factor alone, for an hour at most, ended by one press, and found
// however the name is typed.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { cookiesOf, join, joinFirst, PASSWORD, send, withCookie, type Ask } from '../../support/sign-in.ts'
import { secure } from '../../support/secured.ts'
import { expectJson } from '../../support/expect-json.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const reason = 'valt flauw in het bos, wat is haar grens?'
let clockMs: number
let clinic: NodeClinic
let thea: Ask
let noor: string
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = await joinFirst(clinic)
  noor = await addClient('Noor')
})
afterAll(closeClinics)

const addClient = async (firstName: string) =>
  (await expectJson<{ id: string }>(thea('/api/clients', send('POST', { firstName, birthYear: 1986 })), 201)).id

/** A therapist of no group, by a password alone. */
async function newTherapist(name = 'bo'): Promise<Ask> {
  const body = send('POST', { roles: ['therapist'], groupIds: [] })
  const { token } = await expectJson<{ token: string }>(thea('/api/invitations', body), 201)
  return join(clinic.ask, token, `${name}@example.org`)
}
const breakGlass = (ask: Ask, clientId = noor) => ask('/api/break-glass', send('POST', { clientId, reason }))
const search = (ask: Ask, firstName: string) => ask('/api/break-glass/search', send('POST', { firstName }))
const view = async (ask: Ask) => (await ask(`/api/clients/${noor}`)).status
const mine = async (ask: Ask) =>
  (
    await expectJson<{ items: { id: string; clientId: string; untilMs: number; leftMs: number }[] }>(
      ask('/api/break-glass/mine'),
    )
  ).items
const code = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code]
const rows = () => clinic.store.db.selectFrom('break_glass').selectAll().execute()

describe('an emergency view', () => {
  it('needs a second factor that is set up and was used in this session', async () => {
    const weak = await newTherapist()
    expect(await code(await search(weak, 'Noor'))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
    expect(await code(await breakGlass(weak))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
    expect([await rows(), await view(weak)]).toEqual([[], 404])
    const strong = await secure(clinic.ask, weak)
    expect((await search(strong, 'Noor')).status).toBe(200)
    await expectJson(breakGlass(strong), 201)
    expect(await view(strong)).toBe(200)
  })

  it('is over where the second factor is taken away again', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    await expectJson(breakGlass(bo), 201)
    const removed = await bo('/api/auth/two-factor/disable', send('POST', { password: PASSWORD }))
    const now = removed.headers.getSetCookie().length > 0 ? withCookie(clinic.ask, cookiesOf(removed)) : bo
    if (removed.status !== 200) return expect(removed.status).toBe(403)
    expect(await view(now)).not.toBe(200)
    expect(await code(await breakGlass(now))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
  })

  it('holds for an hour and not a moment longer', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    const { untilMs } = await expectJson<{ untilMs: number }>(breakGlass(bo), 201)
    expect(untilMs).toBe(clockMs + HOUR_MS)
    clockMs += 17 * MINUTE_MS
    const [one] = await mine(bo)
    expect(one).toMatchObject({ clientId: noor, untilMs, leftMs: 43 * MINUTE_MS })
    clockMs = untilMs - 1
    expect(await view(bo)).toBe(200)
    clockMs = untilMs
    expect([await view(bo), await mine(bo)]).toEqual([404, []])
  })

  it('is ended by one press: nothing is seen from then on, and the row and the log say when', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    await expectJson(breakGlass(bo), 201)
    const [one] = await mine(bo)
    clockMs += MINUTE_MS
    await expectJson(bo(`/api/break-glass/${one?.id}`, { method: 'DELETE' }), 204)
    expect([await view(bo), await mine(bo)]).toEqual([404, []])
    expect((await rows()).map((row) => [row.client_id, row.reason, row.until_ms])).toEqual([[noor, reason, clockMs]])
    const { items } = await expectJson<{ items: { action: string; clientId: string | null; detail: object }[] }>(
      thea('/api/audit'),
    )
    expect(items.find(({ action }) => action === 'glass.break')).toMatchObject({
      clientId: noor,
      detail: { ended: true },
    })
    expect((await bo(`/api/break-glass/${one?.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('is ended by nobody else, and each sees their own alone', async () => {
    const [bo, ab] = [
      await secure(clinic.ask, await newTherapist('bo')),
      await secure(clinic.ask, await newTherapist('ab')),
    ]
    await expectJson(breakGlass(bo), 201)
    const [one] = await mine(bo)
    expect([await mine(ab), await view(ab)]).toEqual([[], 404])
    for (const other of [ab, thea])
      expect((await other(`/api/break-glass/${one?.id}`, { method: 'DELETE' })).status).toBe(404)
    expect(await view(bo)).toBe(200)
  })

  it('finds a name in any case, with or without its accents and particles, and no other', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    const [zoe, anne] = [await addClient('Zoë van D.'), await addClient('Anne-Marie')]
    const found = async (typed: string) =>
      (await expectJson<{ items: { id: string }[] }>(search(bo, typed))).items.map(({ id }) => id)
    for (const typed of ['zoe', 'ZOË', 'Zoë D', 'zoe van d.'])
      expect([typed, await found(typed)]).toEqual([typed, [zoe]])
    for (const typed of ['ANNE-MARIE', 'annemarie', 'anne marie'])
      expect([typed, await found(typed)]).toEqual([typed, [anne]])
    for (const typed of ['zo', 'marianne', 'van']) expect([typed, await found(typed)]).toEqual([typed, []])
    expect(await found('NOOR')).toEqual([noor])
  })

  it('is held once of each client: another hour takes the place of the one that goes', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    await expectJson(breakGlass(bo), 201)
    clockMs += 50 * MINUTE_MS
    await expectJson(breakGlass(bo), 201)
    expect((await mine(bo)).map(({ untilMs }) => untilMs)).toEqual([clockMs + HOUR_MS])
    expect(await view(bo)).toBe(200)
  })

  it('finds two of one name with the groups that tell them apart', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    const { id } = await expectJson<{ id: string }>(thea('/api/groups', send('POST', { name: 'Dinsdag' })), 201)
    await expectJson(thea(`/api/clients/${noor}/groups`, send('PUT', { groupIds: [id] })), 204)
    const { items } = await expectJson<{ items: object[] }>(search(bo, 'noor'))
    expect(items).toEqual([{ id: noor, firstName: 'Noor', birthYear: 1986, groups: ['Dinsdag'] }])
  })
})

interface Listed {
  readonly items: readonly { readonly id: string; readonly state: string; readonly client: object | null }[]
  readonly nextCursor: string | null
}

describe("an administrator's list of emergencies", () => {
  it('says whether each holds, was stopped or is over, of whom without a name, and keeps none behind the newest', async () => {
    const bo = await secure(clinic.ask, await newTherapist())
    const office = await secure(clinic.ask, thea)
    await expectJson(breakGlass(bo), 201)
    const [first] = await mine(bo)
    const one = { id: noor, birthYear: 1986, groups: ['Groep 1'] }
    const list = (query = '') => expectJson<Listed>(office(`/api/break-glass${query}`))
    const states = async () => (await list()).items.map(({ id, state, client }) => ({ id, state, client }))
    expect(await states()).toEqual([{ id: first?.id, state: 'open', client: one }])
    for (const half of [0, 1]) {
      // Signed in stays who asks within the hour.
      clockMs += HOUR_MS / 2
      expect([half, (await mine(bo)).length, (await list()).items.length]).toEqual([half, 1 - half, 1])
    }
    expect(await states()).toEqual([{ id: first?.id, state: 'over', client: one }])
    for (let i = 0; i < 5; i++) await expectJson(breakGlass(bo), 201)
    const [second] = await mine(bo)
    clockMs += MINUTE_MS
    await expectJson(bo(`/api/break-glass/${second?.id}`, { method: 'DELETE' }), 204)
    expect((await states()).find(({ id }) => id === second?.id)?.state).toBe('stopped')
    const ids: string[] = []
    let page = await list('?limit=2')
    for (;;) {
      ids.push(...page.items.map(({ id }) => id))
      if (page.nextCursor === null) break
      page = await list(`?limit=2&cursor=${page.nextCursor}`)
    }
    expect([ids.length, new Set(ids).size, ids.at(-1)]).toEqual([6, 6, first?.id])
    expect((await office('/api/break-glass?cursor=x')).status).toBe(400)
  })
})
