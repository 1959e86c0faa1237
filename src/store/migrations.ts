// Brings a database to the newest shape at start. Forward only: a step that has landed is never changed, a new one is
// added behind it.
import { sql } from 'kysely'
import type { Database, Store } from './database.ts'

const steps: readonly (readonly string[])[] = [
  [
    `create table client (
       id text primary key, first_name text not null, birth_year integer not null,
       watch_level text not null check (watch_level in ('standard', 'extra')), created_at_ms integer not null) strict`,
    `create table calm_zone (
       id text primary key, client_id text not null references client (id), valid_from_ms integer not null,
       source text not null, ceiling_bpm integer, floor_bpm integer, hard_bpm integer,
       reason text, inputs_json text not null, created_at_ms integer not null) strict`,
    `create index calm_zone_by_client on calm_zone (client_id, valid_from_ms)`,
    `create trigger calm_zone_is_never_edited before update on calm_zone
       begin select raise(abort, 'a calm zone is superseded, never edited'); end`,
    `create table run_file (
       id text primary key, client_id text not null references client (id), sha256 text not null, name text not null,
       size_bytes integer not null, created_at_ms integer not null, unique (client_id, sha256)) strict`,
    `create table run_file_part (
       file_id text not null references run_file (id), part integer not null, bytes blob not null,
       primary key (file_id, part)) strict`,
    `create table run (
       id text primary key, client_id text not null references client (id), file_id text not null references run_file (id),
       file_activity integer not null, started_at_ms integer not null, elapsed_s real not null,
       recording_json text not null, planned_min real, near_duplicate_of text, imported_at_ms integer not null,
       unique (file_id, file_activity)) strict`,
    `create index run_by_client on run (client_id, started_at_ms, id)`,
    `create table run_chunk (
       run_id text not null references run (id), part integer not null, bytes blob not null,
       primary key (run_id, part)) strict`,
    `create table assessment (
       seq integer primary key, id text not null unique, run_id text not null references run (id),
       zone_id text references calm_zone (id), rule_version text not null, verdict text not null,
       assessment_json text not null, assessed_at_ms integer not null) strict`,
    `create index assessment_by_run on assessment (run_id, seq)`,
    `create trigger assessment_is_never_edited before update on assessment
       begin select raise(abort, 'judging again adds an assessment, it never changes one'); end`,
  ],
  [
    `create table clinic_settings (
       version integer primary key, time_zone text not null, rule_sets_json text not null, parameters_json text not null,
       reason text not null, changed_at_ms integer not null) strict`,
    `create trigger clinic_settings_are_never_edited before update on clinic_settings
       begin select raise(abort, 'settings are superseded, never edited'); end`,
    `create trigger clinic_settings_are_never_removed before delete on clinic_settings
       begin select raise(abort, 'settings are superseded, never removed'); end`,
  ],
  [
    `create table combination (
       run_id text primary key references run (id), other_run_id text not null unique references run (id),
       combined_at_ms integer not null, check (run_id <> other_run_id)) strict`,
  ],
]

/** Run the steps that this database has not had yet, each whole or not at all. */
export async function migrate(store: Store): Promise<void> {
  await sql`create table if not exists migration (step integer primary key)`.execute(store.db)
  for (let step = await countDone(store.db); step < steps.length; step++)
    await store.atomically(async (db) => {
      for (const statement of steps[step] ?? []) await sql.raw(statement).execute(db)
      await sql`insert into migration (step) values (${step})`.execute(db)
    })
}

/** Whether every step has run. */
export const isMigrated = async (db: Database): Promise<boolean> => (await countDone(db)) === steps.length

async function countDone(db: Database): Promise<number> {
  const { rows } = await sql<{ done: number }>`select count(*) as done from migration`.execute(db)
  return rows[0]?.done ?? 0
}
