// A log of before, whose lines of sign-ins held a hash of an e-mail address: what the step of a migration takes out of it, and
// that it is provable before and after. A copy of then that is put back goes the same way.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, it } from 'vitest'
import { backup } from '../../src/cli/backup.ts'
import { verify } from '../../src/cli/verify-audit.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { eraseClient } from '../../src/store/rights/erase-client.ts'
import { newFolder } from '../support/node-clinic.ts'
import { collectOutput } from '../support/said.ts'

/** Steps before the one that seals the log anew. */
const BEFORE_SEALS = 18

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const nameOf = (mail: string) => ({ name: sha256(mail).slice(0, 16) })
const [ANNA, WIL] = ['anna@example.org', 'wil@example.org']
const [ANNAS, WILS, CLINIC] = ['198.51.100.1', '198.51.100.2', '192.0.2.10']
const joined = { invitedBy: 'p-thea', roles: [], groupIds: [] }

type Old = readonly [
  personId: string | null,
  action: string,
  clientId: string | null,
  from: string | null,
  detail: object,
]
/** Anna is there, Wil is erased. */
const lines: readonly Old[] = [
  ['p-thea', 'sign-in.password', null, CLINIC, nameOf('thea@example.org')],
  ['p-anna', 'account.joined', 'c-anna', ANNAS, joined],
  ['p-anna', 'sign-in.password', null, ANNAS, nameOf(ANNA)],
  ['p-wil', 'account.joined', 'c-wil', WILS, joined],
  ['p-wil', 'sign-in.password', null, WILS, nameOf(WIL)],
  [null, 'sign-in.refused', null, WILS, nameOf(WIL)],
  [null, 'sign-in.refused', null, CLINIC, nameOf('stranger@example.org')],
  ['p-thea', 'run.view', 'c-wil', CLINIC, { runId: 'r-wil' }],
  ['p-thea', 'people.manage', null, CLINIC, { personId: 'p-wil', sessionsEnded: true }],
  ['p-wil', 'run.view', 'c-wil', CLINIC, { runId: 'r-wil' }],
  ['p-thea', 'data.erase', 'c-wil', CLINIC, {}],
  ['p-thea', 'run.view', 'c-anna', CLINIC, { runId: 'r-anna' }],
]
const hersAlone = ['c-wil', 'p-wil', 'r-wil', WILS]

