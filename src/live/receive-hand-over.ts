// Takes over a group run on the phone that records it. The person needs rights over every client in it, and the log has
// a line about each client, also if it happened without a network and is reported later. A refusal is a line about each
// client too.
import { allowOnClient, relations } from '../domain/access.ts'
import { offsetsOf } from '../domain/recorder-clocks.ts'
import { listActions, logRefusal, openClient, type Access } from '../store/people/access.ts'
import { appendAudit } from '../store/audit/audit.ts'
import type { Database } from '../store/database.ts'
import { findHandOver, insertHandOver } from '../store/group-runs/hand-overs.ts'
import { findStarter, insertGroupRun, listParticipants } from '../store/group-runs/participations.ts'
import { hasRoom } from '../store/room.ts'
import { couldDo, staffRolesOf } from '../store/people/relations.ts'
import type { HandOverAnswer, HandOverRequest } from './protocol.ts'

const ACTION = 'run.take_over'

/** Inside `atomically`. The same one told again changes nothing.
 *  @returns `refused`: no rights over somebody in the run, or the id is another's; with its lines written */
export async function receiveHandOver(
  db: Database,
  access: Access,
  groupRunId: string,
  request: HandOverRequest,
): Promise<HandOverAnswer | 'refused' | 'full'> {
  const { id, toPersonId, withoutNetwork } = request
  const known = await listParticipants(db, groupRunId)
  const clientIds = [...new Set([...request.clientIds, ...known.map(({ clientId }) => clientId)])]
  const isOwn = toPersonId === access.personId
  const takenBy = isOwn || (await couldTake(db, toPersonId, clientIds)) ? toPersonId : null
  // Whoever tells of it has the right, so that it is theirs where nobody else can have it.
  const holderId = takenBy ?? access.personId
  const there = await findHandOver(db, id)
  if (there !== null) {
    const isSame = there.groupRunId === groupRunId && there.toPersonId === holderId
    if (isSame) return { happenedAtMs: there.happenedAtMs, receivedAtMs: there.receivedAtMs }
  }
  const receivedAtMs = access.nowMs
  const clock = { recorderId: '', offsetMs: receivedAtMs - request.sentAtMs, lagMs: 0 }
  const happenedAtMs = Math.min(receivedAtMs, request.happenedAtMs + (offsetsOf([clock]).get('') ?? 0))
  const fromPersonId = await findKnown(db, request.fromPersonId)
  const detail = {
    groupRunId,
    fromPersonId,
    // Another person was signed in when there was a network again: their line names the person who took over.
    ...(isOwn ? {} : { toPersonId: takenBy }),
    happenedAtMs,
    withoutNetwork,
  }
  if (there !== null || !(await mayWithAll(db, access, clientIds))) {
    for (const clientId of clientIds) await logRefusal(db, access, ACTION, clientId, detail)
    return 'refused'
  }
  if (!(await hasRoom(db, 'handOver', groupRunId, receivedAtMs))) return 'full'
  for (const clientId of clientIds) await openClient(db, access, ACTION, clientId, detail)
  if (clientIds.length === 0) await logGuestsOnly(db, access, detail)
  const { groupId, madeAtMs, startedBy = null } = request.groupRun
  await insertGroupRun(db, { id: groupRunId, groupId, madeBy: await findStarter(db, access, startedBy), madeAtMs })
  const facts = { sentBy: access.personId, happenedAtMs, receivedAtMs, withoutNetwork }
  await insertHandOver(db, { id, groupRunId, fromPersonId, toPersonId: holderId, ...facts })
  return { happenedAtMs, receivedAtMs }
}

async function mayWithAll(db: Database, access: Access, clientIds: readonly string[]): Promise<boolean> {
  for (const clientId of clientIds) {
    const client = await db.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst()
    if (client === undefined || !(await listActions(db, access, clientId)).includes(ACTION)) return false
  }
  return true
}

/** Whether somebody who is not asking could have taken it over: nobody is named who may not. */
async function couldTake(db: Database, personId: string, clientIds: readonly string[]): Promise<boolean> {
  if (allowOnClient(await staffRolesOf(db, personId), relations, ACTION) === null) return false
  for (const clientId of clientIds) if (!(await couldDo(db, personId, ACTION, clientId))) return false
  return true
}

/** An id that a phone tells stands in the log only where it is somebody's of the staff. */
const findKnown = async (db: Database, personId: string | null): Promise<string | null> =>
  personId !== null && (await staffRolesOf(db, personId)).length > 0 ? personId : null

/** A run of guests is nobody's record, but who holds it is a fact all the same. */
async function logGuestsOnly(db: Database, access: Access, detail: Readonly<Record<string, unknown>>): Promise<void> {
  const rule = allowOnClient(access.roles, relations, ACTION)?.id ?? null
  const { nowMs: atMs, personId, cameFrom } = access
  await appendAudit(db, { atMs, personId, action: ACTION, clientId: null, rule, cameFrom, detail })
}
