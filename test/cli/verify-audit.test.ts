// The log against somebody who has the database file in their hands: whatever they do to its lines by hand is found and
// named. They drop the triggers first; the chain's end stands in a table of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/cli/verify-audit.ts'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudit } from '../../src/store/audit/audit.ts'
import { collectOutput } from '../support/said.ts'

const LINES = 30
const folder = mkdtempSync(join(tmpdir(), 'calmpace-audit-'))
const path = join(folder, 'calmpace.sqlite')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  const store = await openStore(folder)
  const who = { personId: 'p', clientId: 'c', rule: 'therapist-group', cameFrom: '127.0.0.1' }
  for (let i = 1; i <= LINES; i++)
    await store.atomically((db) => appendAudit(db, { atMs: i, action: 'run.view', ...who, detail: { i } }))
  await store.close()
})

/** What the command prints and answers. */
async function ask(): Promise<readonly [code: number, printed: string]> {
  const { output, printed, complained } = collectOutput()
  const code = await verify(folder, output)
  return [code, [...printed(), ...complained()].join('\n')]
}

/** Do this to the log, look, and undo it. */
async function after(...statements: readonly string[]): Promise<readonly [code: number, printed: string]> {
  const sqlite = new DatabaseSync(path)
  sqlite.exec(`drop trigger audit_is_only_struck; drop trigger audit_is_never_removed; drop trigger if exists audit_named_seal_is_never_edited;
    create table kept as select * from audit`)
  try {
    for (const statement of statements) sqlite.exec(statement)
    return await ask()
  } finally {
    sqlite.exec(`delete from audit; insert into audit select * from kept; drop table kept;
      create trigger audit_is_only_struck before update on audit begin select raise(abort, 'x'); end;
      create trigger audit_is_never_removed before delete on audit begin select raise(abort, 'x'); end`)
    sqlite.close()
  }
}

const line = fc.integer({ min: 1, max: LINES })
const copyOf = (seq: number, as: number, from = 'audit') =>
  `insert into audit select ${as}, at_ms, person_id, action, client_id, rule, came_from, detail_json, previous_hash, hash,
     who_salt, whom_salt, who_seal, whom_seal, named_seal from ${from} where seq = ${seq}`

