import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, inject, it } from 'vitest'
import { rightsContract } from '../http/rights/rights-contract.ts'
import { openNew } from './open-clinic.ts'

const clinicOf = (host: string) => env.CLINIC.get(env.CLINIC.idFromName(host))

describe('rights of a client in workerd, with a Durable Object', () => {
  rightsContract({
    openNew: async () => {
      const { ask, firstToken, host } = await openNew()
      const retain = (nowMs: number) => runInDurableObject(clinicOf(host), (clinic) => clinic.retain(nowMs))
      return { ask, firstToken, retain }
    },
    fixture: (name) => {
      const bytes = atob(inject('fixtures')[`${name}.fit`] ?? '')
      return Uint8Array.from(bytes, (char) => char.charCodeAt(0))
    },
  })

  it('deletes sessions that are over by its alarm', async () => {
    const clinic = clinicOf((await openNew()).host)
    const left = await runInDurableObject(clinic, async (here, { storage }) => {
      storage.sql.exec(`insert into person (id, name, email, emailVerified, createdAt, updatedAt)
        values ('thea', 'Thea', 'thea@example.org', 0, '2026-01-01', '2026-01-01')`)
      for (const [id, agoMs] of [
        ['idle', 3_600_000],
        ['used', 60_000],
      ] as const)
        storage.sql.exec(
          `insert into session (id, expiresAt, token, createdAt, updatedAt, userId, beganAtMs, seenAtMs)
           values (?, '2099-01-01', ?, '', '', 'thea', ?, ?)`,
          ...[id, id, Date.now() - 7_200_000, Date.now() - agoMs],
        )
      await here.alarm()
      return storage.sql.exec('select id from session').toArray()
    })
    expect(left).toEqual([{ id: 'used' }])
  })

  it('has an alarm from its first moment, which does the daily job once a day and sets the next one', async () => {
    const clinic = clinicOf((await openNew()).host)
    expect(await runDurableObjectAlarm(clinic)).toBe(true)
    const [actions, next] = await runInDurableObject(clinic, async (_clinic, { storage }) => [
      storage.sql.exec('select action from audit').toArray(),
      await storage.getAlarm(),
    ])
    expect(actions).toEqual([{ action: 'retention.ran' }])
    await runDurableObjectAlarm(clinic)
    const count = await runInDurableObject(clinic, (_clinic, { storage }) => [
      ...storage.sql.exec('select count(*) as lines from audit'),
    ])
    expect(count).toEqual([{ lines: 1 }])
    expect(next).toBeGreaterThan(Date.now())
  })
})
