// Asking for what a phone needs at a group run.
import type { Roster } from '../../src/live/protocol.ts'
import { client, read } from './request.ts'
import { learnServerClock } from './server-clock.ts'

const { groups } = client.api

/** A network that takes longer is none: what this phone knows is said to be a copy. */
const PATIENCE_MS = 20_000
const patience = () => ({ init: { signal: AbortSignal.timeout(PATIENCE_MS) } })

/** The groups that I work in, whatever else I may see. */
export const listMyGroups = async () => (await read(groups.$get({ query: { mine: 'true' } }, patience()))).items
export const findRoster = (groupId: string): Promise<Roster> =>
  learnServerClock(
    read<Roster>(groups[':groupId'].roster.$get({ param: { groupId } }, patience())),
    ({ fetchedAtMs }) => fetchedAtMs,
  )
