// Flags of a client, and every step in their history. A flag's row has the current state; events are only added.
// Nothing in this file closes a flag by itself.
import type { Selectable } from 'kysely'
import { flagKinds } from '../../domain/finding.ts'
import {
  closeReasons,
  flagActs,
  flagStates,
  type CloseReason,
  type FlagAct,
  type FlagState,
} from '../../domain/review/flag-state.ts'
import { raisedLevels, type RaisedLevel, type FindingOccurrence } from '../../domain/review/finding-occurrences.ts'
import type { ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { among, compared, question, toAmong } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface Flag extends FindingOccurrence {
  readonly id: string
  readonly clientId: string
  /** When it came to the list: later than what it is about where a file came late. */
  readonly raisedAtMs: number
  readonly state: FlagState
  /** The colleague whom it was handed to. */
  readonly assignedTo: string | null
  /** Rises with each step that a person takes, and where it says something else than before: nobody closes what they did
   *  not see. */
  readonly version: number
}

export interface FlagEvent {
  readonly seq: number
  readonly atMs: number
  /** Null is calmpace itself. */
  readonly personId: string | null
  readonly act: FlagAct
  /** The flag's from then on. */
  readonly state: FlagState
  readonly version: number
  readonly reason: CloseReason | null
  readonly note: string | null
  readonly toPersonId: string | null
  /** Of `raised` and `seen_again`. */
  readonly runId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}
export type NewFlagEvent = Omit<FlagEvent, 'seq'>

/** A flag as it stands, without its story. */
export async function restoreFlag(
  db: Database,
  { clientId }: ClientAccess,
  flag: Omit<Flag, 'clientId'>,
): Promise<void> {
  await db
    .insertInto('flag')
    .values({
      id: flag.id,
      client_id: clientId,
      run_id: flag.runId,
      kind: flag.kind,
      rule: flag.rule,
      rule_version: flag.ruleVersion,
      level: flag.level,
      evidence_json: JSON.stringify(flag.evidence),
      about_ms: flag.aboutMs,
      raised_at_ms: flag.raisedAtMs,
      state: flag.state,
      assigned_to: flag.assignedTo,
      version: flag.version,
    })
    .execute()
}

/** Somebody looked at it for the first time. */
export async function insertOpened(db: Database, flag: Flag, personId: string, atMs: number): Promise<void> {
  await insertEvent(db, flag.id, { ...happening('opened', atMs, flag), personId })
}

/** A person's step: the flag as it stands from then on, and the event.
 *  @returns false where the flag is not at this version any more; nothing is written then */
export async function writeStep(
  db: Database,
  { clientId }: ClientAccess<'flag.review'>,
  flagId: string,
  seenVersion: number,
  event: NewFlagEvent,
  assignedTo: string | null,
): Promise<boolean> {
  const written = await db
    .updateTable('flag')
    .set({ state: event.state, version: event.version, assigned_to: assignedTo })
    .where('id', '=', flagId)
    .where('client_id', '=', clientId)
    .where('version', '=', seenVersion)
    .returning('id')
    .executeTakeFirst()
  if (written === undefined) return false
  await insertEvent(db, flagId, event)
  return true
}

/** One more event of a flag's story. */
export async function insertEvent(db: Database, flagId: string, event: NewFlagEvent): Promise<void> {
  await db
    .insertInto('flag_event')
    .values({
      flag_id: flagId,
      at_ms: event.atMs,
      person_id: event.personId,
      act: event.act,
      state: event.state,
      version: event.version,
      reason: event.reason,
      note: event.note,
      to_person_id: event.toPersonId,
      run_id: event.runId,
      detail_json: JSON.stringify(event.detail),
    })
    .execute()
}

/** An event that is no step of anybody. */
export const happening = (
  act: FlagAct,
  atMs: number,
  { state, version }: Pick<Flag, 'state' | 'version'>,
): NewFlagEvent => ({
  atMs,
  personId: null,
  act,
  state,
  version,
  reason: null,
  note: null,
  toPersonId: null,
  runId: null,
  detail: {},
})

/** Whose flag it is, for asking access to it; null where there is none. */
export async function findClientOfFlag(db: Database, flagId: string): Promise<string | null> {
  return (await clientsOfFlag(db, flagId)).at(0)?.client_id ?? null
}

const clientsOfFlag = question((db, flagId: string) =>
  db.selectFrom('flag').select('client_id').where('id', '=', flagId),
)

export async function findFlag(db: Database, { clientId }: ClientAccess, flagId: string): Promise<Flag | null> {
  const row = (await flagOf(db, flagId, clientId)).at(0)
  return row === undefined ? null : toFlag(row)
}

const flagOf = question((db, flagId: string, clientId: string) =>
  db.selectFrom('flag').selectAll().where('id', '=', flagId).where('client_id', '=', clientId),
)

/** A client's, by what they are about, oldest first. */
export async function listFlagsOfClient(db: Database, { clientId }: ClientAccess): Promise<Flag[]> {
  const rows = await db
    .selectFrom('flag')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('about_ms')
    .orderBy('kind')
    .orderBy('id')
    .execute()
  return rows.map(toFlag)
}

/** The story of one flag, oldest first. */
export const listEvents = async (db: Database, access: ClientAccess, flagId: string): Promise<FlagEvent[]> =>
  (await listEventsOf(db, access, [flagId])).map(({ flagId: _flagId, ...event }) => event)

/** Of several flags of a client. */
export async function listEventsOf(
  db: Database,
  { clientId }: ClientAccess,
  flagIds: readonly string[],
): Promise<(FlagEvent & { readonly flagId: string })[]> {
  return flagIds.length === 0 ? [] : (await eventsOf(db, clientId, toAmong(flagIds))).map(toEvent)
}

const eventsOf = question((db, clientId: string, flagIds: string) =>
  db
    .selectFrom('flag_event')
    .innerJoin('flag', 'flag.id', 'flag_event.flag_id')
    .selectAll('flag_event')
    .where(compared('flag.client_id'), '=', clientId)
    .where('flag_event.flag_id', 'in', among(flagIds))
    .orderBy('flag_event.seq'),
)

/** A row as a flag. */
export const toFlag = (row: Selectable<Tables['flag']>): Flag => ({
  id: row.id,
  clientId: row.client_id,
  kind: closedWord(flagKinds, row.kind, 'flag.kind'),
  rule: row.rule,
  ruleVersion: row.rule_version,
  level: toLevel(row.level),
  evidence: JSON.parse(row.evidence_json) as Flag['evidence'],
  runId: row.run_id,
  aboutMs: row.about_ms,
  raisedAtMs: row.raised_at_ms,
  state: toState(row.state),
  assignedTo: row.assigned_to,
  version: row.version,
})

const toEvent = (row: Selectable<Tables['flag_event']>): FlagEvent & { readonly flagId: string } => ({
  flagId: row.flag_id,
  seq: row.seq,
  atMs: row.at_ms,
  personId: row.person_id,
  act: closedWord(flagActs, row.act, 'flag_event.act'),
  state: toState(row.state),
  version: row.version,
  reason: row.reason === null ? null : closedWord(closeReasons, row.reason, 'flag_event.reason'),
  note: row.note,
  toPersonId: row.to_person_id,
  runId: row.run_id,
  detail: JSON.parse(row.detail_json) as Record<string, unknown>,
})

const toLevel = (text: string): RaisedLevel => closedWord(raisedLevels, text, 'flag.level')
const toState = (text: string): FlagState => closedWord(flagStates, text, 'flag.state')
