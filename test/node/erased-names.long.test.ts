// "Nothing left behind": whoever knows everything about an erased client finds none of it, in no byte of any file nor in what was
// printed, plain, written otherwise, hashed, or hashed with a key of the server's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verify } from '../../src/cli/verify-audit.ts'
import { read } from '../support/clinic-work.ts'
import { eraseKnownClient, type ErasedClient } from '../support/erased-client.ts'
import { tracesOf } from '../support/traces.ts'
import { collectOutput } from '../support/said.ts'

describe.each(['administrator', 'themself'] as const)('what is left of a client whom %s erased', (by) => {
  let erased: ErasedClient
  beforeAll(async () => {
    erased = await eraseKnownClient(by)
  })
  afterAll(() => erased.end())

  it('is no name, address, id, token, key, salt or reason, in no way of writing and under no key', () => {
    expect(erased.everything.length).toBeGreaterThan(10_000)
    expect(erased.find(erased.everything)).toEqual([])
  })

  it('is no heart rate: as files, as a phone sent them, as columns', () => {
    expect(erased.heartRates.length).toBeGreaterThan(8)
    expect(erased.find(erased.heartRates)).toEqual([])
  })

  it('is nothing that a look for somebody else does not find', () => {
    const others = new Map([['name', 'Annabella']].concat([['mail', 'thea@example.org']]) as [string, string][])
    const found = erased.find(tracesOf(others, []))
    expect(found).toContain('name, as it is')
    expect(found).toContain('mail, as it is')
  })

  it('is a row of the emergency list that says who looked and when, not at whom or why', async () => {
    const { items } = await read<{ items: object[] }>(erased.staff('/api/break-glass'))
    expect(items).toMatchObject([{ personName: 'Thea', client: null, reason: null }])
  })

  it('is a log that is whole, and says that somebody was erased, by whom of staff, and out of which lines', async () => {
    const { output, printed } = collectOutput()
    expect(await verify(erased.folder, output)).toBe(0)
    expect(printed()[1]).toMatch(/^struck out of \d+ lines, as later lines say: /)
    const { items } = await read<{ items: object[] }>(erased.staff('/api/audit?action=data.erase'))
    const nobody = { clientId: null, whomStruck: true, detail: {} }
    expect(items[0]).toMatchObject({ ...nobody, personName: by === 'administrator' ? 'Thea' : null })
  })
})
