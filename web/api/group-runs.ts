// Requests that a phone needs at a group run.
import type { HandOverRequest, Roster } from '../../src/live/protocol.ts'
import { client, read } from './request.ts'
import { learnServerClock } from './server-clock.ts'

const { groups } = client.api
const handOvers = client.api['group-runs'][':groupRunId']['hand-overs']

/** If the network takes longer, it counts as no network, and the page shows its copy as a copy. */
const PATIENCE_MS = 20_000
const patience = () => ({ init: { signal: AbortSignal.timeout(PATIENCE_MS) } })

/** The groups that I work in, and no other groups that I may see. */
export const listMyGroups = async () => (await read(groups.$get({ query: { mine: 'true' } }, patience()))).items
export const findRoster = (groupId: string): Promise<Roster> =>
  learnServerClock(
    read<Roster>(groups[':groupId'].roster.$get({ param: { groupId } }, patience())),
    ({ fetchedAtMs }) => fetchedAtMs,
  )

/** Somebody took a group run over. @throws ApiError NOT_FOUND where they have no rights over everybody in it */
export const tellHandOver = async (groupRunId: string, json: HandOverRequest): Promise<void> =>
  void (await read(
    handOvers.$post({ param: { groupRunId }, json: { ...json, clientIds: [...json.clientIds] } }, patience()),
  ))
