// Imports flags of an archive, each with its history: decisions made elsewhere stay. People of the other clinic are ids
// here, without names.
import type { ClientArchive } from '../../formats/archive/client-archive.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { insertEvent, listFlagsOfClient, restoreFlag } from './flags.ts'

/** Once, however often the archive comes.
 *  @param runIds ids of the archive's runs here */
export async function importFlags(
  db: Database,
  access: ClientAccess<'data.import'>,
  { flags }: Pick<ClientArchive, 'flags'>,
  runIds: ReadonlyMap<string, string>,
  newId: () => string,
): Promise<void> {
  const nameOf = (flag: { readonly kind: string; readonly aboutMs: number }) => `${flag.kind} ${flag.aboutMs}`
  const there = new Set((await listFlagsOfClient(db, access)).map(nameOf))
  const here = (runId: string | null) => (runId === null ? null : (runIds.get(runId) ?? null))
  for (const { events, ...flag } of flags) {
    if (there.has(nameOf(flag))) continue
    const id = newId()
    const evidence = withRunsHere(flag.evidence, runIds)
    await restoreFlag(db, access, { ...flag, evidence, id, runId: here(flag.runId) })
    for (const event of events) {
      const detail = withRunsHere(event.detail, runIds)
      await insertEvent(db, id, { ...event, detail, runId: here(event.runId) })
    }
  }
}

/** Evidence names the runs that a pattern rests on, also inside what was seen again. */
function withRunsHere(
  facts: Readonly<Record<string, unknown>>,
  runIds: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (name === 'runIds' && Array.isArray(value)) return [name, value.flatMap((id) => runIds.get(String(id)) ?? [])]
      return [name, isRecord(value) ? withRunsHere(value, runIds) : value]
    }),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
