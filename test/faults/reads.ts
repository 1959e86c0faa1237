// Many read at the same moment from a served process that is killed meanwhile: lines of the log share a write to the disk, and whoever
// was answered has theirs there. The log is whole after each kill.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { openToRead } from '../../src/node/open-to-read.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { addClient, setZone } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { startServer } from '../support/served.ts'
import type { Check } from '../support/check.ts'

const KILLS = 5
const READERS = 8
const CLIENTS = 3
const MOST_MS = 1500

export async function reads(check: Check, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-reads-'))
  const random = seeded(seed)
  try {
    await check(
      'killed while many read, whoever was answered has a line in the log, and the log is whole',
      async () => {
        const { cookie, clientIds } = await makeClients(folder)
        const answered = new Map<string, number>()
        for (let kill = 0; kill < KILLS; kill++) {
          const server = await startServer(folder)
          const reading = readOn(asking(server.url, cookie), clientIds, answered)
          await new Promise((resolve) => setTimeout(resolve, 200 + random() * MOST_MS))
          await server.end('SIGKILL')
          await reading
          await expectLogged(folder, answered)
        }
        const total = [...answered.values()].reduce((sum, count) => sum + count, 0)
        assert.ok(total > KILLS * READERS, `${total} answered`)
      },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function makeClients(
  folder: string,
): Promise<{ readonly cookie: string; readonly clientIds: readonly string[] }> {
  const server = await startServer(folder)
  const cookie = await joinFirst(server)
  const ask = asking(server.url, cookie)
  const clientIds: string[] = []
  for (let i = 0; i < CLIENTS; i++) {
    const id = await addClient(ask, `Loper ${i}`)
    await setZone(ask, id, { manualCeilingBpm: 132 }, 'talk test')
    clientIds.push(id)
  }
  await server.end('SIGTERM')
  return { cookie, clientIds }
}

/** What a client was asked for, and the line that each answer stands for. */
const looks = [
  ['', 'client.view'],
  ['/runs', 'run.view'],
  ['/patterns', 'patterns.view'],
] as const

/** Until the server is gone, each reader in the middle of a read.
 *  @param answered how many answers came, by client and action */
async function readOn(ask: SignedIn, clientIds: readonly string[], answered: Map<string, number>): Promise<void> {
  const readSome = async (reader: number) => {
    for (let i = reader; ; i++) {
      const clientId = clientIds[i % clientIds.length] ?? ''
      const [path, action] = looks[i % looks.length] ?? looks[0]
      // The beginning of an answer is enough: it was made.
      const response = await ask(`/api/clients/${clientId}${path}`).catch(() => null)
      if (response === null) return
      assert.equal(response.status, 200)
      const of = `${clientId} ${action}`
      answered.set(of, (answered.get(of) ?? 0) + 1)
      await response.arrayBuffer().catch(() => null)
    }
  }
  await Promise.all(Array.from({ length: READERS }, (_, reader) => readSome(reader)))
}

async function expectLogged(folder: string, answered: ReadonlyMap<string, number>): Promise<void> {
  const path = join(folder, 'calmpace.sqlite')
  const sqlite = new DatabaseSync(path, { readOnly: true })
  const lines = sqlite
    .prepare('select client_id, action, count(*) as count from audit group by client_id, action')
    .all()
  sqlite.close()
  const logged = new Map(
    lines.map((row) => [`${String(row['client_id'])} ${String(row['action'])}`, Number(row['count'])]),
  )
  const missing = [...answered].filter(([of, count]) => (logged.get(of) ?? 0) < count)
  assert.deepEqual(missing, [], 'answered without a line')
  const { db, close } = openToRead(path)
  const found = await verifyAudit(db).finally(close)
  assert.equal(found.ok, true, JSON.stringify(found))
}
