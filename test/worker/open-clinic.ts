// A fresh clinic in workerd: a host name is a clinic, so a new one has a database of its own. The first administrator's code
// goes to the log of a Worker, where a test cannot read it: it writes an invitation of its own.
import { env, runInDurableObject, SELF } from 'cloudflare:test'
import { expect } from 'vitest'
import { sha256Hex } from '../../src/store/sha256.ts'
import type { NewClinic } from '../support/sign-in.ts'

let clinics = 0

/** As a page does: what changes something says where it comes from. */
export const askingAt =
  (host: string): NewClinic['ask'] =>
  async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (init.method !== undefined && !headers.has('origin')) headers.set('origin', `https://${host}`)
    return SELF.fetch(`https://${host}${path}`, { ...init, headers })
  }

export async function openNew(): Promise<NewClinic & { readonly host: string }> {
  const host = `clinic-${++clinics}.test`
  const ask = askingAt(host)
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
  return { ask, firstToken, host }
}
