import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { runRetention } from '../../../src/store/rights/retention.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { signIn } from '../../support/account.ts'

afterAll(closeClinics)

it('keeps no address and nothing begun at signing in for longer than its time: the daily job takes them', async () => {
  const { ask, store } = await openClinic({ address: () => '198.51.100.77' })
  await signIn(ask, 'wilma@example.org', 'een verkeerd wachtwoord')
  await ask('/api/auth/passkey/generate-authenticate-options')
  const left = async () => {
    const tables = ['rateLimit', 'verification', 'sign_in_lock']
    const counts = tables.map((table) =>
      sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(store.db),
    )
    return (await Promise.all(counts)).map(({ rows }) => (rows[0]?.rows ?? 0) > 0)
  }
  await runRetention(store, Date.now())
  expect(await left()).toEqual([true, true, true])
  await runRetention(store, Date.now() + 2 * 3_600_000)
  expect(await left()).toEqual([false, false, false])
})
