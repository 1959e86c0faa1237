// A phone sends its batches to a served process that is killed between and during requests. What was acknowledged is there
// after the start; sending the rest again gives the same runs as if nothing had happened.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { readStreamBatches } from '../../src/formats/phone-recording/stream-file.ts'
import { addClient, read, setZone } from '../support/clinic-work.ts'
import { asking, joinFirst, type SignedIn } from '../support/first-person.ts'
import { cutIntoBatches, newPart, sendBatches, type Part, type Sent } from '../support/phone.ts'
import { startServer } from '../support/served.ts'
import { madeStream } from '../support/stream.ts'
import { dumpStore } from './dump-store.ts'
import type { Check } from '../support/check.ts'

const RUNNERS = 3
const KILLS = 5
const BATCHES_A_REQUEST = 3

export async function batches(check: Check, seed: number): Promise<void> {
  const folders = mkdtempSync(join(tmpdir(), 'calmpace-batches-'))
  const random = seeded(seed)
  try {
    await check(
      'killed while phones send, every acknowledged batch is kept, and the runs become the same',
      async () => {
        const whole = join(folders, 'whole')
        const server = await startServer(whole)
        const ask = asking(server.url, await joinFirst(server))
        const phones = await makePhones(ask, seed)
        const from = performance.now()
        await sendAll(ask, phones)
        const tookMs = performance.now() - from
        await server.end('SIGTERM')
        const killed = await sendThroughKills(join(folders, 'killed'), seed, () => random() * tookMs)
        assert.ok(killed > 0, 'the phones had sent all before the first kill')
        assert.deepEqual(dumpStore(join(folders, 'killed')), dumpStore(whole))
      },
    )
  } finally {
    rmSync(folders, { recursive: true })
  }
}

interface Phone {
  readonly part: Part
  readonly unacknowledged: Map<number, Sent>
  readonly acknowledged: Set<number>
}

async function makePhones(ask: SignedIn, seed: number): Promise<Phone[]> {
  const phones: Phone[] = []
  for (let i = 0; i < RUNNERS; i++) {
    const part = newPart(await addClient(ask, `Loper ${i}`), { recorderId: `phone-${i}` })
    await setZone(ask, part.clientId, { manualCeilingBpm: 132 }, 'talk test')
    const entries = madeStream(900, (s) => 115 + ((s * (seed + i + 1)) % 40))
    const sent = cutIntoBatches(part, entries, 20)
    phones.push({ part, unacknowledged: new Map(sent.map((one) => [one.number, one])), acknowledged: new Set() })
  }
  return phones
}

/** All phones at once, each request when the one before it was answered. @throws where the server is gone */
async function sendAll(ask: SignedIn, phones: readonly Phone[]): Promise<void> {
  const outcomes = await Promise.allSettled(
    phones.map(async ({ part, unacknowledged, acknowledged }) => {
      while (unacknowledged.size > 0) {
        const some = [...unacknowledged.values()].slice(0, BATCHES_A_REQUEST)
        const answer = await sendBatches(ask, part, some)
        assert.deepEqual(answer.refused, [])
        for (const { number } of answer.acknowledged) {
          acknowledged.add(number)
          unacknowledged.delete(number)
        }
      }
    }),
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** @returns how often the server was killed before all was sent */
async function sendThroughKills(folder: string, seed: number, killAfterMs: () => number): Promise<number> {
  let [killed, cookie]: [number, string | null] = [0, null]
  let phones: Phone[] | null = null
  for (let start = 0; start <= KILLS; start++) {
    const server = await startServer(folder)
    cookie ??= await joinFirst(server)
    const ask = asking(server.url, cookie)
    const here: readonly Phone[] = (phones ??= await makePhones(ask, seed))
    for (const phone of here) expectKept(folder, phone)
    const sending = sendAll(ask, here).then(
      () => true,
      () => false,
    )
    if (start < KILLS) {
      await new Promise((resolve) => setTimeout(resolve, killAfterMs() / 3))
      await server.end('SIGKILL')
      if (!(await sending)) killed++
    } else {
      assert.ok(await sending, 'not all was taken in the end')
      for (const phone of here) assert.equal(await stateOf(ask, phone), 'composed')
      await server.end('SIGTERM')
    }
  }
  return killed
}

async function stateOf(ask: SignedIn, { part }: Phone): Promise<string | undefined> {
  const groupRun = read<{ participations: { state: string }[] }>(ask(`/api/group-runs/${part.groupRunId}`))
  return (await groupRun).participations[0]?.state
}

/** Every acknowledged batch is a row, or stands in the file of its run. */
function expectKept(folder: string, { part, acknowledged }: Phone): void {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
  const rows = sqlite.prepare('select number from batch where participation_id = ?').all(part.participationId)
  const parts = sqlite
    .prepare(
      `select bytes from participation join run on run.id = run_id join run_file_part using (file_id)
       where participation.id = ? order by part`,
    )
    .all(part.participationId)
  sqlite.close()
  const file = Buffer.concat(parts.map(({ bytes }) => bytes as Uint8Array))
  const kept = new Set([
    ...rows.map(({ number }) => Number(number)),
    ...(file.length === 0 ? [] : readStreamBatches(Uint8Array.from(file)).batches.map(({ number }) => number)),
  ])
  assert.deepEqual(
    [...acknowledged].filter((number) => !kept.has(number)),
    [],
  )
}
