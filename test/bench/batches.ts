// Batches into the store, as a phone's requests bring them, against rows of the same bytes written with bare node:sqlite: the
// same table, the same durability, one transaction for each request.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BatchesRequest } from '../../src/live/protocol.ts'
import { fromBase64 } from '../../src/live/base64.ts'
import { receiveBatches } from '../../src/live/receive-batches.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeAccess } from '../../src/store/people/access.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import { insertGroup, setGroupStaff } from '../../src/store/people/groups.ts'
import { insertPerson } from '../../src/store/people/people.ts'
import { cutIntoBatches, newPart, requestOf } from '../support/phone.ts'
import { madeStream } from '../support/stream.ts'
import { short, type Progress, type Yardstick } from './report.ts'
import { medianOf } from './timing.ts'

const RUNNERS = 10
const SECONDS = 1800
/** A phone sends what a minute brought: six batches of ten seconds. */
const ENTRIES_A_BATCH = 10
const BATCHES_A_REQUEST = 6
const ROUNDS = 9
const SMOKE_SECONDS = 120

/** How many times as long the service takes by the clock, which is what a phone waits for, and in words of processor time. */
export async function benchBatches(
  progress: Progress,
  smoke: boolean,
): Promise<{ readonly yardstick: Yardstick; readonly note: string }> {
  const rounds = smoke ? 1 : ROUNDS
  const [bare, served]: [Cost[], Cost[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    progress(`store: batches, round ${round} of ${rounds}`)
    const requests = makeRequests(smoke ? SMOKE_SECONDS : SECONDS)
    const [ofBare, ofService] = [writeBare(requests), await takeAll(requests)]
    // The first round warms both up.
    if (round === 0) continue
    bare.push(ofBare)
    served.push(ofService)
  }
  const times = (what: keyof Cost) => medianOf(served.map((one) => one[what])) / medianOf(bare.map((one) => one[what]))
  const [wall, cpu] = [times('wallMs'), times('cpuMs')]
  return {
    yardstick: { what: 'batches into the store', value: wall, must: 'at most', limit: 2.5, unit: 'times as long' },
    note:
      "300 requests' worth of batches, ten runners, against bare node:sqlite: there one transaction for each client and request, here one " +
      `for each request, each client in a savepoint; ${short(cpu)} times the processor time, the log's lines included`,
  }
}

interface Cost {
  readonly wallMs: number
  readonly cpuMs: number
}

/** @returns what it took until now */
function startCost(): () => Cost {
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpuFrom)
    return { wallMs: performance.now() - from, cpuMs: (user + system) / 1000 }
  }
}

interface Made {
  readonly groupRunId: string
  readonly request: BatchesRequest
  /** The bytes of its batches, in their order. */
  readonly bytes: readonly Uint8Array[]
}

/** Requests of a whole group, in turn, as they would come; nobody presses stop. */
function makeRequests(seconds: number): Made[] {
  const entries = madeStream(seconds, (s) => 110 + (s % 30)).slice(0, -1)
  const groupRunId = crypto.randomUUID()
  const phones = Array.from({ length: RUNNERS }, (_, i) => {
    const part = newPart(`client-${i}`, { groupRunId })
    return { part, sent: cutIntoBatches(part, entries, ENTRIES_A_BATCH) }
  })
  const made: Made[] = []
  for (let at = 0; at < (phones[0]?.sent.length ?? 0); at += BATCHES_A_REQUEST) {
    const all = phones.map(({ part, sent }) => requestOf(part, sent.slice(at, at + BATCHES_A_REQUEST)))
    const [first] = all
    if (first === undefined) continue
    const participations = all.flatMap((one) => one.participations)
    const batches = all.flatMap((one) => one.batches)
    const bytes = batches.map((one) => fromBase64(one.bytes) ?? new Uint8Array())
    made.push({ groupRunId, request: { ...first, participations, batches }, bytes })
  }
  return made
}

async function takeAll(requests: readonly Made[]): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  const store = await openStore(folder)
  try {
    const { db } = store
    await insertGroup(db, 'group', 'Groep 1', 1)
    await insertPerson(db, { id: 'thea', name: 'Thea', email: 'thea@example.org', passwordHash: '' }, 1)
    await setGroupStaff(db, 'group', [{ personId: 'thea', role: 'therapist' }], 1)
    for (let i = 0; i < RUNNERS; i++) {
      const client = { id: `client-${i}`, firstName: 'Noor', birthYear: 1980, createdAtMs: 1 }
      await insertClient(db, { ...client, watchLevel: 'standard' }, 'group')
    }
    const access = makeAccess({ personId: 'thea', roles: ['therapist'], cameFrom: null, nowMs: 1 })
    const taking = { store, nowMs: () => 1, newId: () => crypto.randomUUID() }
    const cost = startCost()
    for (const { groupRunId, request } of requests) {
      const { refused } = await receiveBatches(taking, access, groupRunId, request)
      if (refused.length > 0) throw new Error('a batch was refused')
    }
    return cost()
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

/** One transaction for each client of a request, as the service has it. */
function writeBare(requests: readonly Made[]): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  const sqlite = new DatabaseSync(join(folder, 'bare.sqlite'))
  try {
    sqlite.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;
       create table batch (
         participation_id text not null, recorder_id text not null, number integer not null, bytes blob not null,
         sent_at_ms integer not null, received_at_ms integer not null,
         primary key (participation_id, recorder_id, number)) strict, without rowid`,
    )
    const insert = sqlite.prepare('insert into batch values (?, ?, ?, ?, ?, ?)')
    const cost = startCost()
    for (const { request, bytes } of requests)
      for (const { id } of request.participations) {
        sqlite.exec('begin')
        for (const [i, { participationId, number }] of request.batches.entries())
          if (participationId === id)
            insert.run(participationId, request.recorderId, number, bytes[i] ?? new Uint8Array(), 1, 1)
        sqlite.exec('commit')
      }
    return cost()
  } finally {
    sqlite.close()
    rmSync(folder, { recursive: true })
  }
}
