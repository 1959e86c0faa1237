// Keys to a client's data. A function that touches a client's data takes a `ClientAccess`. Only `openClient` makes one:
// it asks the policy and writes the line in the log first. So code that forgets either does not compile.
import {
  allowInClinic,
  allowOnClient,
  clientActions,
  relations,
  type ClientAction,
  type ClinicAction,
  type Role,
} from '../../domain/access.ts'
import { appendAudit, appendAudits, type AuditEvent } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { relationsTo, relationsToEach } from './relations.ts'

declare const made: unique symbol

/** Somebody who is signed in, as they are at this request. */
export interface Access {
  readonly [made]: 'access'
  readonly personId: string
  readonly roles: readonly Role[]
  /** Network address, for the log. */
  readonly cameFrom: string | null
  readonly nowMs: number
  /** Signed in with a second factor that is still set up: an emergency asks for it. */
  readonly hasTwoFactors?: boolean
}

/** A key to one client's data, for the action that was asked for and allowed. */
export interface ClientAccess<Action extends ClientAction = ClientAction> {
  readonly [made]: 'client access'
  readonly clientId: string
  readonly action: Action
}

/** Only the sign-in middleware calls this, and an import that goes on after its request (http/runs/imports.ts). */
export const makeAccess = (facts: Omit<Access, typeof made>): Access => facts as Access

/** For jobs of calmpace itself, which nobody asked for and no person sees the outcome of (judging by the import of a phone,
 *  retention), and for tests of the store. */
export const makeSystemAccess = <Action extends ClientAction>(clientId: string, action: Action): ClientAccess<Action> =>
  ({ clientId, action }) as ClientAccess<Action>

/** How far a request has come, for the line of a refusal that ends it: an `Access` is of one request. */
interface SoFar {
  readonly clientId: string | null
  readonly refused: boolean
}
const soFar = new WeakMap<Asker, SoFar>()

/** Ask for a client. Writes a line to the log where it is given.
 *  @param detail ids and counts for the log's line
 *  @returns null where there is no such client or no rule allows: to the outside both are one thing */
