// Lists that somebody could fill, so that what matters in them is not shown.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addClient, read } from '../../support/clinic-work.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { joinFirst, send, type Ask } from '../../support/sign-in.ts'

let clinic: NodeClinic
let thea: Ask
let theaId: string
beforeAll(async () => {
  clinic = await openClinic()
  thea = await joinFirst(clinic)
  theaId = (await read<{ personId: string }>(thea('/api/me'))).personId
})
afterAll(closeClinics)

it('a link that works is listed, and can be taken back, however many were made after it', async () => {
  const clientId = await addClient(thea, 'Noor')
  const path = `/api/clients/${clientId}/invitations`
  const first = await read<{ id: string; token: string }>(thea(path, { method: 'POST' }), 201)
  for (let i = 0; i < 101; i++) await read(thea(path, { method: 'POST' }), 201)
  const { items } = await read<{ items: { id: string }[] }>(thea(path))
  expect([items.length, new Set(items.map(({ id }) => id)).size]).toEqual([102, 102])
  // Newest first; of those made within the same millisecond either may be the last.
  expect(items.slice(-10).map(({ id }) => id)).toContain(first.id)
  await read(thea(`${path}/${first.id}`, { method: 'DELETE' }), 204)
  expect((await clinic.ask('/api/invitations/look', send('POST', { token: first.token }))).status).toBe(410)
})

it('the list of emergencies goes on to the first one, a page at a time, each once', async () => {
  const clientId = await addClient(thea, 'Fay')
  const times = Array.from({ length: 230 }, (_, i) => Math.floor(i / 3))
  for (const [i, at_ms] of times.entries())
    await clinic.store.db
      .insertInto('break_glass')
      .values({ id: `g${i}`, person_id: theaId, client_id: clientId, reason: 'x', at_ms, until_ms: at_ms + 1 })
      .execute()
  const seen: { id: string; atMs: number }[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: typeof seen; nextCursor: string | null } = await read(
      thea(`/api/break-glass${cursor === '' ? '' : `?cursor=${cursor}`}`),
    )
    seen.push(...page.items)
    cursor = page.nextCursor
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(230)
  expect(seen.map(({ atMs }) => atMs)).toEqual(times.toReversed())
})