describe('calmpace verify-audit', () => {
  it('counts the lines of a whole log and tells the head of its chain', async () => {
    expect(await ask()).toEqual([0, expect.stringMatching(/^whole: 30 lines, head [0-9a-f]{64}$/)])
  })

  it('names a line that was changed, whichever it is and whatever of it', async () => {
    const change = fc.constantFrom(
      'at_ms = at_ms + 1',
      "person_id = 'q'",
      'person_id = null',
      "action = 'run.remove'",
      "client_id = 'd'",
      'rule = null',
      "came_from = '10.0.0.1'",
      "detail_json = '{}'",
      "hash = replace(hash, substr(hash, 1, 1), 'x')",
      "who_seal = replace(who_seal, substr(who_seal, 1, 1), 'x')",
      "whom_salt = replace(whom_salt, substr(whom_salt, 1, 1), 'x')",
      "named_seal = 'x'",
      // Struck, but no line says so.
      'person_id = null, came_from = null, who_salt = null',
      "client_id = null, detail_json = '{}', whom_salt = null",
    )
    await fc.assert(
      fc.asyncProperty(line, change, async (seq, what) => {
        expect(await after(`update audit set ${what} where seq = ${seq}`)).toEqual([1, `line ${seq} was changed`])
      }),
      { numRuns: 60 },
    )
  })

  it('names a line that is missing, the last one too', async () => {
    await fc.assert(
      fc.asyncProperty(line, fc.integer({ min: 0, max: 5 }), async (seq, more) => {
        const removed = `delete from audit where seq between ${seq} and ${seq + more}`
        expect(await after(removed)).toEqual([1, `line ${seq} is missing`])
      }),
      { examples: [[LINES, 0]], numRuns: 40 },
    )
    expect((await after('delete from audit'))[1]).toBe('line 1 is missing')
  })

  it('takes a log without a line for no whole one where there are people', async () => {
    const emptied = mkdtempSync(join(folder, 'emptied-'))
    const made = await openStore(emptied)
    await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt) values ('p', 'Thea', 't@x.nl', 1, '1', '1')`.execute(
      made.db,
    )
    await made.close()
    const said = collectOutput(false)
    expect(await verify(emptied, said.output)).toBe(1)
    expect(said.complained()).toEqual(['the log has no line, though there are people in the clinic: it was emptied'])
  })

  it('names the first of two lines that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(line, line, async (one, other) => {
        fc.pre(one !== other)
        const swap = [
          `update audit set seq = -1 where seq = ${one}`,
          `update audit set seq = ${one} where seq = ${other}`,
          `update audit set seq = ${other} where seq = -1`,
        ]
        const [code, words] = await after(...swap)
        expect(code).toBe(1)
        expect(words.split(' ')[1]).toBe(String(Math.min(one, other)))
      }),
      { numRuns: 40 },
    )
  })

  it('names a line that was put in, before, between or behind the others', async () => {
    const between = fc.record({ from: line, at: line })
    await fc.assert(
      fc.asyncProperty(between, async ({ from, at }) => {
        const [code, words] = await after(
          `update audit set seq = -seq where seq >= ${at}`,
          'update audit set seq = 1 - seq where seq < 0',
          copyOf(from, at, 'kept'),
        )
        expect(code).toBe(1)
        // A copy of the line that stood there is that line: the first that differs is the one behind it.
        expect(words.split(' ')[1]).toBe(String(from === at ? at + 1 : at))
      }),
      { numRuns: 40 },
    )
    for (const at of [0, -7, LINES + 1, LINES + 9])
      expect((await after(copyOf(1, at)))[1]).toMatch(
        /^line (0|-7|31) (does not follow the line before it|is missing)$/,
      )
  })

  it('finds a shortened log whose head was set back by somebody who did not know the hash there', async () => {
    const removedAndMoved = [
      'delete from audit where seq = 30',
      "update audit_head set seq = 29, hash = 'something' where id = 1",
    ]
    const head = new DatabaseSync(path)
    const kept = head.prepare('select seq, hash from audit_head').get()
    expect((await after(...removedAndMoved))[1]).toBe('line 29 was changed')
    head.prepare('update audit_head set seq = ?, hash = ?').run(Number(kept?.['seq']), String(kept?.['hash']))
    head.close()
    expect((await ask())[0]).toBe(0)
  })

  it('tells a script the head of a whole log, and the line that is broken', async () => {
    const asked = async () => {
      const { output, printed } = collectOutput(true)
      return [await verify(folder, output), ...printed().map((line): unknown => JSON.parse(line))]
    }
    const head = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    const whole = { ok: true, lines: LINES, head, struckLines: [], formerHead: null, isFormer: false }
    expect(await asked()).toEqual([0, whole])
    const sqlite = new DatabaseSync(path)
    sqlite.exec('drop trigger audit_is_only_struck; update audit set at_ms = at_ms + 1 where seq = 7')
    expect(await asked()).toEqual([
      1,
      { ok: false, code: 'LINE_CHANGED', message: 'line 7 was changed', line: 7, isFormer: false },
    ])
    sqlite.exec(`update audit set at_ms = at_ms - 1 where seq = 7;
      create trigger audit_is_only_struck before update on audit begin select raise(abort, 'x'); end`)
    sqlite.close()
  })

  it('says in one line that there is no log, and makes none', async () => {
    const { output, complained } = collectOutput()
    const none = join(folder, 'nothing')
    expect(await verify(none, output)).toBe(1)
    expect(complained()).toEqual([`no database in ${none}. Which folder does the server use? Name it in CALMPACE_DATA`])
  })
})
