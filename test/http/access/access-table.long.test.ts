import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { roles } from '../../../src/domain/access.ts'
import { rolesFor } from '../../../src/http/guard.ts'
import { signIn } from '../../support/account.ts'
import { openBrowser } from '../../support/browser.ts'
import { copyFolder } from '../../support/copy-folder.ts'
import { withCookie } from '../../support/sign-in.ts'
import { closeClinics, newFolder, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, standings, type World } from '../../support/world.ts'
import { accessTable, barredStandings, ownRoutes, routesBesideTheTable, routesOfNobody } from './access-table.ts'
import { cellsOf, expectCell, isAllowed, rowOf } from './access-contract.ts'

interface Operation {
  readonly 'x-action'?: string
  readonly 'x-roles'?: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

let clinic: NodeClinic
let world: World
let untouched: string
const operations = new Map<string, Operation>()

beforeAll(async () => {
  const first = await openClinic()
  world = await makeWorld(first)
  await sql`pragma wal_checkpoint(truncate)`.execute(first.store.db)
  untouched = newFolder()
  copyFolder(first.folder, untouched)
  clinic = first
  const document = await expectJson<{ paths: Record<string, Record<string, Operation>> }>(
    clinic.ask('/api/openapi.json'),
  )
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const route = `${method.toUpperCase()} ${path}`
      if (!routesOfNobody.includes(route) && !path.startsWith('/api/auth/')) operations.set(route, operation)
    }
})
afterAll(closeClinics)

/** The world as it was made, in a database of its own. */
async function copyOfWorld(): Promise<NodeClinic> {
  const folder = newFolder()
  copyFolder(untouched, folder)
  return openClinic({ folder })
}

