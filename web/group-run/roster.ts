// Who is in which group and by which limits they run, as this phone knows it: asked for when there is a network, kept for
// when there is none. Each copy says of when it is.
import type { Roster } from '../../src/live/protocol.ts'
import { findRoster, listMyGroups } from '../api/group-runs.ts'
import type { Outbox } from '../outbox/outbox.ts'

const KEY = 'roster:all'

/** Newest where it can be had, else the copies on this phone. */
export async function loadRosters(outbox: Outbox): Promise<readonly Roster[]> {
  const before = (await outbox.kept<readonly Roster[]>(KEY)) ?? []
  try {
    const groups = await listMyGroups()
    const rosters: Roster[] = []
    for (const { id } of groups) rosters.push(await findRoster(id))
    await outbox.keep(KEY, rosters)
    return rosters
  } catch {
    // No network, or signed out meanwhile: the run in the wood goes on with what the phone knows.
    return before
  }
}

/** Of one group, from this phone. */
export async function keptRoster(outbox: Outbox, groupId: string | null): Promise<Roster | null> {
  const rosters = (await outbox.kept<readonly Roster[]>(KEY)) ?? []
  return rosters.find((roster) => roster.groupId === groupId) ?? null
}
