// The demo's made clients in a store, day by day as they happened: each run comes in an hour after it ended, each check-in
// when it was told. What the supervisor's list shows of them is then read.
import { checkInsOf, demoClients, demoPlan, runsOf, type DemoClient } from '../../src/cli/demo/made-clients.ts'
import { madeStreamFile } from '../../src/cli/demo/made-stream.ts'
import { makeSystemAccess } from '../../src/store/access.ts'
import { insertClient } from '../../src/store/clients.ts'
import type { Store } from '../../src/store/database.ts'
import { importFile } from '../../src/store/import-file.ts'
import { raiseFlags } from '../../src/store/review/raise-flags.ts'
import { insertZone } from '../../src/store/zones.ts'

export const clientNamed = (firstName: string): DemoClient => {
  const found = demoClients.find((client) => client.firstName === firstName)
  if (found === undefined) throw new Error(`no made client ${firstName}`)
  return found
}

/** Bring one made client in, with everything of theirs.
 *  @param order of the files, for showing that it does not matter
 *  @returns the client's id */
export async function bringIn(
  store: Store,
  client: DemoClient,
  nowMs: number,
  newId: () => string,
  order: 'as_it_happened' | 'newest_first_all_at_once' = 'as_it_happened',
): Promise<string> {
  const id = client.firstName.toLowerCase()
  const { firstName, birthYear, watchLevel, ceilingBpm } = client
  await insertClient(store.db, { id, firstName, birthYear, watchLevel, createdAtMs: 1 }, 'g')
  await insertZone(store.db, makeSystemAccess(id, 'zone.set'), {
    id: newId(),
    validFromMs: 1,
    source: 'manual',
    ceilingBpm,
    floorBpm: null,
    hardBpm: ceilingBpm + 20,
    reason: 'praattest',
    inputs: {},
    createdAtMs: 1,
  })
  const plan = { id: newId(), client_id: id, valid_from_ms: 1, weekdays_json: JSON.stringify(demoPlan.weekdays) }
  const scheme = { run_min: demoPlan.runMin, run_s: demoPlan.intervals.runS, walk_s: demoPlan.intervals.walkS }
  await store.db
    .insertInto('plan')
    .values({ ...plan, ...scheme, reason: null, by_person_id: 'thea', created_at_ms: 1 })
    .execute()
  await store.db.insertInto('sharing').values({ client_id: id, at_ms: 1, agreed: 1 }).execute()
  const runs = runsOf(client, nowMs).map((run, seed) => ({ atMs: run.startedAtMs + run.minutes * 60_000, run, seed }))
  const told = checkInsOf(client, nowMs).map((checkIn) => ({ atMs: checkIn.atMs, checkIn }))
  const all = [...runs, ...told].toSorted((a, b) => a.atMs - b.atMs)
  const isLive = order === 'as_it_happened'
  for (const one of isLive ? all : all.toReversed()) {
    const hereMs = isLive ? one.atMs + 1 : nowMs
    if ('run' in one) {
      const access = makeSystemAccess(id, 'run.add')
      const bytes = madeStreamFile(one.run, one.seed, 'thea')
      const context = { access, plannedMin: null, nowMs: hereMs, newId }
      const imported = await importFile(store, context, `${one.seed}.cprs`, bytes)
      if (!imported.ok) throw new Error(imported.code)
      continue
    }
    const { atMs, sleepH, mood, energy } = one.checkIn
    const facts = { sleep_h: sleepH, mood, energy, rpe: null, pain_nrs: null, what_helped: null, meals_for_running: 0 }
    await store.atomically(async (db) => {
      await db
        .insertInto('after_run')
        .values({ id: newId(), client_id: id, run_id: null, at_ms: atMs, ...facts })
        .execute()
      await raiseFlags(db, makeSystemAccess(id, 'check_in.write'), atMs, { nowMs: hereMs, newId })
    })
  }
  return id
}
