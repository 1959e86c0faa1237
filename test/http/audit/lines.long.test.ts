// What stands in the log of an act that was refused, for every route of the app: one line, of whom, from where and what; and
// none where nothing was asked of anybody.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { copyFolder } from '../../support/copy-folder.ts'
import { closeClinics, newFolder, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { PASSWORD, send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, standings, type Standing, type World } from '../../support/world.ts'
import { cellsOf, isAllowed, rowOf } from '../access/access-contract.ts'
import { accessTable, entranceRoutes } from '../access/access-table.ts'
import { linesSince, lastLine } from '../../support/lines.ts'

const FROM = '198.51.100.7'
let clinic: NodeClinic
let world: World
/** By route: what it asks for. */
const actions = new Map<string, string>()
let clockMs = 0
beforeAll(async () => {
  const first = await openClinic()
  world = await makeWorld(first)
  await sql`pragma wal_checkpoint(truncate)`.execute(first.store.db)
  const folder = newFolder()
  copyFolder(first.folder, folder)
  clinic = await openClinic({ folder, nowMs: () => Date.now() + clockMs, address: () => FROM })
  const document = await expectJson<{ paths: Record<string, Record<string, { 'x-action': string }>> }>(
    clinic.ask('/api/openapi.json'),
  )
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      actions.set(`${method.toUpperCase()} ${path}`, operation['x-action'])
})
afterEach(() => {
  clockMs = 0
})
afterAll(closeClinics)

/** Only to see which routes bring a body. */
const anyWorld = new Proxy({}, { get: () => '' }) as unknown as World
const actionOf = (route: string): string => actions.get(route.split('?', 1)[0] ?? '') ?? ''
/** Showing who one is needs a session, and no action. */
const askedBy = (route: string): string => (route === 'POST /api/me/proof' ? 'sign-in.again' : actionOf(route))
const guardedRoutes = Object.keys(accessTable).filter((route) => !entranceRoutes.includes(route))
const linesOf = async (work: () => Promise<unknown>) => {
  const before = await lastLine(clinic.store.db)
  await work()
  return linesSince(clinic.store.db, before)
}
const refused = (standing: Standing, asked: string, code: string, clientId: string | null = null) => ({
  action: 'refused',
  personId: world.personIds[standing],
  clientId,
  cameFrom: FROM,
  detail: { asked, code },
})

describe('the line of a refusal', () => {
  // Who is missing one shows who they are to set it up.
  it.each(guardedRoutes.filter((route) => route !== 'POST /api/me/proof'))(
    '%s: of staff whose second factor is missing',
    async (route) => {
      clockMs = 16 * 60_000
      const lines = await linesOf(async () => {
        const [path, init] = rowOf(route).ask(world)
        expect((await askAs(clinic.ask, world, 'therapist')(path, init)).status).toBe(403)
      })
      expect(lines).toEqual([refused('therapist', actionOf(route), 'SECOND_FACTOR_REQUIRED')])
    },
  )

  it.each(guardedRoutes)('%s: none where nobody is signed in, or by a session that is none', async (route) => {
    const [path, init = {}] = rowOf(route).ask(world)
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie: 'calmpace.session_token=made.up' }
    const lines = await linesOf(async () => {
      expect((await clinic.ask(path, rowOf(route).ask(world)[1])).status).toBe(401)
      expect((await clinic.ask(path, { ...init, headers })).status).toBe(401)
    })
    expect(lines).toEqual([])
  })

  const looks = [
    'POST /api/settings/preview',
    'POST /api/clients/{clientId}/zones/preview',
    'POST /api/break-glass/search',
    'POST /api/erasures/search',
  ]
  const withBody = guardedRoutes.filter((route) => {
    const body = rowOf(route).ask(anyWorld)[1]?.body
    return typeof body === 'string'
  })
  it.each(withBody)('%s: of an act that was asked wrongly; what is only looked at leaves none', async (route) => {
    const standing = standings.find((one) => isAllowed(cellsOf(rowOf(route)).get(one) ?? 0)) ?? 'nobody'
    const [path, init] = rowOf(route).ask(world)
    const lines = await linesOf(async () => {
      const response = await askAs(clinic.ask, world, standing)(path, send(init?.method ?? '', { wrong: 1 }))
      expect(response.status).toBe(400)
    })
    expect(lines).toEqual(looks.includes(route) ? [] : [refused(standing, askedBy(route), 'INVALID_REQUEST')])
  })

  it.each(withBody)('%s: of an act whose body is no JSON, or a form', async (route) => {
    const standing = standings.find((one) => isAllowed(cellsOf(rowOf(route)).get(one) ?? 0)) ?? 'nobody'
    const [path, { method = '' } = {}] = rowOf(route).ask(world)
    const form = new FormData()
    form.append('x', 'y')
    const asked = askAs(clinic.ask, world, standing)
    const lines = await linesOf(async () => {
      const broken = { method, headers: { 'content-type': 'application/json' }, body: '{bad' }
      expect((await asked(path, broken)).status).toBe(400)
      expect((await asked(path, { method, body: form })).status).toBe(400)
    })
    const one = refused(standing, askedBy(route), 'INVALID_REQUEST')
    expect(lines).toEqual(looks.includes(route) ? [] : [one, one])
  })

  const looksAt = guardedRoutes.filter((route) => route.startsWith('GET '))
  it.each(looksAt)('%s: the same line where it is asked by HEAD', async (route) => {
    const cells = cellsOf(rowOf(route))
    const standing = standings.find((one) => one !== 'nobody' && !isAllowed(cells.get(one) ?? 0))
    if (standing === undefined) return
    const [path] = rowOf(route).ask(world)
    const ask = askAs(clinic.ask, world, standing)
    const asked = await linesOf(() => ask(path))
    expect(asked.length).toBeGreaterThan(0)
    expect(await linesOf(() => ask(path, { method: 'HEAD' }))).toEqual(asked)
  })

  it('of showing once more who it is: not understood, no JSON, a form, and without the second factor', async () => {
    const ask = askAs(clinic.ask, world, 'therapist')
    const form = new FormData()
    form.append('password', PASSWORD)
    const json = { 'content-type': 'application/json' }
    const own = (code: string) => refused('therapist', 'sign-in.again', code)
    const lines = await linesOf(async () => {
      await ask('/api/me/proof', send('POST', { passwort: 'x' }))
      await ask('/api/me/proof', { method: 'POST', headers: json, body: '{bad' })
      await ask('/api/me/proof', { method: 'POST', body: form })
      const { personIds, passkeyId } = world
      const owned = clinic.store.db.updateTable('passkey').where('id', '=', passkeyId)
      await owned.set({ userId: personIds.therapist ?? '' }).execute()
      await ask('/api/me/proof', send('POST', { password: PASSWORD }))
      await owned.set({ userId: world.keyHolderId }).execute()
    })
    expect(lines).toEqual([...Array.from({ length: 3 }, () => own('INVALID_REQUEST')), own('SECOND_FACTOR_REQUIRED')])
  })

  /** Acts that are refused for what they would do. */
  type Act = readonly [
    name: string,
    standing: Standing,
    asked: string,
    code: string,
    about: 'noor' | null,
    ask: (world: World) => readonly [string, RequestInit],
  ]
  const acts: readonly Act[] = [
    [
      'an erasure with another name typed',
      'self',
      'data.erase',
      'NOT_CONFIRMED',
      'noor',
      ({ noor }) => [`/api/clients/${noor}`, send('DELETE', { confirmation: 'Fay' })],
    ],
    [
      'the same by an administrator',
      'administrator',
      'data.erase',
      'NOT_CONFIRMED',
      'noor',
      ({ noor }) => [`/api/clients/${noor}`, send('DELETE', { confirmation: '' })],
    ],
    [
      'a client that cannot be',
      'therapist',
      'client.add',
      'INVALID_REQUEST',
      null,
      () => ['/api/clients', send('POST', { firstName: 'Kim', birthYear: 2020 })],
    ],
    [
      'a role of somebody who is not there',
      'administrator',
      'people.manage',
      'NOT_FOUND',
      null,
      () => ['/api/people/nobody/roles', send('PUT', { roles: [] })],
    ],
    [
      'an account of somebody who is not there',
      'administrator',
      'people.manage',
      'NOT_FOUND',
      null,
      () => ['/api/people/nobody', { method: 'DELETE' }],
    ],
    [
      'staff of a group without the role',
      'administrator',
      'groups.manage',
      'INVALID_REQUEST',
      null,
      ({ groupId, personIds }) => [
        `/api/groups/${groupId}/staff`,
        send('PUT', { staff: [{ personId: personIds.noRole, role: 'therapist' }] }),
      ],
    ],
    [
      'glass of a client who is not there',
      'therapistGlass',
      'glass.break',
      'NOT_FOUND',
      null,
      () => ['/api/break-glass', send('POST', { clientId: 'nobody', reason: 'gevallen, wat nu?' })],
    ],
    [
      'a limit that cannot be',
      'therapist',
      'zone.set',
      'ZONE_REJECTED',
      'noor',
      ({ noor }) => [
        `/api/clients/${noor}/zones`,
        send('POST', { inputs: { manualCeilingBpm: 138, manualHardBpm: 90 }, reason: 'x' }),
      ],
    ],
    [
      'a limit that rises and was not confirmed',
      'therapist',
      'zone.set',
      'ZONE_UNCONFIRMED',
      'noor',
      ({ noor }) => [`/api/clients/${noor}/zones`, send('POST', { inputs: { manualCeilingBpm: 150 }, reason: 'x' })],
    ],
    [
      'settings that somebody changed meanwhile',
      'administrator',
      'settings.change',
      'CHANGED_MEANWHILE',
      null,
      () => [
        '/api/settings',
        send('PUT', { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: {}, seenVersion: 7, reason: 'besluit' }),
      ],
    ],
    [
      'a step that a flag does not take',
      'therapist',
      'flag.review',
      'STEP_REFUSED',
      'noor',
      ({ flagId }) => [`/api/flags/${flagId}/steps`, send('POST', { act: 'resolve', seenVersion: 0 })],
    ],
    [
      'a date that cannot be',
      'therapist',
      'run.date',
      'DATE_REFUSED',
      'noor',
      ({ undatedId }) => [`/api/runs/${undatedId}/start`, send('PUT', { startedAtMs: 1 })],
    ],
    [
      'two that are not one run',
      'therapist',
      'run.decide',
      'NOT_ONE_RUN',
      'noor',
      ({ runId, undatedId: otherRunId }) => [`/api/runs/${runId}/combination`, send('POST', { otherRunId })],
    ],
    [
      'an upload that is no form',
      'therapist',
      'run.add',
      'UNSUPPORTED_MEDIA_TYPE',
      'noor',
      ({ noor }) => [`/api/clients/${noor}/runs`, send('POST', {})],
    ],
    [
      'an upload without a file',
      'therapist',
      'run.add',
      'INVALID_REQUEST',
      'noor',
      ({ noor }) => [`/api/clients/${noor}/runs`, { method: 'POST', body: new FormData() }],
    ],
  ]
  it.each(acts)('%s', async (_name, standing, asked, code, about, ask) => {
    const lines = await linesOf(async () => {
      const [path, init] = ask(world)
      const response = await askAs(clinic.ask, world, standing)(path, init)
      expect(((await response.json()) as { code: string }).code).toBe(code)
    })
    // A refusal within an upload comes behind the line that it was begun.
    expect(lines.filter(({ action }) => action === 'refused')).toEqual([
      refused(standing, asked, code, about === null ? null : world[about]),
    ])
    expect(lines.length).toBeLessThanOrEqual(asked === 'run.add' ? 2 : 1)
  })

  it('is none where there is no such route, and where the request was too much to be looked at', async () => {
    const lines = await linesOf(async () => {
      const therapist = askAs(clinic.ask, world, 'therapist')
      expect((await therapist('/api/nothing', send('POST', {}))).status).toBe(404)
      const large = send('POST', { firstName: 'x'.repeat(2_000_000) })
      expect((await therapist('/api/clients', large)).status).toBe(413)
    })
    expect(lines).toEqual([])
  })
})

describe('reading the log', () => {
  it('is a line that says of whom, and repeats no word that was asked for', async () => {
    const administrator = askAs(clinic.ask, world, 'administrator')
    const of = world.personIds.therapist ?? ''
    const lines = await linesOf(async () => {
      await expectJson(administrator(`/api/audit?clientId=${world.noor}&personId=${of}&action=zone.set&limit=1`))
      await expectJson(administrator('/api/audit?clientId=Noor&personId=Noor&action=Noor%0a&limit=1'))
    })
    const by = { action: 'audit.view', personId: world.personIds.administrator, cameFrom: FROM }
    expect(lines).toEqual([
      { ...by, clientId: world.noor, detail: { of, ofAction: 'zone.set', lines: 1 } },
      { ...by, clientId: null, detail: { lines: 0 } },
    ])
    // Who asked in the log for a client stands in what the client reads.
    const own = await expectJson<{ items: { action: string }[] }>(
      askAs(clinic.ask, world, 'self')(`/api/clients/${world.noor}/log?limit=5`),
    )
    expect(own.items.map(({ action }) => action)).toContain('audit.view')
  })
})
