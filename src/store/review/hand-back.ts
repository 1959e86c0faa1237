// Gives a flag back to everybody if the person it was handed to can no longer open it. The flag's history says so.
import { waitingStates } from '../../domain/review/flag-state.ts'
import type { Database } from '../database.ts'
import { couldDo, type Whose } from '../people/relations.ts'
import { happening, insertEvent, toFlag } from './flags.ts'

export async function handBackFlags(db: Database, whose: Whose, nowMs: number): Promise<void> {
  const handed = db
    .selectFrom('flag')
    .selectAll()
    .where('state', 'in', waitingStates)
    .where('assigned_to', 'is not', null)
  const asked =
    'clientId' in whose
      ? handed.where('client_id', '=', whose.clientId)
      : handed.where('assigned_to', 'in', whose.personIds)
  for (const row of await asked.execute()) {
    const flag = toFlag(row)
    const { assignedTo } = flag
    if (assignedTo === null || (await couldDo(db, assignedTo, 'flag.review', flag.clientId))) continue
    // Whoever began on it may have left words; what was only handed over nobody has seen.
    const state = flag.state === 'escalated' ? 'open' : flag.state
    const after = { state, version: flag.version + 1 }
    await db
      .updateTable('flag')
      .set({ ...after, assigned_to: null })
      .where('id', '=', flag.id)
      .execute()
    await insertEvent(db, flag.id, { ...happening('handed_back', nowMs, after), toPersonId: assignedTo })
  }
}
