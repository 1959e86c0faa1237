// Whoever is erased is struck out of the same lines, whether a log of years was read for them before the transaction or within it.
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudit, listAudit, type AuditEvent } from '../../src/store/audit/audit.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { findMentions } from '../../src/store/audit/audit-mentions.ts'
import { strikeFromAudit } from '../../src/store/audit/audit-strike.ts'

const noor = { clientId: 'noor', personIds: ['p-noor'], staffId: null }
type Line = Partial<AuditEvent>

const before: readonly Line[] = [
  { personId: 'p-noor', clientId: 'noor', cameFrom: '10.0.0.1' },
  { personId: 'p-noor', cameFrom: '10.0.0.2' },
  { personId: 'thea', clientId: 'noor', cameFrom: '10.0.0.9' },
  { personId: 'thea', detail: { of: 'p-noor' } },
  { personId: 'thea', clientId: 'bo', detail: { runId: 'noor is no id here' } },
  { personId: null, cameFrom: '10.0.0.1' },
  { personId: null, cameFrom: '10.0.0.2' },
  { personId: null, cameFrom: '10.0.0.9' },
]
const meanwhile: Readonly<Record<string, readonly Line[]>> = {
  'nothing happens meanwhile': [],
  'they are named again, and somebody comes from where only they did': [
    { personId: 'thea', detail: { ids: ['noor', 'bo'] } },
    { personId: 'bo', cameFrom: '10.0.0.2' },
    { personId: null, cameFrom: '10.0.0.1' },
  ],
  'they come from somewhere else': [
    { personId: null, cameFrom: '10.0.0.3' },
    { personId: 'p-noor', cameFrom: '10.0.0.3' },
    { personId: null, cameFrom: '10.0.0.3' },
  ],
}

it.each(Object.entries(meanwhile))('is struck out of the same lines where %s', async (_, later) => {
  const [read, unread] = [await strikeNoor(later, true), await strikeNoor(later, false)]
  expect(read).toEqual(unread)
  expect(read).toMatchObject({ who: expect.any(String), whom: expect.any(String) })
})

async function strikeNoor(later: readonly Line[], isReadBefore: boolean) {
  const store = await openStore(null)
  const add = (lines: readonly Line[]) =>
    store.atomically(async (db) => {
      const line = { atMs: 1, personId: null, action: 'x', clientId: null, rule: null, cameFrom: null, detail: {} }
      for (const one of lines) await appendAudit(db, { ...line, ...one })
    })
  await add(before)
  const mentions = isReadBefore ? await findMentions(store.db, [noor]) : null
  await add(later)
  await store.atomically((db) => strikeFromAudit(db, [noor], 2, mentions))
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  const [struck] = await listAudit(store.db, { action: 'log.struck' }, 1)
  await store.close()
  return struck?.detail
}
