// The tables of one clinic's database, for Kysely. Times are UTC epoch milliseconds. The runtimes return blobs
// differently, so read them only through `toBytes`.
import type { ColumnType, Generated } from 'kysely'

export interface Tables {
  client: ClientTable
  readiness: { one: 1; asked_at_ms: number }
  calm_zone: CalmZoneTable
  zone_withdrawal: ZoneWithdrawalTable
  run_file: RunFileTable
  run_file_part: PartTable & { file_id: string }
  import_job: ImportJobTable
  import_result: PartTable & { job_id: string }
  run: RunTable
  run_chunk: PartTable & { run_id: string }
  assessment: AssessmentTable
  clinic_settings: ClinicSettingsTable
  combination: CombinationTable
  twin: TwinTable
  group_run: { id: string; group_id: string | null; made_by: string; made_at_ms: number }
  hand_over: HandOverTable
  participation: ParticipationTable
  batch: BatchTable
  check_in: CheckInTable
  flag: FlagTable
  flag_event: FlagEventTable
  flag_count: FlagCountTable
  plan: PlanTable
  sharing: { client_id: string; at_ms: number; agreed: number }
  after_run: AfterRunTable
  note: NoteTable
  rest_note: RestNoteTable
  removal: RemovalTable
  erasing: { client_id: string; begun_json: string; begun_at_ms: number }
  person: PersonTable
  account: AccountTable
  person_role: { person_id: string; role: string }
  session: {
    id: string
    userId: string
    token: string
    method: string | null
    beganAtMs: number
    seenAtMs: number
    provedAtMs: number
  }
  used_code: { person_id: string; code: string; at_ms: number }
  unkept_codes: { person_id: string; made_at_ms: number }
  verification: { identifier: string; value: string; expiresAt: string }
  twoFactor: { id: string; userId: string; secret: string; backupCodes: string }
  passkey: { id: string; userId: string; name: string | null; createdAt: string | null }
  care_group: { id: string; name: string; created_at_ms: number }
  group_staff: { group_id: string; person_id: string; role: string }
  group_client: { group_id: string; client_id: string }
  invitation: InvitationTable
  reset_link: ResetLinkTable
  break_glass: BreakGlassTable
  sign_in_lock: { subject: string; failures: number; last_at_ms: number }
  known_browser: { token_sha256: string; person_id: string; last_at_ms: number }
  refusals: RefusalsTable
  audit: AuditTable
  audit_named: AuditNamedTable
  audit_head: { id: number; seq: number; hash: string }
  rewrite_due: { id: number; due_ms: number }
}

interface ClientTable {
  id: string
  first_name: string
  birth_year: number
  watch_level: string
  created_at_ms: number
  /** The client's own account, where they have one. */
  person_id: string | null
}

interface ImportJobTable {
  id: string
  client_id: string
  person_id: string
  begun_at_ms: number
  asked_json: string
  /** Null where the bytes wait nowhere, or no longer. */
  upload_json: string | null
  tries: number
  ended_at_ms: number | null
  code: string | null
}

/** Never updated, only superseded. */
interface CalmZoneTable {
  id: string
  client_id: string
  valid_from_ms: number
  source: string
  ceiling_bpm: number | null
  floor_bpm: number | null
  hard_bpm: number | null
  /** The therapist's own: the client never sees it. */
  reason: string | null
  reason_for_client: string | null
  inputs_json: string
  created_at_ms: number
  /** Null in versions from before this was kept. */
  by_person_id: string | null
}
interface ZoneWithdrawalTable {
  zone_id: string
  at_ms: number
  by_person_id: string | null
  reason: string
}

interface RunFileTable {
  id: string
  client_id: string
  sha256: string
  name: string
  size_bytes: number
  created_at_ms: number
}

/** Bytes in parts of at most 1 MB: a row of a Durable Object holds 2 MB. */
interface PartTable {
  part: number
  bytes: Uint8Array | ArrayBuffer
}

