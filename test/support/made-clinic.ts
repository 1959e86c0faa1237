// The demo's made clients in a store, day by day as they happened: each run comes in an hour after it ended, each check-in
// when it was told. What the supervisor's list shows of them is then read.
import { noInputs } from '../../src/domain/zone/zone-inputs.ts'
import { DAY_MS, demoClients, zoneOf, type DemoClient } from '../../src/cli/demo/made-clients.ts'
import { madeFile } from '../../src/cli/demo/made-file.ts'
import { checkInsOf, endOf, runsOf } from '../../src/cli/demo/made-weeks.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { insertSharing, putAfterRun } from '../../src/store/self-report/after-runs.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import type { Store } from '../../src/store/database.ts'
import { importFile } from '../../src/store/runs/import-file.ts'
import { insertPlan } from '../../src/store/clients/plans.ts'
import { raiseFlags } from '../../src/store/review/raise-flags.ts'
import { insertZone } from '../../src/store/clients/zones.ts'

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
  const { firstName, birthYear, watchLevel } = client
  await insertClient(store.db, { id, firstName, birthYear, watchLevel, createdAtMs: 1 }, 'g')
  for (const limit of client.limits)
    await insertZone(store.db, makeSystemAccess(id, 'zone.set'), {
      id: newId(),
      validFromMs: nowMs - limit.daysAgo * DAY_MS,
      ...zoneOf(client, limit, nowMs),
      reason: 'praattest',
      inputs: noInputs,
      createdAtMs: 1,
    })
  for (const { daysAgo, ...agreed } of client.plans) {
    const validFromMs = nowMs - daysAgo * DAY_MS
    const plan = { ...agreed, id: newId(), validFromMs, reason: null, byPersonId: 'thea', createdAtMs: 1 }
    await insertPlan(store.db, makeSystemAccess(id, 'plan.set'), plan)
  }
  const telling = makeSystemAccess(id, 'check_in.write')
  await insertSharing(store.db, telling, { atMs: 1, agreed: true })
  const runs = runsOf(client, nowMs).map((run) => ({ atMs: endOf(run), run }))
  const told = checkInsOf(client, nowMs).map((checkIn) => ({ atMs: checkIn.atMs, checkIn }))
  const all = [...runs, ...told].toSorted((a, b) => a.atMs - b.atMs)
  const isLive = order === 'as_it_happened'
  for (const one of isLive ? all : all.toReversed()) {
    const hereMs = isLive ? one.atMs + 1 : nowMs
    if ('run' in one) {
      const access = makeSystemAccess(id, 'run.add')
      const { name, bytes } = madeFile(one.run, 'thea')
      const context = { access, plannedMin: null, nowMs: hereMs, newId }
      const imported = await importFile(store, context, name, bytes)
      if (!imported.ok) throw new Error(imported.code)
      continue
    }
    const { atMs, ...told } = one.checkIn
    const nothing = { runId: null, rpe: null, painNrs: null, mealsForRunning: false, whatHelped: null }
    await store.atomically(async (db) => {
      await putAfterRun(db, telling, { ...nothing, ...told, id: newId(), atMs, writtenAtMs: null })
      await raiseFlags(db, telling, atMs, { nowMs: hereMs, newId })
    })
  }
  return id
}
