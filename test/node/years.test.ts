// A practice of years: what is asked again and again looks rows up, it never walks through all of them.
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { closeClinics, openClinic } from '../support/node-clinic.ts'
import { joinFirst, send, type Ask } from '../support/sign-in.ts'

afterAll(closeClinics)

/** Tables that grow with the years. */
const GROWING = [
  'audit',
  'flag',
  'flag_event',
  'run',
  'run_chunk',
  'run_file',
  'assessment',
  'note',
  'after_run',
  'batch',
]

/** Every statement that Node's driver prepares while something is done. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const prepare = Reflect.get(DatabaseSync.prototype, 'prepare')
  const heard = new Set<string>()
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, query) {
    heard.add(query)
    return prepare.call(this, query)
  }
  await work().finally(() => (DatabaseSync.prototype.prepare = prepare))
  return [...heard].filter((query) => /^\s*(select|with|update|delete)/i.test(query))
}

/** In the order in which the rows lie, and no further than asked for. */
const endsAtLimit = /^select \* from "audit" order by "seq" desc limit \?$/

/** Those that walk through a table that grows, each with the step of its plan that does. */
function walksOf(folder: string, statements: readonly string[]): string[] {
  const sqlite = new DatabaseSync(`${folder}/calmpace.sqlite`, { readOnly: true })
  const walks = statements.flatMap((query) =>
    sqlite
      .prepare(`explain query plan ${query}`)
      .all()
      .map((step) => String(step['detail']))
      .filter((detail) => GROWING.includes(/^SCAN (\w+)/.exec(detail)?.[1] ?? '') && !endsAtLimit.test(query))
      .map((detail) => `${detail}: ${query}`),
  )
  sqlite.close()
  return walks
}

async function openWithClient() {
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  const client = { firstName: 'Noor', birthYear: 1985 }
  const { id } = (await (await thea('/api/clients', send('POST', client))).json()) as { id: string }
  const { items } = (await (await thea('/api/groups')).json()) as { items: readonly { id: string }[] }
  return { ...clinic, thea, id, groupId: items[0]?.id ?? '' }
}

const read = async (ask: Ask, path: string) => expect((await ask(path)).status, path).toBe(200)

it('looks up what a list shows', async () => {
  const { folder, thea, id, groupId } = await openWithClient()
  const paths = [
    ...['/api/clients', '/api/flags', '/api/flags?state=all', '/api/flags/news', '/api/flags/news?afterSeq=1'],
    ...['/api/flags/rules', '/api/flags/upkeep', `/api/groups/${groupId}/patterns`, `/api/groups/${groupId}/roster`],
    ...['', '/runs', '/notes', '/flags', '/patterns', '/zones', '/plans'].map((of) => `/api/clients/${id}${of}`),
    ...['', '?action=data.erase', '?personId=nobody', `?clientId=${id}`].map((of) => `/api/audit${of}`),
  ]
  const statements = await statementsOf(async () => {
    for (const path of paths) await read(thea, path)
  })
  expect(statements.length).toBeGreaterThan(20)
  expect(walksOf(folder, statements)).toEqual([])
})
