// Rights end when they end: links, places in groups, flags that were handed over and emergencies, each tried after the right that they
// rested on is gone, and after it was given again.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { secure } from '../../support/secured.ts'
import { expectJson } from '../../support/expect-json.ts'
import { hardRunForm } from '../../support/world.ts'

interface Staff {
  readonly id: string
  readonly ask: Ask
}
interface Link {
  readonly id: string
  readonly token: string
}
interface Listed {
  readonly id: string
  readonly name: string
  readonly invitedByName: string | null
  readonly works: boolean
  readonly ending: string | null
  readonly openedAtMs: number | null
  readonly usedAtMs: number | null
  readonly expiresAtMs: number
}

const DAY_MS = 86_400_000
let clockMs: number
let clinic: NodeClinic
/** Administrator, and therapist and supervisor of the group. */
let thea: Ask
let groupId: string
let noor: string
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = await joinFirst(clinic)
  groupId = (await expectJson<{ items: { id: string }[] }>(thea('/api/groups'))).items[0]?.id ?? ''
  const body = { firstName: 'Noor', birthYear: 1986 }
  noor = (await expectJson<{ id: string }>(thea('/api/clients', send('POST', body)), 201)).id
})
afterAll(closeClinics)

async function newStaff(name: string, ...roles: string[]): Promise<Staff> {
  const body = send('POST', { roles, groupIds: [groupId], name })
  const { token } = await expectJson<Link>(thea('/api/invitations', body), 201)
  const ask = await join(clinic.ask, token, `${name}@example.org`)
  return { id: (await expectJson<{ personId: string }>(ask('/api/me'))).personId, ask }
}
const linksPath = () => `/api/clients/${noor}/invitations`
const link = (ask: Ask, name = '') => expectJson<Link>(ask(linksPath(), send('POST', { name })), 201)
const look = async (token: string) => (await clinic.ask('/api/invitations/look', send('POST', { token }))).status
const tryJoin = async (token: string, email: string) =>
  (await clinic.ask('/api/join', send('POST', { token, name: 'Eve', email, password: PASSWORD }))).status
const setRoles = (personId: string, ...roles: string[]) =>
  expectJson(thea(`/api/people/${personId}/roles`, send('PUT', { roles })))
const setPlaces = (...staff: (readonly [personId: string, role: string])[]) =>
  expectJson(
    thea(`/api/groups/${groupId}/staff`, send('PUT', { staff: staff.map(([personId, role]) => ({ personId, role })) })),
  )
const placeNoor = async (...groupIds: string[]): Promise<void> =>
  expectJson<void>(thea(`/api/clients/${noor}/groups`, send('PUT', { groupIds })), 204)
const newGroup = async (name: string) =>
  (await expectJson<{ id: string }>(thea('/api/groups', send('POST', { name })), 201)).id
const listed = async (ask: Ask, path: string) => (await expectJson<{ items: Listed[] }>(ask(path))).items