export async function openClient<Action extends ClientAction>(
  db: Database,
  access: Access,
  action: Action,
  clientId: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<ClientAccess<Action> | null> {
  const rule = await ruleFor(db, access, action, clientId)
  if (rule === null) return null
  const before = soFar.get(access)
  const isSame = before === undefined || before.clientId === clientId
  soFar.set(access, { clientId: isSame ? clientId : null, refused: before?.refused ?? false })
  await appendAudit(db, {
    atMs: access.nowMs,
    personId: access.personId,
    action,
    clientId,
    rule: rule.id,
    cameFrom: access.cameFrom,
    detail,
  })
  return makeSystemAccess(clientId, action)
}

/** Ask for several clients at once: one line names all whom the same rule allows. @returns the keys of those that a rule allows */
export async function openClients<Action extends ClientAction>(
  db: Database,
  access: Access,
  action: Action,
  clientIds: readonly string[],
  detail: Readonly<Record<string, unknown>> = {},
): Promise<ReadonlyMap<string, ClientAccess<Action>>> {
  const { personId, cameFrom, nowMs: atMs } = access
  const asked = relations.filter((relation) => allowOnClient(access.roles, [relation], action) !== null)
  const standing = await relationsToEach(db, access, clientIds, asked)
  const keys = new Map<string, ClientAccess<Action>>()
  const byRule = new Map<string, string[]>()
  for (const clientId of new Set(clientIds)) {
    const rule = allowOnClient(access.roles, standing.get(clientId) ?? [], action)
    if (rule === null) continue
    keys.set(clientId, makeSystemAccess(clientId, action))
    byRule.set(rule.id, [...(byRule.get(rule.id) ?? []), clientId])
  }
  const before = soFar.get(access)
  if (keys.size > 0) soFar.set(access, { clientId: null, refused: before?.refused ?? false })
  const line = { atMs, personId, action, cameFrom, detail }
  const lines = [...byRule].map(([rule, named]): AuditEvent => {
    const [clientId = null] = named
    return named.length === 1 ? { ...line, rule, clientId } : { ...line, rule, clientId: null, named }
  })
  await appendAudits(db, lines)
  return keys
}

async function ruleFor(db: Database, access: Access, action: ClientAction, clientId: string) {
  // Only what could allow it counts.
  const asked = relations.filter((relation) => allowOnClient(access.roles, [relation], action) !== null)
  const standing = (await relationsToEach(db, access, [clientId], asked)).get(clientId)
  return standing === undefined ? null : allowOnClient(access.roles, standing, action)
}

/** Whether a key would be given again: its line is written already. */
export const stillOpens = async (db: Database, access: Access, { action, clientId }: ClientAccess): Promise<boolean> =>
  (await ruleFor(db, access, action, clientId)) !== null

/** A line about somebody who asked for a client and may not, or for one who is not there: written alike, so that neither
 *  the answer nor the time it takes tells which. A client that is not there is not named: that word is the asker's. */
export async function logRefusal(
  db: Database,
  access: Access,
  action: ClientAction,
  clientId: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { personId, cameFrom, nowMs } = access
  soFar.set(access, { clientId: null, refused: true })
  const client = await db.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst()
  await appendAudit(db, {
    atMs: nowMs,
    personId,
    action: 'refused',
    clientId: client?.id ?? null,
    rule: null,
    cameFrom,
    detail: { asked: action, ...detail },
  })
}

/** The caller, before they have access. */
export type Asker = Pick<Access, 'personId' | 'cameFrom' | 'nowMs'>

/** A line about what somebody asked for that was refused for another reason than whom it is about: their role, what they
 *  typed, what it is by now. Where a line tells of the refusal already there is no second one.
 *  @param code of the answer */
export async function logRefused(db: Database, access: Asker, asked: string, code: string): Promise<void> {
  const before = soFar.get(access)
  if (before?.refused === true) return
  // One that was being made is gone again.
  const client = await db
    .selectFrom('client')
    .select('id')
    .where('id', '=', before?.clientId ?? '')
    .executeTakeFirst()
  await appendAudit(db, {
    atMs: access.nowMs,
    personId: access.personId,
    action: 'refused',
    clientId: client?.id ?? null,
    rule: null,
    cameFrom: access.cameFrom,
    detail: { asked, code },
  })
}

/** The actions that a person may do with one client's data now, so that a page shows no button that would be refused. */
export async function listActions(db: Database, access: Access, clientId: string): Promise<ClientAction[]> {
  const standing = await relationsTo(db, access, clientId, relations)
  return clientActions.filter((action) => allowOnClient(access.roles, standing, action) !== null)
}

/** Ask for something that concerns no single client. Changes are logged by `logClinic`, once they are made.
 *  @returns the rule that allows it, or null */
export const mayInClinic = (access: Access, action: ClinicAction): string | null =>
  allowInClinic(access.roles, action)?.id ?? null

/** A line about the clinic or its people. */
export async function logClinic(
  db: Database,
  access: Access,
  action: ClinicAction,
  detail: Readonly<Record<string, unknown>>,
  clientId: string | null = null,
): Promise<void> {
  await appendAudit(db, {
    atMs: access.nowMs,
    personId: access.personId,
    action,
    clientId,
    rule: mayInClinic(access, action),
    cameFrom: access.cameFrom,
    detail,
  })
}

/** A line about an account, and of nobody's data.
 *  @param who null where nobody is signed in yet */
export async function logAccount(
  db: Database,
  { personId, cameFrom, nowMs }: Omit<Asker, 'personId'> & { readonly personId: string | null },
  action: string,
  detail: Readonly<Record<string, unknown>> = {},
  clientId: string | null = null,
): Promise<void> {
  await appendAudit(db, { atMs: nowMs, personId, action, clientId, rule: null, cameFrom, detail })
}
