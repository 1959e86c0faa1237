// What a client takes along, read back by judges that are not ours: a strict reader of zips, a reader of CSV, a browser that looks at
// the page. Over the whole demo clinic, in both languages.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { demoClients } from '../../src/cli/demo/made-clients.ts'
import { runsOf } from '../../src/cli/demo/made-weeks.ts'
import { fillClinic } from '../../src/cli/demo/fill-clinic.ts'
import { clientArchiveSchema, type ClientArchive } from '../../src/formats/archive/client-archive.ts'
import { openArchive } from '../../src/formats/archive/read-archive.ts'
import { zipChunks } from '../../src/formats/archive/write-zip.ts'
import { sourceOfBytes } from '../../src/formats/byte-source.ts'
import { joinBytes } from '../../src/formats/join-bytes.ts'
import { openStore } from '../../src/node/open-store.ts'
import { serve } from '../../src/node/serve.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { dataMembers, gatherData } from '../../src/store/rights/export-data.ts'
import { lookAtPage } from '../support/look-at-page.ts'

/** By the clock that the service goes by: what is told of is of the last 60 days. */
const NOW_MS = Date.now()
const folder = mkdtempSync(join(tmpdir(), 'calmpace-zip-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Members by name, as yauzl reads them: it refuses names that lead out of a folder, sizes that lie, and damage. */
async function readStrictly(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const file = await yauzl.fromBufferPromise(Buffer.from(zip), { strictFileNames: true, validateEntrySizes: true })
  const members = new Map<string, Buffer>()
  for await (const entry of file.eachEntry()) {
    const stream = await file.openReadStreamPromise(entry)
    expect(members.has(entry.fileName)).toBe(false)
    members.set(entry.fileName, await buffer(stream))
  }
  return members
}

describe("a client's own data", () => {
  const zips = new Map<string, { readonly nl: Uint8Array; readonly international: Uint8Array }>()
  beforeAll(async () => {
    const where = { dataFolder: folder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
    const served = await serve({ port: 0, ...where }, undefined, { isNew: true })
    try {
      await fillClinic(served, NOW_MS)
    } finally {
      await served.close()
    }
    const store = await openStore(folder)
    for (const { id, first_name } of await store.db.selectFrom('client').select(['id', 'first_name']).execute()) {
      const access = makeSystemAccess(id, 'data.export')
      const write = async (dialect: 'nl' | 'international') => {
        const archive = await store.atomically((db) => gatherData(db, access, { nowMs: NOW_MS, isOwn: true }))
        if (archive === null) throw new Error('no such client')
        const pieces: Uint8Array[] = []
        const members = dataMembers(store.db, access, archive, dialect, 'https://practice.example')
        for await (const piece of zipChunks(members, NOW_MS)) pieces.push(piece)
        return joinBytes(pieces)
      }
      zips.set(first_name, { nl: await write('nl'), international: await write('international') })
    }
    await store.close()
  })

  it.each(demoClients.map(({ firstName }) => firstName))(
    'of %s is read by a strict reader, name by name',
    async (firstName) => {
      const zip = zips.get(firstName)
      if (zip === undefined) throw new Error('no such client')
      for (const dialect of ['nl', 'international'] as const) {
        const members = await readStrictly(zip[dialect])
        const names = [...members.keys()]
        for (const segment of names.flatMap((name) => name.split('/')))
          expect(segment).toMatch(/^[\w-][\w.-]{0,100}(?<!\.)$/)
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
        const runs = runsOf(demoClients.find((one) => one.firstName === firstName) ?? demoClients[0], NOW_MS)
        const tables = names.filter((name) => name.endsWith('.csv'))
        expect(tables).toHaveLength(runs.length)
        for (const name of tables) {
          const delimiter = dialect === 'nl' ? ';' : ','
          const rows = parse<object>(members.get(name) ?? '', { bom: true, columns: true, delimiter })
          expect(rows.length).toBeGreaterThan(600)
        }
      }
    },
  )

  it('holds a page for people: each run, what was told and agreed, and nothing from elsewhere', async () => {
    let unmeasuredOfAll = 0
    for (const zip of zips.values()) {
      const members = await readStrictly(zip.nl)
      const page = String(members.get('index.html'))
      const archive: ClientArchive = clientArchiveSchema.parse(JSON.parse(String(members.get('calmpace.json'))))
      // A run of two recordings is told once, and one without a heart rate has nothing to draw.
      const told = archive.runs.length - archive.combinations.length
      const unmeasured = archive.assessments.filter(({ assessment }) => assessment.zoneTime.coverage === 0).length
      expect(page.match(/<article><h3>/g)?.length).toBeGreaterThanOrEqual(told)
      expect(page.match(/<svg /g)).toHaveLength(told - unmeasured)
      unmeasuredOfAll += unmeasured
      expect(page).not.toMatch(/<script|https?:|url\(|@import|undefined|NaN|\[object/)
      for (const [, href = ''] of page.matchAll(/href="([^"]*)"/g))
        expect(href.startsWith('#') ? page.includes(`id="${href.slice(1)}"`) : members.has(href)).toBe(true)
      for (const { whatHelped } of archive.afterRuns) if (whatHelped !== null) expect(page).toContain(whatHelped)
      for (const folder of ['files', 'runs', 'columns', 'streams'])
        expect(page.includes(`<dt>${folder}</dt>`)).toBe(
          [...members.keys()].some((name) => name.startsWith(`${folder}/`)),
        )
      for (const { reasonForClient } of archive.plans) expect(page).toContain(reasonForClient)
      // It comes back in as before.
      expect((await openArchive(sourceOfBytes(zip.nl))).ok).toBe(true)
    }
    expect(unmeasuredOfAll).toBe(1)
  })

  it('looks well on a phone and a desk, in the light and the dark, to people and to axe', async (context) => {
    const shown = zips.get('Hilde')
    if (shown === undefined) throw new Error('no such client')
    for (const dialect of ['nl', 'international'] as const) {
      const page = (await readStrictly(shown[dialect])).get('index.html')
      const path = join(folder, `${dialect}.html`)
      writeFileSync(path, page ?? '')
      const pictures = process.env['PICTURES'] ?? null
      if (pictures !== null) mkdirSync(pictures, { recursive: true })
      const found = await lookAtPage(path, pictures && join(pictures, dialect))
      if (found === null) context.skip('there is no Chromium')
      expect(found).toEqual([])
    }
  })
})
