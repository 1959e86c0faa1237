// "Nothing left behind": whoever knows everything about an erased client finds none of it in any table besides the log, nor a heart
// rate in any file. The log has a test of its own.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { read } from '../support/clinic-work.ts'
import { eraseKnownClient, spellingsOf, type ErasedClient } from '../support/erased-client.ts'
import { closeClinics } from '../support/node-clinic.ts'

let erased: ErasedClient
beforeAll(async () => {
  erased = await eraseKnownClient()
}, 60_000)
afterAll(closeClinics)

/** Every table but the log, as text. */
async function tables(): Promise<ReadonlyMap<string, string>> {
  const { db } = erased.clinic.store
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not in ('audit', 'audit_head')`.execute(db)
  const found = new Map<string, string>()
  for (const { name } of rows) {
    const held = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    const values = held.rows.flatMap((row) => Object.values(row))
    const texts = values.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
    )
    found.set(name, texts.join('\n'))
  }
  return found
}

describe('what is left of an erased client, for who knows all of them', () => {
  it('is no name, e-mail address, network address or id in any table besides the log', async () => {
    const held = await tables()
    expect(held.get('person')).toContain('thea@example.org')
    for (const [what, word] of erased.known)
      for (const spelling of spellingsOf(word))
        for (const [table, text] of held)
          expect([what, table, text.toLowerCase().includes(spelling.toLowerCase())]).toEqual([what, table, false])
  })

  it('is no e-mail address in any file', () => {
    const mail = erased.known.get('mail') ?? ''
    for (const text of [mail, mail.toLowerCase()]) expect(erased.holders(text)).toEqual([])
  })

  it('is no heart rate in any file: as columns, as files, as a phone sent them', () => {
    expect(erased.heartRates.size).toBeGreaterThan(3)
    for (const [what, bytes] of erased.heartRates) expect([what, erased.holders(bytes)]).toEqual([what, []])
  })

  it('is a row of the emergency list that says who looked and when, not at whom or why', async () => {
    const { items } = await read<{ items: object[] }>(erased.staff('/api/break-glass'))
    expect(items).toMatchObject([{ personName: 'Thea', clientId: null, reason: null }])
  })
})
