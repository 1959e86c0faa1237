import { env, runInDurableObject, SELF } from 'cloudflare:test'
import { describe, expect, inject } from 'vitest'
import { sha256Hex } from '../../src/store/sha256.ts'
import { httpContract } from '../http/contract.ts'

declare module 'vitest' {
  interface ProvidedContext {
    fixtures: Readonly<Record<string, string>>
  }
}

describe('HTTP in workerd, with a Durable Object', () => {
  let clinics = 0
  httpContract({
    // A host name is a clinic: a fresh one has a database of its own. The first administrator's code goes to the log of a
    // Worker, where a test cannot read it: it writes an invitation of its own.
    openNew: async () => {
      const host = `clinic-${++clinics}.test`
      const ask = async (path: string, init?: RequestInit) => SELF.fetch(`https://${host}${path}`, init)
      expect((await ask('/readyz')).status).toBe(200)
      const firstToken = `token of ${host}`
      const sha256 = await sha256Hex(firstToken)
      await runInDurableObject(env.CLINIC.get(env.CLINIC.idFromName(host)), (_clinic, { storage }) => {
        storage.sql.exec(
          `insert into invitation (id, token_sha256, roles_json, group_ids_json, created_at_ms, expires_at_ms)
           values ('first', ?, '["administrator"]', '[]', 0, 9e15)`,
          sha256,
        )
      })
      return { ask, firstToken }
    },
    fixture: (name) => {
      const bytes = atob(inject('fixtures')[`${name}.fit`] ?? '')
      return Uint8Array.from(bytes, (char) => char.charCodeAt(0))
    },
  })
})