describe('a link to a client’s account', () => {
  const endings: readonly (readonly [
    what: string,
    end: (bo: Staff) => Promise<void>,
    again: (bo: Staff) => Promise<void>,
  ])[] = [
    [
      'its maker left the group',
      async () => void (await setPlaces()),
      async ({ id }) => void (await setPlaces([id, 'therapist'])),
    ],
    [
      'its maker supervises the group now',
      async ({ id }) => void (await setPlaces([id, 'supervisor'])),
      async ({ id }) => void (await setPlaces([id, 'therapist'])),
    ],
    [
      'its maker’s role ended',
      async ({ id }) => void (await setRoles(id, 'supervisor')),
      async ({ id }) => {
        await setRoles(id, 'supervisor', 'therapist')
        await setPlaces([id, 'therapist'])
      },
    ],
    [
      'the client moved to another group',
      async () => placeNoor(await newGroup('Vrijdag')),
      async () => placeNoor(groupId),
    ],
  ]
  it.each(endings)('ends for good when %s', async (_what, end, again) => {
    const bo = await newStaff('bo', 'therapist', 'supervisor')
    const { id, token } = await link(bo.ask)
    expect(await look(token)).toBe(200)
    await end(bo)
    expect([await look(token), await tryJoin(token, 'eve@example.org')]).toEqual([410, 410])
    await again(bo)
    expect([await look(token), await tryJoin(token, 'eve@example.org')]).toEqual([410, 410])
    expect((await listed(bo.ask, linksPath())).map((one) => [one.id, one.works, one.ending])).toEqual([
      [id, false, 'right_ended'],
    ])
    expect(await look((await link(bo.ask)).token)).toBe(200)
  })

  it('ends when the account of its maker is removed, and of a colleague in the same group it goes on', async () => {
    const bo = await newStaff('bo', 'therapist')
    const hers = await link(thea, 'van Thea')
    clockMs += 1
    const his = await link(bo.ask, 'van Bo')
    await expectJson(thea(`/api/people/${bo.id}`, { method: 'DELETE' }), 204)
    expect([await look(hers.token), await look(his.token)]).toEqual([200, 410])
    expect((await listed(thea, linksPath())).map((one) => [one.name, one.invitedByName, one.ending])).toEqual([
      ['van Bo', null, 'right_ended'],
      ['van Thea', 'Thea', null],
    ])
  })

  it('of which others are open: joining ends them, and removing the account brings none back', async () => {
    const [first, second] = [await link(thea), await link(thea)]
    const self = await join(clinic.ask, first.token, 'noor@example.org')
    const { personId } = await expectJson<{ personId: string }>(self('/api/me'))
    const third = await link(thea)
    await expectJson(thea(`/api/people/${personId}`, { method: 'DELETE' }), 204)
    for (const { token } of [first, second, third])
      expect([await look(token), await tryJoin(token, 'eve@example.org')]).toEqual([410, 410])
    const endings = (await listed(thea, linksPath())).map((one) => [one.id, one.ending])
    expect(Object.fromEntries(endings)).toEqual({
      [first.id]: null,
      [second.id]: 'account_made',
      [third.id]: 'account_removed',
    })
    expect(await look((await link(thea)).token)).toBe(200)
  })

  it('is not made by a right that ends while somebody joins by it', async () => {
    const bo = await newStaff('bo', 'therapist')
    const { token } = await link(bo.ask)
    const [joined] = await Promise.all([tryJoin(token, 'eve@example.org'), setPlaces()])
    const { hasAccount } = await expectJson<{ hasAccount: boolean }>((await placedAgain(bo)).ask(linksPath()))
    expect(joined === 200).toBe(hasAccount)
    expect(await tryJoin(token, 'eve2@example.org')).toBe(410)
  })
  async function placedAgain(bo: Staff): Promise<Staff> {
    await setPlaces([bo.id, 'therapist'])
    return bo
  }
})

describe('a link for staff', () => {
  it('ends with the administrator’s role of its maker, and does not come back with it', async () => {
    const ada = await newStaff('ada', 'administrator')
    const { token } = await expectJson<Link>(
      ada.ask('/api/invitations', send('POST', { roles: ['administrator'], groupIds: [] })),
      201,
    )
    await setRoles(ada.id)
    await setRoles(ada.id, 'administrator')
    expect([await look(token), await tryJoin(token, 'eve@example.org')]).toEqual([410, 410])
  })

  it('of the first administrator is worth nothing once there is one', async () => {
    const other = await openClinic()
    const late = 'a'.repeat(32)
    const opened = await other.ask('/api/invitations/open', send('POST', { token: other.firstToken, next: late }))
    expect(opened.status).toBe(200)
    await other.store.db
      .insertInto('person')
      .values({
        ...{ id: 'x', name: 'x', email: 'x@example.org', emailVerified: 0, twoFactorEnabled: 0 },
        ...{ createdAt: new Date().toISOString(), updatedAt: new Date().toISOString() },
      })
      .execute()
    await other.store.db.insertInto('person_role').values({ person_id: 'x', role: 'administrator' }).execute()
    expect((await other.ask('/api/invitations/look', send('POST', { token: late }))).status).toBe(410)
  })
})

