// The check of a log that is written to meanwhile: nobody waits for it, and nothing that is done meanwhile looks broken.
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudit } from '../../src/store/audit/audit.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { strikeFromAudit } from '../../src/store/audit/audit-strike.ts'
import type { Store } from '../../src/store/database.ts'
import { closeClinics, newFolder } from '../support/node-clinic.ts'

afterAll(closeClinics)

const LINES = 1200

async function openWithLines() {
  const folder = newFolder()
  const store = await openStore(folder)
  await addLines(store, LINES)
  return { folder, store }
}

const addLines = (store: Store, lines: number) =>
  store.atomically(async (db) => {
    const line = { atMs: 1, personId: 'thea', action: 'zone.view', rule: 'T1', cameFrom: null, detail: {} }
    for (let i = 0; i < lines; i++) await appendAudit(db, { ...line, clientId: i % 2 === 0 ? 'noor' : 'bo' })
  })

it('waits for nobody who holds the connection, and holds up nobody', async () => {
  const { store } = await openWithLines()
  const found = await store.atomically(async () => store.checkLog?.())
  expect(found).toMatchObject({ ok: true, lines: LINES })
  await store.close()
})

it('fits while lines are added and somebody is struck out between two pages', async () => {
  const { store } = await openWithLines()
  let pages = 0
  const rest = async () => {
    if (pages++ > 2) return
    await addLines(store, 10)
    const erased = [{ clientId: pages === 1 ? 'noor' : 'bo', personIds: [], staffId: null }]
    await store.atomically((db) => strikeFromAudit(db, erased, 2))
  }
  const found = await verifyAudit(store.db, { rest })
  expect(found).toMatchObject({ ok: true, lines: LINES + 3 * 11 })
  expect(await store.checkLog?.()).toMatchObject({ ok: true, lines: LINES + 3 * 11 })
  await store.close()
})

it('finds a line that was changed, one that is gone from the end and one behind the end', async () => {
  for (const [change, found] of [
    [`update audit set at_ms = 7 where seq = 700`, { ok: false, seq: 700, reason: 'changed' }],
    [`delete from audit where seq = ${LINES}`, { ok: false, seq: LINES, reason: 'missing' }],
    [
      `insert into audit select seq + 1, at_ms, person_id, action, client_id, rule, came_from, detail_json, hash, hash, who_salt,
         whom_salt, who_seal, whom_seal, named_seal from audit where seq = ${LINES}`,
      { ok: false, seq: LINES + 1 },
    ],
  ] as const) {
    const { folder, store } = await openWithLines()
    const sqlite = new DatabaseSync(`${folder}/calmpace.sqlite`)
    sqlite.exec(`drop trigger audit_is_only_struck; drop trigger audit_is_never_removed; ${change}`)
    sqlite.close()
    expect(await store.checkLog?.()).toMatchObject(found)
    await store.close()
  }
})

it('ends with the store, and says so', async () => {
  const { store } = await openWithLines()
  const found = Promise.resolve(store.checkLog?.()).catch((error: unknown) => error)
  await store.close()
  const outcome = await found
  expect(outcome).toMatchObject({ code: 'WORK_STOPPED' })
})
