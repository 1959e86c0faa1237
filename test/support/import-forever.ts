// Imports made runs one after another until it is killed: for store.test.ts. Arguments: data folder, round.
import { encodeRun, kinetics, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { findClient, insertClient } from '../../src/store/clients/clients.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { importFile } from '../../src/store/runs/import-file.ts'

const [folder = '', round = '0'] = process.argv.slice(2)
const store = await openStore(folder)
const access = makeSystemAccess('c', 'run.add')
if ((await findClient(store.db, access)) === null) {
  const client = { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 } as const
  await insertGroup(store.db, 'g', 'Groep 1', 1)
  await insertClient(store.db, client, 'g')
}
const seconds = kinetics(walkRun, 1).slice(0, 400)
for (let i = 0; ; i++) {
  const bytes = encodeRun(seconds, { startTime: START + (Number(round) * 10_000 + i) * 3600 })
  const context = { access, plannedMin: null, nowMs: 2, newId: () => crypto.randomUUID() }
  await importFile(store, context, `${round}-${i}.fit`, bytes)
  if (i === 0) console.log('first run is in')
}
