// The network address of a client who leaves, in whatever order: it stands in no byte that is left.
import { readdirSync, readFileSync } from 'node:fs'
import { join as pathOf } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { signIn } from '../support/account.ts'
import { addClient, read } from '../support/clinic-work.ts'
import { closeClinics, openClinic, type NodeClinic } from '../support/node-clinic.ts'
import { join, joinFirst, send, type Ask } from '../support/sign-in.ts'

const CLINIC = '192.0.2.10'
const HERS = '198.51.100.77'
let from = CLINIC
/** A minute does not end in the middle of what is tried. */
const BEGAN_MS = Date.now()
let laterMs = 0
afterEach(() => {
  from = CLINIC
  laterMs = 0
})
afterAll(closeClinics)

interface World {
  readonly clinic: NodeClinic
  readonly thea: Ask
  readonly clientId: string
  readonly personId: string
}

/** From there: a wrong password, a passkey that was begun, and codes until they are too fast, of whom some wait to be counted. */
async function tryFromHers(ask: Ask): Promise<void> {
  from = HERS
  await signIn(ask, 'hilde@example.org', 'een verkeerd wachtwoord')
  await ask('/api/auth/passkey/generate-authenticate-options')
  const code = () => ask('/api/auth/two-factor/verify-totp', send('POST', { code: '000000' }))
  for (let tries = 0; tries < 10; tries++) await code()
  const late = await Promise.all(Array.from({ length: 5 }, code))
  expect(new Set(late.map(({ status }) => status))).toEqual(new Set([429]))
  from = CLINIC
}

/** Hilde joined, and somebody tries to sign in as her. */
async function withTries(): Promise<World> {
  const clinic = await openClinic({ address: () => from, nowMs: () => BEGAN_MS + laterMs })
  const thea = await joinFirst(clinic)
  const clientId = await addClient(thea, 'Hilde')
  const { token } = await read<{ token: string }>(thea(`/api/clients/${clientId}/invitations`, { method: 'POST' }), 201)
  from = HERS
  const hilde = await join(clinic.ask, token, 'hilde@example.org')
  const { personId } = await read<{ personId: string }>(hilde('/api/me'))
  await tryFromHers(clinic.ask)
  const { rows } = await countsOf(clinic)
  expect(rows).toContain(HERS)
  return { clinic, thea, clientId, personId }
}
/** What signing in keeps by itself. */
async function countsOf({ store: { db } }: NodeClinic) {
  const tables = ['rateLimit', 'verification', 'sign_in_lock', 'refusals'] as const
  const found = await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table as 'refusals')
        .selectAll()
        .execute(),
    ),
  )
  return { rows: JSON.stringify(found), left: found.slice(0, 3).map((rows) => rows.length) }
}
const bytesOf = ({ folder }: NodeClinic): boolean =>
  readdirSync(folder).some((name) => readFileSync(pathOf(folder, name)).includes(HERS))
const remove = ({ thea, personId }: World) => read(thea(`/api/people/${personId}`, { method: 'DELETE' }), 204)
const erase = ({ thea, clientId }: World) =>
  read(thea(`/api/clients/${clientId}`, send('DELETE', { confirmation: 'Hilde' })), 204)

describe('the address of somebody who leaves', () => {
  it('is in no table of signing in once their account was removed', async () => {
    const world = await withTries()
    await remove(world)
    const { rows, left } = await countsOf(world.clinic)
    expect([rows.includes(HERS), left]).toEqual([false, [0, 0, 0]])
  })

  it('is in no byte once they are erased, also where their account was removed first and somebody tried it again', async () => {
    const world = await withTries()
    await remove(world)
    laterMs += 120_000
    await tryFromHers(world.clinic.ask)
    expect((await countsOf(world.clinic)).rows).toContain(HERS)
    await erase(world)
    expect((await countsOf(world.clinic)).left).toEqual([0, 0, 0])
    // What waited in memory to be counted is told with the next request.
    laterMs += 120_000
    await world.clinic.ask('/api/invitations/look', send('POST', { token: 'x'.repeat(32) }))
    await world.clinic.store.compact?.()
    expect(bytesOf(world.clinic)).toBe(false)
  })

  it('is in no table of signing in once they are erased and stay as staff', async () => {
    const world = await withTries()
    await read(world.thea(`/api/people/${world.personId}/roles`, send('PUT', { roles: ['therapist'] })))
    await erase(world)
    const { rows, left } = await countsOf(world.clinic)
    expect([rows.includes(HERS), left]).toEqual([false, [0, 0, 0]])
  })
})
