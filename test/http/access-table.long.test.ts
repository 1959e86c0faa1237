import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { roles } from '../../src/domain/access.ts'
import { rolesFor } from '../../src/http/guard.ts'
import { copyFolder } from '../support/copy-folder.ts'
import { closeClinics, newFolder, openClinic, type NodeClinic } from '../support/node-clinic.ts'
import { makeWorld, expectJson, standings, type World } from '../support/world.ts'
import { accessTable, routesBesideTheDocument } from './access-table.ts'
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
    for (const [method, operation] of Object.entries(methods))
      operations.set(`${method.toUpperCase()} ${path}`, operation)
})
afterAll(closeClinics)

/** The world as it was made, in a database of its own. */
async function copyOfWorld(): Promise<NodeClinic> {
  const folder = newFolder()
  copyFolder(untouched, folder)
  return openClinic({ folder })
}

/** Every row of every table that a refusal may not touch. */
async function everything(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not in ('audit', 'audit_head', 'session', 'rateLimit', 'run_file_part', 'run_chunk')`.execute(
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

  it('knows each route under /api that the document does not have', () => {
    const registered = clinic.app.routes
      .filter(({ path, method }) => path.startsWith('/api/') && !(method === 'ALL' && path === '/api/*'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const unknown = [...new Set(registered)].filter((route) => !operations.has(route))
    expect(unknown.toSorted()).toEqual(routesBesideTheDocument.toSorted())
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
      if (operation['x-action'] === 'public') continue
      const cells = [...cellsOf(rowOf(route))].filter(([, status]) => isAllowed(status)).map(([standing]) => standing)
      const letIn = roles.filter((role) =>
        cells.some((standing) =>
          role === 'client' ? ['self', 'fellow', 'stranger'].includes(standing) : standing.startsWith(role),
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
      'beforeSeq',
      'clientId',
      'cursor',
      'dialect',
      'flagId',
      'format',
      'glassId',
      'groupId',
      'groupRunId',
      'invitationId',
      'kind',
      'level',
      'limit',
      'mine',
      'participationId',
      'personId',
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
      if (route === 'POST /api/join') await expectJoin(ask, standing)
      else await expectCell(ask, world, route, standing)
    }
  })

  /** Whoever joins is somebody new, whatever cookie they came with. */
  async function expectJoin(ask: NodeClinic['ask'], standing: (typeof standings)[number]): Promise<void> {
    const [path, init = {}] = rowOf('POST /api/join').ask(world)
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie: world.cookies[standing] }
    const { personId } = await expectJson<{ personId: string }>(ask(path, { ...init, headers }))
    expect(Object.values(world.personIds)).not.toContain(personId)
  }
})