interface RunTable {
  id: string
  client_id: string
  file_id: string
  /** 0 for the only activity of a file, else 1, 2, … */
  file_activity: number
  started_at_ms: number
  elapsed_s: number
  /** The recording without its columns. */
  recording_json: string
  planned_min: number | null
  /** Local time minus UTC at its start, as it was when it came in; null in runs from before this was kept. */
  start_offset_s: number | null
  /** What a person said: 1 a run, 0 none; null where nobody did. */
  said_run: number | null
  /** What a person said of HARD from a bad signal: 1 it was so, 0 a misreading; null where nobody did. */
  said_hard: number | null
  imported_at_ms: number
  /** The start by the device's clock, where that cannot be right (rule T4); else null. */
  file_started_at_ms: number | null
  /** When a person said when it was; null where that is asked or was never the question. */
  date_said_at_ms: number | null
}

/** Never updated: judging again adds one. */
interface AssessmentTable {
  seq: Generated<number>
  id: string
  run_id: string
  zone_id: string | null
  rule_version: string
  verdict: string
  assessment_json: string
  assessed_at_ms: number
}

/** Never updated or deleted, only superseded. */
interface ClinicSettingsTable {
  version: number
  time_zone: string
  rule_sets_json: string
  parameters_json: string
  reason: string
  changed_at_ms: number
  retention_days: number
  support_json: string | null
}

/** Two runs shown as one. */
interface CombinationTable {
  run_id: string
  other_run_id: string
  combined_at_ms: number
  /** Seconds that the second source is moved by. */
  shift_s: ColumnType<number, number | undefined>
}

/** Two runs that may be one (rule T5). */
interface TwinTable {
  run_id: string
  other_run_id: string
  sign: string
  shift_s: number
  found_at_ms: number
  /** What a person said: 1 one run, 0 two; null where nobody did. */
  is_one_run: number | null
  answered_at_ms: number | null
  by_person_id: string | null
}

/** A runner's part in a group run. */
interface ParticipationTable {
  id: string
  group_run_id: string
  client_id: string
  zone_version_id: string | null
  state: string
  has_stop: number
  has_news: number
  last_batch_at_ms: number
  run_id: string | null
  closed_at_ms: number | null
  created_at_ms: number
  clocks_json: ColumnType<string, string | undefined>
}

/** Never updated. */
interface HandOverTable {
  id: string
  group_run_id: string
  from_person_id: string | null
  to_person_id: string
  sent_by: string
  happened_at_ms: number
  received_at_ms: number
  without_network: number
}

/** Never updated. */
interface BatchTable {
  participation_id: string
  recorder_id: string
  number: number
  bytes: Uint8Array | ArrayBuffer
  /** By the recorder's clock. */
  sent_at_ms: number
  received_at_ms: number
}

interface CheckInTable {
  id: string
  client_id: string
  participation_id: string | null
  at_ms: number
  result: string
  zone_needs_review: number
  by_person_id: string
}

/** A flag that waits for a person, as it stands now; its story is in `flag_event`. */
interface FlagTable {
  id: string
  client_id: string
  /** The run that it points at; null where it points at none, or the run is removed. */
  run_id: string | null
  kind: string
  rule: string
  rule_version: string
  level: string
  evidence_json: string
  about_ms: number
  raised_at_ms: number
  state: string
  assigned_to: string | null
  version: number
}

/** Written by triggers alone: how many flags of a client stand how. No row counts none. */
interface FlagCountTable {
  client_id: string
  state: string
  kind: string
  level: string
  flags: number
  /** Of these, those that nobody has opened. */
  unopened: number
}

/** Never updated, but that a run which is removed is not pointed at any more. */
interface FlagEventTable {
  seq: Generated<number>
  flag_id: string
  at_ms: number
  /** Null is calmpace itself. */
  person_id: string | null
  act: string
  state: string
  version: number
  reason: string | null
  note: string | null
  to_person_id: string | null
  run_id: string | null
  detail_json: string
}

