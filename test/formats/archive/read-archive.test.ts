// What `openArchive` makes of bytes that nobody of ours wrote. The way there and back is in test/http/rights/data.ts.
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/formats/archive/read-archive.ts'
import { zipChunks, type ZipMember } from '../../../src/formats/archive/write-zip.ts'
import { sourceOfBytes } from '../../../src/formats/byte-source.ts'

const archive = {
  format: 'calmpace-client',
  version: 1,
  exportedAtMs: 1,
  client: { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 },
  zones: [],
  files: [],
  runs: [],
  assessments: [],
  combinations: [],
  account: null,
  groups: [],
  log: [],
}
const zipOf = (json: unknown) => zipSync({ 'calmpace.json': strToU8(JSON.stringify(json)) })
const open = async (bytes: Uint8Array) => openArchive(sourceOfBytes(bytes))
const codeOf = async (bytes: Uint8Array) => {
  const opened = await open(bytes)
  return opened.ok ? 'ok' : opened.code
}

describe('openArchive', () => {
  it('opens the smallest archive there is', async () => {
    expect(await codeOf(zipOf(archive))).toBe('ok')
  })

  it.each([
    [
      'points at a run that is not there',
      { combinations: [{ runId: 'a', otherRunId: 'b', combinedAtMs: 1 }] },
      'BROKEN',
    ],
    ['lacks a list', { zones: undefined }, 'BROKEN'],
    ['has a name that is none', { client: { ...archive.client, firstName: ' ' } }, 'BROKEN'],
    ['has what no archive has in a client', { client: { ...archive.client, diagnosis: 'x' } }, 'BROKEN'],
    ['is of a newer calmpace', { version: 3, zones: 'otherwise' }, 'TOO_NEW'],
    ['is of something else', { format: 'other' }, 'FOREIGN'],
  ])('refuses one that %s', async (_, change, code) => {
    expect(await codeOf(zipOf({ ...archive, ...change }))).toBe(code)
  })

  it('refuses one that holds millions of empty lists, before it makes anything of them', async () => {
    const many = `${'[],'.repeat(2_000_001)}[]`
    const text = JSON.stringify(archive).replace('"log":[]', `"log":[${many}]`)
    expect(await codeOf(zipSync({ 'calmpace.json': strToU8(text) }))).toBe('BROKEN')
    const some = JSON.stringify(archive).replace('"log":[]', `"log":[${'[],'.repeat(1000)}[]]`)
    expect(await codeOf(zipSync({ 'calmpace.json': strToU8(some) }))).toBe('ok')
  })

  it('never throws, on random bytes or on an archive with bytes changed or missing', async () => {
    const whole = zipOf(archive)
    const damaged = fc
      .record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), end: fc.integer({ min: 0, max: whole.length }) })
      .map(({ at, byte, end }) => whole.map((one, i) => (i === at ? byte : one)).slice(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), async (bytes) => {
        expect(['ok', 'FOREIGN', 'TOO_NEW', 'BROKEN']).toContain(await codeOf(bytes))
      }),
      { numRuns: 500 },
    )
  })
})

describe('zipChunks', () => {
  it('asks for a member only when what came before it was taken', async () => {
    let asked = 0
    async function* members(): AsyncGenerator<ZipMember> {
      for (asked = 1; asked <= 50; asked++) yield { path: `${asked}.bin`, bytes: new Uint8Array(100_000).fill(asked) }
    }
    const chunks = zipChunks(members(), 1_600_000_000_000)
    await chunks.next()
    expect(asked).toBe(1)
    await chunks.return(undefined)
    expect(asked).toBe(1)
  })
})
