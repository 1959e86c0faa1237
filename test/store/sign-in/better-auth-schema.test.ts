import { getMigrations } from 'better-auth/db/migration'
import { describe, expect, it } from 'vitest'
import { makeAuth } from '../../../src/http/sign-in/auth.ts'
import { openStore } from '../../../src/node/open-store.ts'

describe('our tables of sign-in', () => {
  it('are those that better-auth asks for: it has none to make and none to add to', async () => {
    const store = await openStore(null)
    const auth = makeAuth(store.db, 'only for tests '.repeat(4), 'http://localhost', Date.now)
    const { toBeCreated, toBeAdded } = await getMigrations(auth.options)
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
    await store.close()
  })
})
