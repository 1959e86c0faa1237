// An export of 2,000 files over HTTP: how much memory it takes, and what is left of it after kill -9 in the middle.
import { strict as assert } from 'node:assert'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { root } from '../house/run.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { startServer } from '../support/served.ts'
import { dumpStore } from './dump-store.ts'
import { makeExport } from './made-export.ts'
import { peakMb } from './peak-memory.ts'
import { endOfImport, laterImport, type Import } from '../support/imports.ts'
import type { Check } from '../support/check.ts'

const MAX_GROWTH_MB = 150

export async function importExport(check: Check, seed: number): Promise<void> {
  const { zip, runs } = makeExport(seed)
  const whole = mkdtempSync(join(tmpdir(), 'calmpace-whole-'))
  const broken = mkdtempSync(join(tmpdir(), 'calmpace-broken-'))
  try {
    await check(
      'a zip of 2,000 files imports, each run with a word and what is no run counted, in bounded memory',
      async () => {
        const server = await startServer(whole)
        const ask = asking(server.url, await joinFirst(server))
        const client = await addClient(ask)
        // The first one, which holds no run, warms the process up: what it needs once does not grow with the import.
        await upload(
          ask,
          client,
          'first.zip',
          zipSync({ 'settings.fit': readFileSync(join(root, 'fixtures/fit/settings.fit')) }),
        )
        const before = peakMb(server)
        const { results, left } = await upload(ask, client, 'export.zip', zip)
        const grown = peakMb(server) - before
        await server.end('SIGTERM')
        const leftCount = left.flatMap(({ counts }) => counts).reduce((sum, { count }) => sum + count, 0)
        assert.equal(results.length + leftCount, 2000)
        assert.equal(results.filter(({ runId }) => runId !== null).length, runs)
        assert.ok(results.every(({ runId, code }) => (runId === null) !== (code === null)))
        if (Number.isNaN(grown))
          console.log('  skipped: memory (this system does not tell the peak of another process)')
        else {
          console.log(`  memory grew by ${Math.round(grown)} MB for a zip of ${Math.round(zip.length / 1e6)} MB`)
          assert.ok(grown < MAX_GROWTH_MB, `${grown} MB`)
        }
      },
    )
    await check('killed in the middle and repeated, it gives the same store as one uninterrupted import', async () => {
      let killed = 0
      let cookie: string | null = null
      for (const share of [0.2, 0.55]) {
        const server = await startServer(broken)
        cookie ??= await joinFirst(server)
        const ask = asking(server.url, cookie)
        const client = (await firstClient(ask)) ?? (await addClient(ask))
        const uploading = upload(ask, client, 'export.zip', zip).then(
          () => false,
          () => true,
        )
        while ((await runCount(ask)) < share * runs) await new Promise((resolve) => setTimeout(resolve, 20))
        await server.end('SIGKILL')
        if (await uploading) killed++
      }
      assert.equal(killed, 2, 'the imports ended before they were killed')
      const server = await startServer(broken)
      const ask = asking(server.url, cookie ?? '')
      const client = (await firstClient(ask)) ?? ''
      await upload(ask, client, 'export.zip', zip)
      // Those that the kills interrupted went on by themselves meanwhile.
      const listed = await ask(`/api/clients/${client}/imports`)
      for (const { id } of ((await listed.json()) as { items: { id: string }[] }).items)
        assert.equal((await endOfImport(ask, `/api/clients/${client}/imports/${id}`)).state, 'done')
      await server.end('SIGTERM')
      assert.deepEqual(dumpStore(broken), dumpStore(whole))
      assert.deepEqual(
        readdirSync(broken).filter((name) => name.startsWith('upload-')),
        [],
      )
    })
  } finally {
    for (const folder of [whole, broken]) rmSync(folder, { recursive: true })
  }
}

const upload = async (ask: SignedIn, client: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Import> =>
  endOfImport(ask, await laterImport(ask, client, { [name]: bytes }))

async function addClient(ask: SignedIn): Promise<string> {
  const response = await ask('/api/clients', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ firstName: 'Noor', birthYear: 1986 }),
  })
  return ((await response.json()) as { id: string }).id
}

type Clients = { items: { id: string; runCount: number }[] }
const clients = async (ask: SignedIn) => ((await (await ask('/api/clients')).json()) as Clients).items
const firstClient = async (ask: SignedIn) => (await clients(ask))[0]?.id ?? null
const runCount = async (ask: SignedIn) => (await clients(ask))[0]?.runCount ?? 0
