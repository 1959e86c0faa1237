import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { QUIET_HEADER } from '../../../src/http/sign-in/quiet.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'

afterAll(closeClinics)

it('what the page asks by itself lengthens no session', async () => {
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  const { db } = clinic.store
  const endOf = async () =>
    (await sql<{ expiresAt: string }>`select expiresAt from session`.execute(db)).rows[0]?.expiresAt
  // Two hours of its twelve are over: the next thing that somebody does lengthens it.
  const before = new Date(Date.now() + 10 * 3_600_000).toISOString()
  await sql`update session set expiresAt = ${before}`.execute(db)

  for (const path of ['/api/me', '/api/flags/news', '/api/clients']) {
    const response = await thea(path, { headers: { [QUIET_HEADER]: '1' } })
    expect([path, response.status, response.headers.getSetCookie()]).toEqual([path, 200, []])
    expect(await endOf()).toBe(before)
  }
  await thea('/api/me')
  expect(await endOf()).not.toBe(before)
})
