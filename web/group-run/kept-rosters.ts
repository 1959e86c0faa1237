// The copies of rosters on this phone, one for each group, so that a fault in one does not affect the others. Only
// `roster.ts` calls it. If a copy cannot be stored (a full disk), this page still knows it, and the outbox reports the
// full disk.
import type { Roster } from '../../src/live/protocol.ts'
import type { KeptKey } from '../outbox/key-value.ts'
import type { Outbox } from '../outbox/outbox.ts'

type Disk = Pick<Outbox, 'kept' | 'keep'>

/** Ids of the groups that have a copy. */
const INDEX = 'roster:groups'
/** All in one, as older pages kept them. */
const OLD = 'roster:all'
const keyOf = (groupId: string) => `roster:${groupId}` as const

/** Every copy that can be read. */
export async function readRosters(disk: Disk): Promise<readonly Roster[]> {
  const old = (await read<readonly Roster[]>(disk, OLD)) ?? []
  for (const roster of old) await keepRoster(disk, roster)
  if (old.length > 0) await write(disk, OLD, null)
  const found: Roster[] = []
  for (const groupId of await listIds(disk)) {
    const roster = await read<Roster>(disk, keyOf(groupId))
    if (roster !== null) found.push(roster)
  }
  return found.length === 0 ? old : found
}

/** The copy first, its place in the list of copies second: a list never names what is not there. */
export async function keepRoster(disk: Disk, roster: Roster): Promise<void> {
  await write(disk, keyOf(roster.groupId), roster)
  const ids = await listIds(disk)
  if (!ids.includes(roster.groupId)) await write(disk, INDEX, [...ids, roster.groupId])
}

export async function removeRoster(disk: Disk, groupId: string): Promise<void> {
  await write(
    disk,
    INDEX,
    (await listIds(disk)).filter((id) => id !== groupId),
  )
  await write(disk, keyOf(groupId), null)
}

/** An unknown value that another version of the page may have stored. */
const listIds = async (disk: Disk): Promise<readonly string[]> => {
  const ids = await read<unknown>(disk, INDEX)
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

const read = <T>(disk: Disk, key: KeptKey): Promise<T | null> => disk.kept<T>(key).catch(() => null)
const write = (disk: Disk, key: KeptKey, value: unknown): Promise<void> => disk.keep(key, value).catch(() => undefined)