describe('the list of links', () => {
  it('says who made each, its name, until when it works, and what became of it', async () => {
    const [open, used, back] = [await link(thea, 'per app'), await link(thea), await link(thea, 'op papier')]
    await expectJson(thea(`${linksPath()}/${back.id}`, { method: 'DELETE' }), 204)
    expect([await look(back.token), await tryJoin(back.token, 'eve@example.org')]).toEqual([410, 410])
    expect((await thea(`${linksPath()}/${back.id}`, { method: 'DELETE' })).status).toBe(404)
    const before = await listed(thea, linksPath())
    expect(
      Object.fromEntries(before.map((one) => [one.id, [one.name, one.invitedByName, one.works, one.ending]])),
    ).toEqual({
      [open.id]: ['per app', 'Thea', true, null],
      [used.id]: ['', 'Thea', true, null],
      [back.id]: ['op papier', 'Thea', false, 'taken_back'],
    })
    expect(before.map(({ expiresAtMs }) => expiresAtMs)).toEqual(Array(3).fill(clockMs + 7 * DAY_MS))
    expect(JSON.stringify(before)).not.toContain(open.token)
    await join(clinic.ask, used.token, 'noor@example.org')
    const after = await listed(thea, linksPath())
    expect(after.find(({ id }) => id === used.id)?.usedAtMs).toBe(clockMs)
    expect(after.filter(({ works }) => works)).toEqual([])
  })

  it('of staff is the administrator’s: another therapist takes back no link, whichever path is asked', async () => {
    const bo = await newStaff('bo', 'therapist')
    clockMs += 1
    const staff = await expectJson<Link>(
      thea('/api/invitations', send('POST', { roles: ['therapist'], groupIds: [], name: 'voor Ab' })),
      201,
    )
    for (const path of [`/api/invitations/${staff.id}`, `${linksPath()}/${staff.id}`])
      expect((await bo.ask(path, { method: 'DELETE' })).status).toBe(404)
    const ofNoor = await link(bo.ask)
    expect((await thea(`/api/invitations/${ofNoor.id}`, { method: 'DELETE' })).status).toBe(404)
    expect([await look(staff.token), await look(ofNoor.token)]).toEqual([200, 200])
    expect((await listed(thea, '/api/invitations')).map(({ name }) => name)).toEqual(['voor Ab', 'bo'])
    await expectJson(thea(`/api/invitations/${staff.id}`, { method: 'DELETE' }), 204)
    expect(await look(staff.token)).toBe(410)
  })
})