/** A database of then with these lines. @returns its folder and what the lines' hashes were */
async function openOld(of: readonly Old[]): Promise<{ folder: string; hashes: string[] }> {
  const folder = newFolder()
  folders.push(folder)
  const store = await openStore(folder, BEFORE_SEALS)
  await store.close()
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  const at = '2026-01-01T00:00:00.000Z'
  for (const name of ['thea', 'anna'])
    sqlite
      .prepare(`insert into person (id, name, email, emailVerified, createdAt, updatedAt) values (?, ?, ?, 0, ?, ?)`)
      .run(`p-${name}`, name, `${name}@example.org`, at, at)
  sqlite.exec(`insert into person_role values ('p-thea', 'therapist');
    insert into client (id, first_name, birth_year, watch_level, created_at_ms, person_id)
      values ('c-anna', 'Anna', 1986, 'standard', 1, 'p-anna')`)
  const hashes: string[] = []
  for (const [at, [person, action, client, from, detail]] of of.entries()) {
    const previous = hashes.at(-1) ?? ''
    const rule = person === 'p-thea' ? 'therapist-group' : client === null ? null : 'client-self'
    const row = [at + 1, at + 1000, person, action, client, rule, from, JSON.stringify(detail)]
    const hash = sha256(JSON.stringify([previous, ...row]))
    sqlite.prepare(`insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(...row, previous, hash)
    hashes.push(hash)
  }
  sqlite.prepare('insert into audit_head values (1, ?, ?)').run(of.length, hashes.at(-1) ?? '')
  sqlite.close()
  return { folder, hashes }
}

async function ask(folder: string): Promise<readonly [code: number, ...printed: string[]]> {
  const { output, printed, complained } = collectOutput()
  const code = await verify(folder, output)
  return [code, ...printed(), ...complained()]
}

const allBytes = (folder: string) =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toString('latin1')

/** Whoever knows an address finds no line by it: not by its hash, nor by trying it against the hashes of the lines. */
function expectNobody(folder: string, hashes: readonly string[]): void {
  const bytes = allBytes(folder)
  for (const mail of [ANNA, WIL, 'stranger@example.org'])
    expect([mail, bytes.includes(sha256(mail).slice(0, 16))]).toEqual([mail, false])
  for (const word of [...hersAlone, ...hashes]) expect([word, bytes.includes(word)]).toEqual([word, false])
}

it('takes hashes of addresses and erased clients out of a log of before; it is whole and says which lines', async () => {
  const { folder, hashes } = await openOld(lines)
  const copies = newFolder()
  folders.push(copies)
  expect(backup(folder, join(copies, 'calmpace.sqlite'), collectOutput().output)).toBe(0)
  expect(allBytes(folder)).toContain(sha256(WIL).slice(0, 16))
  for (const there of [folder, copies]) {
    const store = await openStore(there)
    const check = await ask(there)
    expect(check).toEqual([
      0,
      expect.stringMatching(/^whole: 14 lines, head [0-9a-f]{64}$/),
      'struck out of 10 lines, as later lines say: 1 3-11',
    ])
    // With the server running: its log of changes is looked into as well.
    expectNobody(there, hashes)
    const rows = await store.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(rows.map(({ person_id, client_id, came_from }) => [person_id, client_id, came_from])).toEqual([
      ['p-thea', null, CLINIC],
      ['p-anna', 'c-anna', ANNAS],
      ['p-anna', null, ANNAS],
      [null, null, null],
      [null, null, null],
      [null, null, null],
      [null, null, CLINIC],
      ['p-thea', null, CLINIC],
      ['p-thea', null, CLINIC],
      [null, null, null],
      ['p-thea', null, CLINIC],
      ['p-thea', 'c-anna', CLINIC],
      [null, null, null],
      [null, null, null],
    ])
    await store.close()
    expectNobody(there, hashes)
  }
})

it('keeps the last hash of before until somebody is struck out, so that a noted one can be looked up', async () => {
  const { folder, hashes } = await openOld(lines.filter((line) => !JSON.stringify(line).includes('wil')))
  const store = await openStore(folder)
  const head = hashes.at(-1) ?? ''
  expect(await ask(folder)).toContain(`sealed anew; its head before was ${head}`)
  await store.atomically((db) => eraseClient(db, makeSystemAccess('c-anna', 'data.erase'), 5000))
  await store.compact?.()
  const [code, ...printed] = await ask(folder)
  expect([code, printed.join('\n').includes(head), allBytes(folder).includes(head)]).toEqual([0, false, false])
  expect(printed[1]).toMatch(/^struck out of \d+ lines/)
  await store.close()
})

it.each([
  ['a changed line', `update audit set person_id = 'p-anna' where seq = 8`, 'line 8 was changed'],
  ['a line that is gone', 'delete from audit where seq = 8', 'line 8 is missing'],
  ['a last line that is gone', 'delete from audit where seq = 12', 'line 12 is missing'],
  ['a line that was moved', 'update audit set seq = 0 where seq = 8', 'line 0 does not follow the line before it'],
])('mends nothing: a log with %s is found so afterwards', async (_name, change, found) => {
  const { folder } = await openOld(lines)
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  sqlite.exec(`drop trigger audit_is_never_edited; drop trigger audit_is_never_removed; ${change};
    create trigger audit_is_never_edited before update on audit begin select raise(abort, 'x'); end;
    create trigger audit_is_never_removed before delete on audit begin select raise(abort, 'x'); end`)
  sqlite.close()
  const store = await openStore(folder)
  await store.close()
  expect(await ask(folder)).toEqual([1, found])
})

it('lets a line be struck and never be changed otherwise', async () => {
  const { folder } = await openOld(lines)
  const store = await openStore(folder)
  await store.close()
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
  for (const change of [
    "person_id = 'p-anna'",
    'person_id = null',
    'who_salt = null',
    "detail_json = '{}'",
    "client_id = null, detail_json = '[]', whom_salt = null",
    "action = 'run.add'",
    'rule = null',
    'at_ms = 1',
    "who_seal = ''",
    'seq = 99',
  ])
    expect(() => sqlite.exec(`update audit set ${change} where seq = 12`), change).toThrow('append-only')
  // Struck by hand is found all the same: no later line says so.
  sqlite.exec(`update audit set person_id = null, came_from = null, who_salt = null where seq = 12`)
  sqlite.close()
  expect(await ask(folder)).toEqual([1, 'line 12 was changed'])
})

it('is checked as it was made then, where nothing has opened it yet', async () => {
  const { folder, hashes } = await openOld(lines)
  const older = expect.stringMatching(/^a log of an older calmpace/)
  expect(await ask(folder)).toEqual([0, `whole: 12 lines, head ${hashes.at(-1)}`, older])
  const change = async (statement: string) => {
    const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'))
    sqlite.exec(
      `drop trigger if exists audit_is_never_edited; drop trigger if exists audit_is_never_removed; ${statement}`,
    )
    sqlite.close()
    return ask(folder)
  }
  expect(await change('delete from audit where seq = 12')).toEqual([1, 'line 12 is missing', older])
  expect(await change("update audit set client_id = 'c-other' where seq = 8")).toEqual([1, 'line 8 was changed', older])
})