/** Every row of every table that a refusal may not touch: all but lines, sessions, and how often somebody guessed. */
async function everything(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not in ('audit', 'audit_head', 'session', 'rateLimit', 'sign_in_lock', 'run_file_part', 'run_chunk')`.execute(
    clinic.store.db,
  )
  const all = []
  for (const { name } of tables) all.push((await sql`select * from ${sql.table(name)}`.execute(clinic.store.db)).rows)
  return JSON.stringify(all)
}

describe('the access table', () => {
  it('has each route of the document, and no other', () => {
    const asked = Object.keys(accessTable).map((row) => row.split('?', 1)[0])
    expect([...operations.keys()].toSorted()).toEqual([...new Set(asked)].toSorted())
  })

  it('knows each route that it has no row for', () => {
    const registered = clinic.app.routes
      .filter(({ path, method }) => path.startsWith('/') && !(method === 'ALL' && ['/*', '/api/*'].includes(path)))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const unknown = [...new Set(registered)].filter((route) => !operations.has(route))
    expect(unknown.toSorted()).toEqual([...routesBesideTheTable, ...routesOfNobody].toSorted())
  })

  it('finds an action and its roles on each route of the document', () => {
    for (const [route, operation] of operations) {
      const action = operation['x-action'] as Parameters<typeof rolesFor>[0]
      expect([route, typeof action, operation['x-roles']]).toEqual([route, 'string', rolesFor(action)])
      // A word that no rule knows would be an action that nobody may do, or a slip.
      expect([route, action === 'public' || rolesFor(action).length > 0]).toEqual([route, true])
    }
  })

  it('tells in the document what the table says: a role is named where some standing of it is let in', () => {
    for (const [route, operation] of operations) {
      if (operation['x-action'] === 'public' || ownRoutes.includes(route)) continue
      const cells = [...cellsOf(rowOf(route))].filter(([, status]) => isAllowed(status)).map(([standing]) => standing)
      // The import of the table was begun by her therapist; one of her own she may ask about as well.
      const isOfImport = route.includes('{importId}')
      const letIn = roles.filter((role) =>
        cells.some((standing) =>
          role === 'client'
            ? isOfImport || ['self', 'fellow', 'stranger'].includes(standing)
            : standing.startsWith(role),
        ),
      )
      expect([route, operation['x-roles']]).toEqual([route, letIn])
    }
  })

  it('has no name, no address and no heart rate in any path or query', () => {
    const names = [...operations.values()].flatMap(({ parameters = [] }) => parameters.map(({ name }) => name))
    expect([...new Set(names)].toSorted()).toEqual([
      'action',
      'afterRunId',
      'afterSeq',
      'all',
      'beforeSeq',
      'clientId',
      'cursor',
      'dialect',
      'flagId',
      'format',
      'from',
      'glassId',
      'groupId',
      'groupRunId',
      'importId',
      'invitationId',
      'kind',
      'level',
      'limit',
      'mine',
      'participationId',
      'passkeyId',
      'personId',
      'prefer',
      'resetId',
      'restNoteId',
      'runId',
      'state',
      'zoneId',
    ])
  })

  it.each(Object.keys(accessTable))('%s: everybody gets what is written, and the log says so', async (route) => {
    const cells = cellsOf(rowOf(route))
    const before = await everything()
    for (const standing of standings)
      if (!isAllowed(cells.get(standing) ?? 0)) await expectCell(clinic.ask, world, route, standing)
    expect(await everything()).toBe(before)
    for (const standing of standings) {
      if (!isAllowed(cells.get(standing) ?? 0)) continue
      const ask = route.startsWith('GET ') ? clinic.ask : (await copyOfWorld()).ask
      if (route === 'POST /api/join')
        expect(Object.values(world.personIds)).not.toContain(await comeIn(ask, route, standing))
      else if (route === 'POST /api/resets/use') expect(await comeIn(ask, route, standing)).toBe(world.personIds.noRole)
      else await expectCell(ask, world, route, standing)
    }
  })

  it.each(Object.entries(barredStandings))('%s gets nothing of any route but %s', async (standing, code) => {
    const at = await copyOfWorld()
    const cookie = await barredCookie(at, standing as keyof typeof barredStandings)
    for (const [route, row] of Object.entries(accessTable)) {
      if (isAllowed(cellsOf(row).get('nobody') ?? 0)) continue
      const [path, init = {}] = row.ask(world)
      const response = await withCookie(at.ask, cookie)(path, init)
      // Who lacks a second factor is told who they are, so that they can set one up.
      if (code !== 'SIGNED_OUT' && route.endsWith(' /api/me')) continue
      if (standing === 'graceOver' && route === 'POST /api/me/proof') continue
      const { code: told } = (await response.json()) as { code: string }
      expect([route, told]).toEqual([route, code])
    }
  })

  it('lets whoever signed in longer ago than ten minutes do the same, but for what changes how people sign in', async () => {
    const at = await copyOfWorld()
    await at.store.db
      .updateTable('session')
      .set({ provedAtMs: Date.now() - 600_000 })
      .execute()
    for (const [route, row] of Object.entries(accessTable)) {
      if (row.fresh !== true && !route.startsWith('GET ')) continue
      for (const standing of ['administrator', 'therapist', 'self'] as const) {
        const status = cellsOf(row).get(standing) ?? 0
        const [path, init] = row.ask(world)
        const response = await askAs(at.ask, world, standing)(path, init)
        const text = await response.text()
        const isStale = row.fresh === true && isAllowed(status)
        const said = [route, standing, response.status, !response.ok && text.includes('FRESH_SIGN_IN_REQUIRED')]
        expect(said).toEqual([route, standing, isStale ? 403 : status, isStale])
      }
    }
  })

  /** The cookie of somebody who is a therapist of Noor's and comes like this. */
  async function barredCookie(at: NodeClinic, standing: keyof typeof barredStandings): Promise<string> {
    const { db } = at.store
    const therapistId = world.personIds.therapist ?? ''
    if (standing === 'halfSignedIn' || standing === 'trustedBrowser') {
      await db.updateTable('person').set({ twoFactorEnabled: 1 }).where('id', '=', therapistId).execute()
      const browser = openBrowser(at.ask)
      await signIn(browser.ask, 'therapist@example.org')
      if (standing === 'trustedBrowser') browser.cookies.set('calmpace.trust_device', 'token!trust-device-x.signature')
      return [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    }
    const hoursAgo = (hours: number) => Date.now() - hours * 3_600_000
    const session = db.updateTable('session').where('userId', '=', therapistId)
    if (standing === 'unusedForAnHour') await session.set({ seenAtMs: hoursAgo(1) }).execute()
    if (standing === 'signedInTwelveHoursAgo') await session.set({ beganAtMs: hoursAgo(12) }).execute()
    const joined = new Date(hoursAgo(standing.endsWith('InGrace') ? 0 : 0.3)).toISOString()
    await db.updateTable('person').set({ createdAt: joined }).where('id', '=', therapistId).execute()
    if (standing === 'appNotShownInGrace')
      await db.updateTable('person').set({ twoFactorEnabled: 1 }).where('id', '=', therapistId).execute()
    if (standing.startsWith('passkeyNotShown'))
      await db.updateTable('passkey').set({ userId: therapistId }).where('id', '=', world.passkeyId).execute()
    return world.cookies.therapist
  }

  /** Whoever joins is somebody new, and a link to a new way in is of one person, whatever cookie they came with. */
  async function comeIn(ask: NodeClinic['ask'], route: string, standing: (typeof standings)[number]): Promise<string> {
    const [path, init = {}] = rowOf(route).ask(world)
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie: world.cookies[standing] }
    return (await expectJson<{ personId: string }>(ask(path, { ...init, headers }))).personId
  }
})
