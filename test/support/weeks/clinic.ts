// A clinic in memory for one made client: a group, a therapist who records and removes, a supervisor who reads the list.
import type { RuleSet } from '../../../src/domain/rule-sets.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeAccess, type Access } from '../../../src/store/people/access.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import type { Store } from '../../../src/store/database.ts'
import { insertGroup, setGroupStaff } from '../../../src/store/people/groups.ts'
import { insertPerson, setRoles } from '../../../src/store/people/people.ts'
import { insertSettings } from '../../../src/store/settings/settings.ts'
import type { MadeClient } from '../../../fixtures/weeks/client.ts'

export const CLIENT = 'client'
export const GROUP = 'group'
export const THERAPIST = 'thea'
export const SUPERVISOR = 'sam'

/** What the practice switched on: whatever a check-in can say, and the talk test on a slowed heart. */
const ruleSets: readonly RuleSet[] = ['early_signs', 'start_heart_rate', 'medicine']

export interface Clinic {
  readonly store: Store & { readonly close: () => Promise<void> }
  readonly newId: () => string
}

export async function openClinic({ birthYear, watchLevel }: MadeClient): Promise<Clinic> {
  const store = await openStore(null)
  const { db } = store
  await insertGroup(db, GROUP, 'Dinsdag', 1)
  for (const id of [THERAPIST, SUPERVISOR])
    await insertPerson(db, { id, name: id, email: `${id}@example.org`, passwordHash: '' }, 1)
  await setRoles(db, THERAPIST, ['therapist'], 1)
  await setRoles(db, SUPERVISOR, ['supervisor'], 1)
  const staff = [
    { personId: THERAPIST, role: 'therapist' },
    { personId: SUPERVISOR, role: 'supervisor' },
  ] as const
  await setGroupStaff(db, GROUP, staff, 1)
  await insertClient(db, { id: CLIENT, firstName: 'Noor', birthYear, watchLevel, createdAtMs: 1 }, GROUP)
  const settings = { timeZone: 'Europe/Amsterdam', ruleSets, parameters: {}, retentionDays: 400 }
  await insertSettings(db, 0, settings, 'besluit', 1)
  let n = 0
  return { store, newId: () => `id-${String(n++).padStart(6, '0')}` }
}

export const recording = (nowMs: number): Access =>
  makeAccess({ personId: THERAPIST, roles: ['therapist'], cameFrom: null, nowMs })
export const supervising = (nowMs: number): Access =>
  makeAccess({ personId: SUPERVISOR, roles: ['supervisor'], cameFrom: null, nowMs })
