// What the exports are judged over: every run of every fixture of ours, of ../shared/field and ../shared/corpus where they are
// here, and of a whole demo clinic.
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { xmlFixtures } from '../../fixtures/xml/files.ts'
import { demoClients } from '../../src/cli/demo/made-clients.ts'
import type { ExportedRun } from '../../src/formats/export/exported-run.ts'
import { readFile } from '../../src/formats/read-file.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { findPackedExport } from '../../src/store/runs/exported-run.ts'
import { openExport } from '../../src/store/runs/packed-export.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { listAllRuns } from '../../src/store/runs/runs.ts'
import { insertSettings } from '../../src/store/settings/settings.ts'
import { corpusFiles, readCorpus } from './corpus.ts'
import { judged, scenarioRuns } from './exported-runs.ts'
import { fieldFiles, readField } from './field.ts'
import { bringIn } from './made-clinic.ts'

export type NamedRun = readonly [name: string, run: ExportedRun]

/** The judged runs of a file; none where it holds none. */
function runsOf(name: string, bytes: Uint8Array): NamedRun[] {
  const reading = readFile(name, bytes)
  return reading.ok ? reading.recordings.map((recording, i) => [`${name} ${i + 1}`, judged(recording)]) : []
}

/** Of every scenario and every file of `fixtures/`. */
export const fixtureRuns: readonly NamedRun[] = [
  ...scenarioRuns,
  ...Object.entries(fitFixtures).flatMap(([name, { make }]) => runsOf(`${name}.fit`, make())),
  ...Object.entries(xmlFixtures).flatMap(([name, { make }]) => runsOf(name, make())),
]

/** Files from elsewhere, where they are here, each with the way to its runs. */
export const sharedFiles: readonly (readonly [name: string, read: () => NamedRun[]])[] = [
  ...fieldFiles.map((file) => [file, () => runsOf(file.replace('.gz', ''), readField(file))] as const),
  ...corpusFiles.map(({ file }) => [file, () => runsOf(file, readCorpus(file))] as const),
]

const NOW_MS = Date.UTC(2026, 10, 25, 12)

/** Every run of a demo clinic's ten clients over eight weeks, as the store hands it to an export. */
export async function demoRuns(): Promise<readonly NamedRun[]> {
  const store = await openStore(null)
  await insertGroup(store.db, 'g', 'Dinsdag', 1)
  const settings = {
    timeZone: 'Europe/Amsterdam',
    ruleSets: ['early_signs'] as const,
    parameters: {},
    retentionDays: 90,
  }
  await insertSettings(store.db, 0, settings, 'besluit', 1)
  const runs: NamedRun[] = []
  for (const client of demoClients) {
    const id = await bringIn(store, client, NOW_MS, () => crypto.randomUUID())
    for (const run of await listAllRuns(store.db, makeSystemAccess(id, 'data.export'))) {
      const exported = await findPackedExport(store.db, makeSystemAccess(id, 'run.export'), run)
      if (exported !== null) runs.push([`${client.firstName} ${run.fileName}`, openExport(exported)])
    }
  }
  return runs
}