describe('a link that a page has read', () => {
  const open = (token: string, next: string) => clinic.ask('/api/invitations/open', send('POST', { token, next }))
  const [mine, other] = ['m'.repeat(32), 'o'.repeat(32)]

  it('works by that page’s own secret alone: what a browser kept of the address opens nothing', async () => {
    const { id, token } = await link(thea)
    expect((await open(token, mine)).status).toBe(200)
    expect([await look(token), await tryJoin(token, 'eve@example.org')]).toEqual([410, 410])
    expect((await open(token, other)).status).toBe(410)
    expect(await look(other)).toBe(410)
    const [one] = await listed(thea, linksPath())
    expect([one?.id, one?.works, one?.openedAtMs, one?.expiresAtMs]).toEqual([id, true, clockMs, clockMs + DAY_MS])
    expect(await tryJoin(mine, 'noor@example.org')).toBe(200)
  })

  it('goes on where the answer was lost: asked again with the same secret nothing changes', async () => {
    const { token } = await link(thea)
    await open(token, mine)
    clockMs += 1000
    expect((await open(token, mine)).status).toBe(200)
    expect((await listed(thea, linksPath()))[0]?.openedAtMs).toBe(clockMs - 1000)
    const { items } = await expectJson<{ items: { action: string }[] }>(thea('/api/audit'))
    expect(items.filter(({ action }) => action === 'account.link-opened').length).toBe(1)
  })

  it('is over a day later, and never later than it was before', async () => {
    const [early, late] = [await link(thea), await link(thea)]
    await open(early.token, mine)
    clockMs += DAY_MS + 1
    expect(await look(mine)).toBe(410)
    clockMs += 5.5 * DAY_MS
    await open(late.token, other)
    clockMs += 0.4 * DAY_MS
    expect(await look(other)).toBe(200)
    clockMs += 0.2 * DAY_MS
    expect(await look(other)).toBe(410)
  })

  it('takes no secret that is not 192 bits long', async () => {
    const { token } = await link(thea)
    for (const next of ['', 'a', 'a'.repeat(31), `${'a'.repeat(31)}!`, 'a'.repeat(33)])
      expect((await open(token, next)).status).toBe(400)
    expect(await look(token)).toBe(200)
  })
})

describe('a role that was taken away and given again', () => {
  it('brings back no group, in no list, and opens no client', async () => {
    const bo = await newStaff('bo', 'therapist')
    const seen = async () => [
      (await bo.ask(`/api/clients/${noor}`)).status,
      (await expectJson<{ items: unknown[] }>(bo.ask('/api/clients'))).items.length,
      (await expectJson<{ items: unknown[] }>(bo.ask('/api/groups?mine=true'))).items.length,
      (await bo.ask(`/api/groups/${groupId}/roster`)).status,
    ]
    expect(await seen()).toEqual([200, 1, 1, 200])
    await setRoles(bo.id)
    await setRoles(bo.id, 'therapist')
    expect(await seen()).toEqual([404, 0, 0, 404])
    const { items } = await expectJson<{ items: { staff: { personId: string }[] }[] }>(thea('/api/groups'))
    expect(items.flatMap(({ staff }) => staff.map(({ personId }) => personId))).not.toContain(bo.id)
  })

  it('leaves the places of a role that stays', async () => {
    const bo = await newStaff('bo', 'therapist', 'supervisor')
    await setRoles(bo.id, 'supervisor')
    expect((await bo.ask(`/api/clients/${noor}`)).status).toBe(200)
    expect((await bo.ask(`/api/groups/${groupId}/roster`)).status).toBe(404)
    await setRoles(bo.id, 'supervisor', 'administrator')
    expect((await bo.ask(`/api/clients/${noor}`)).status).toBe(200)
  })

  it('ends a look in an emergency, which does not go on with the role', async () => {
    const bo = await newStaff('bo', 'therapist')
    const secured = await secure(clinic.ask, bo.ask)
    await setPlaces()
    const reason = 'valt flauw in het bos, wat is haar grens?'
    await expectJson(secured('/api/break-glass', send('POST', { clientId: noor, reason })), 201)
    expect((await secured(`/api/clients/${noor}`)).status).toBe(200)
    await setRoles(bo.id)
    await setRoles(bo.id, 'therapist')
    expect((await secured(`/api/clients/${noor}`)).status).toBe(404)
  })
})

