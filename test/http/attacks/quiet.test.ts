import { afterAll, expect, it } from 'vitest'
import { QUIET_HEADER } from '../../../src/http/sign-in/quiet.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst } from '../../support/sign-in.ts'

afterAll(closeClinics)

it('what the page asks by itself lengthens no session', async () => {
  const clinic = await openClinic()
  const thea = await joinFirst(clinic)
  const { db } = clinic.store
  const seenOf = async () => (await db.selectFrom('session').select('seenAtMs').executeTakeFirst())?.seenAtMs
  // Unused for half an hour: the next thing that somebody does is a use.
  const before = Date.now() - 1_800_000
  await db.updateTable('session').set({ seenAtMs: before }).execute()

  for (const path of ['/api/me', '/api/flags/news', '/api/clients']) {
    const response = await thea(path, { headers: { [QUIET_HEADER]: '1' } })
    expect([path, response.status, response.headers.getSetCookie()]).toEqual([path, 200, []])
    expect(await seenOf()).toBe(before)
  }
  await thea('/api/me')
  expect(await seenOf()).toBeGreaterThan(before)
})