/** Never updated, only superseded. */
interface PlanTable {
  id: string
  client_id: string
  valid_from_ms: number
  weekdays_json: string
  /** Agreed minutes of one run. */
  run_min: number
  run_s: number | null
  walk_s: number | null
  /** The therapist's own: the client never sees it. */
  reason: string | null
  reason_for_client: string | null
  by_person_id: string
  created_at_ms: number
}

interface AfterRunTable {
  id: string
  client_id: string
  run_id: string | null
  at_ms: number
  rpe: number | null
  mood: number | null
  energy: number | null
  sleep_h: number | null
  pain_nrs: number | null
  meals_for_running: number
  what_helped: string | null
  /** Null where it was not kept yet. */
  written_at_ms: number | null
}

interface RestNoteTable {
  id: string
  client_id: string
  at_ms: number
  kind: string
  score: number | null
  by_person_id: string
  /** Null where it was not kept yet. */
  written_at_ms: number | null
}

/** What was removed of a client, so that no archive of before brings it back. */
interface RemovalTable {
  client_id: string
  kind: string
  /** What it was: of a run its file and part, of anything else its moment. */
  what: string
  at_ms: number
  /** Of a run: its id here, which its archives of before say. */
  run_id: string | null
  by_client: number
}

/** Never updated, but that a run which is removed is not pointed at any more. */
interface NoteTable {
  id: string
  client_id: string
  run_id: string | null
  kind: string
  text: string
  answers: string | null
  by_person_id: string
  at_ms: number
}

/** better-auth's user, under its column names; times are ISO text. */
interface PersonTable {
  id: string
  name: string
  email: string
  emailVerified: number
  createdAt: string
  updatedAt: string
  twoFactorEnabled: number | null
}
/** Its way to sign in by password. */
interface AccountTable {
  id: string
  accountId: string
  providerId: string
  userId: string
  password: string | null
  createdAt: string
  updatedAt: string
}

interface ResetLinkTable {
  id: string
  person_id: string
  token_sha256: string
  made_by: string | null
  made_at_ms: number
  expires_at_ms: number
  opened_at_ms: ColumnType<number | null, undefined>
  used_at_ms: ColumnType<number | null, undefined>
  known_at_ms: ColumnType<number | null, undefined>
}
interface InvitationTable {
  id: string
  token_sha256: string
  roles_json: string
  group_ids_json: string
  client_id: string | null
  invited_by: string | null
  created_at_ms: number
  expires_at_ms: number
  used_at_ms: number | null
  /** Null in links from before this was kept. */
  name: ColumnType<string | null, string>
  opened_at_ms: ColumnType<number | null, undefined>
  ended_at_ms: ColumnType<number | null, undefined>
  ending: ColumnType<string | null, undefined>
}

/** Evidence: no row goes, whoever's account does. */
interface BreakGlassTable {
  id: string
  person_id: string
  /** With the reason, null where the client was erased. */
  client_id: string | null
  reason: string | null
  at_ms: number
  until_ms: number
}

/** One row: what was refused to nobody known and is not told in the log yet. */
interface RefusalsTable {
  id: number
  count: number
  since_ms: number
  told_at_ms: number
  /** Of the first; `several` is 1 where they came from more than one address. */
  came_from: string | null
  several: number
}

/** Append-only but for what is struck out, each line bound to the one before it by its hash. */
interface AuditTable {
  seq: number
  at_ms: number
  person_id: string | null
  action: string
  client_id: string | null
  rule: string | null
  came_from: string | null
  detail_json: string
  previous_hash: string
  hash: string
  /** Null where who it was, or of whom it tells, was struck out. */
  who_salt: string | null
  whom_salt: string | null
  who_seal: string
  whom_seal: string
  /** Of a line that names several clients. */
  named_seal: string | null
}

/** Clients whom a line names together, by their places; null, with their salt, where one was struck out. */
interface AuditNamedTable {
  seq: number
  place: number
  client_id: string | null
  salt: string | null
  seal: string
}