describe('a flag', () => {
  interface Flag {
    readonly id: string
    readonly state: string
    readonly version: number
    readonly assignedTo: string | null
    readonly colleagues: readonly { readonly personId: string }[]
    readonly events: readonly { readonly act: string; readonly toPersonName: string | null }[]
  }
  const flagOf = (ask: Ask, id: string) => expectJson<Flag>(ask(`/api/flags/${id}`))
  const hand = async (ask: Ask, { id, version }: Flag, toPersonId: string) => {
    const response = await ask(
      `/api/flags/${id}/steps`,
      send('POST', { act: 'escalate', seenVersion: version, toPersonId }),
    )
    return { status: response.status, body: (await response.json()) as { code?: string; errors?: string[] } }
  }
  async function raise(): Promise<string> {
    const inputs = { manualCeilingBpm: 140 }
    await expectJson(thea(`/api/clients/${noor}/zones`, send('POST', { inputs, reason: 'praattest' })), 201)
    await expectJson(thea(`/api/clients/${noor}/runs`, { method: 'POST', body: hardRunForm(clockMs) }))
    return (await expectJson<{ items: { id: string }[] }>(thea('/api/flags'))).items[0]?.id ?? ''
  }

  it('is handed only to who can open it: others are not offered, and refused with a code', async () => {
    const id = await raise()
    const able = [await newStaff('bo', 'therapist'), await newStaff('ab', 'supervisor')]
    const unable = [await newStaff('lost', 'therapist'), await newStaff('ada', 'administrator')]
    await setRoles(unable[0]?.id ?? '')
    await setRoles(unable[0]?.id ?? '', 'supervisor')
    const flag = await flagOf(thea, id)
    expect(flag.colleagues.map(({ personId }) => personId).toSorted()).toEqual(able.map(({ id }) => id).toSorted())
    const me = (await expectJson<{ personId: string }>(thea('/api/me'))).personId
    for (const personId of [...unable.map((one) => one.id), me, 'nobody']) {
      const { status, body } = await hand(thea, flag, personId)
      expect([status, body.code, body.errors]).toEqual([422, 'STEP_REFUSED', ['COLLEAGUE_CANNOT_OPEN']])
    }
    expect(await flagOf(thea, id)).toMatchObject({ state: 'open', assignedTo: null, version: flag.version })
    for (const one of able) {
      expect((await hand(thea, await flagOf(thea, id), one.id)).status).toBe(201)
      expect(await flagOf(one.ask, id)).toMatchObject({ state: 'escalated', assignedTo: one.id })
    }
  })

  it.each([
    ['leaves the group', async (): Promise<void> => void (await setPlaces([await myId(), 'therapist']))],
    ['loses the role', async (bo: Staff): Promise<void> => void (await setRoles(bo.id))],
    [
      'has no account any more',
      async (bo: Staff): Promise<void> => expectJson<void>(thea(`/api/people/${bo.id}`, { method: 'DELETE' }), 204),
    ],
  ] as const)('that was handed to somebody who %s is everybody’s again, and says so', async (_what, end) => {
    const id = await raise()
    const bo = await newStaff('bo', 'therapist')
    await hand(thea, await flagOf(thea, id), bo.id)
    const handed = await flagOf(thea, id)
    await end(bo)
    const after = await flagOf(thea, id)
    expect(after).toMatchObject({ state: 'open', assignedTo: null, version: handed.version + 1 })
    expect(after.events.at(-1)?.act).toBe('handed_back')
    // Nobody closes what they did not see.
    expect(
      (await thea(`/api/flags/${id}/steps`, send('POST', { act: 'acknowledge', seenVersion: handed.version }))).status,
    ).toBe(409)
  })

  it('goes along with a client who moves: whom it was handed to there gives it back', async () => {
    const id = await raise()
    const bo = await newStaff('bo', 'therapist')
    await hand(thea, await flagOf(thea, id), bo.id)
    const other = await newGroup('Vrijdag')
    const staff = [{ personId: await myId(), role: 'therapist' }]
    await expectJson(thea(`/api/groups/${other}/staff`, send('PUT', { staff })))
    await placeNoor(other)
    expect(await flagOf(thea, id)).toMatchObject({ state: 'open', assignedTo: null })
  })

  const myId = async (): Promise<string> => (await expectJson<{ personId: string }>(thea('/api/me'))).personId
})
