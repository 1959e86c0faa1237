// Updates a database to the newest schema at start. Forward only: a step that has landed never changes; add a new one
// at the end.
import { sql } from 'kysely'
import { resealAudit } from './audit/audit-reseal.ts'
import type { Database, Store } from './database.ts'
import { version } from '../version.ts'
import { ExpectedError } from './expected-error.ts'

/** Statements, or what takes more than statements. */
type Step = readonly string[] | ((db: Database) => Promise<void>)

const isUnopened = (flagId: string) =>
  `not exists (select 1 from flag_event where flag_id = ${flagId} and act = 'opened')`
const isCountOf = (flagId: string) =>
  `(client_id, state, kind, level) = (select client_id, state, kind, level from flag where id = ${flagId})`
const countOneMore = `insert into flag_count
  values (new.client_id, new.state, new.kind, new.level, 1, ${isUnopened('new.id')})
  on conflict do update set flags = flags + 1, unopened = unopened + excluded.unopened`
const countOneLess = `update flag_count set flags = flags - 1, unopened = unopened - ${isUnopened('old.id')}
    where (client_id, state, kind, level) = (old.client_id, old.state, old.kind, old.level);
  delete from flag_count
    where (client_id, state, kind, level) = (old.client_id, old.state, old.kind, old.level) and flags = 0`

const steps: readonly Step[] = [
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
  // Sign-in: the tables of better-auth under its own column names; a test holds them against the library.
  [
    `create table person (
       id text primary key, name text not null, email text not null unique, emailVerified integer not null, image text,
       createdAt text not null, updatedAt text not null, twoFactorEnabled integer) strict`,
    `create table session (
       id text primary key, expiresAt text not null, token text not null unique, createdAt text not null,
       updatedAt text not null, ipAddress text, userAgent text, method text,
       userId text not null references person (id) on delete cascade) strict`,
    `create index session_by_person on session (userId)`,
    `create table account (
       id text primary key, accountId text not null, providerId text not null,
       userId text not null references person (id) on delete cascade, accessToken text, refreshToken text, idToken text,
       accessTokenExpiresAt text, refreshTokenExpiresAt text, scope text, password text, createdAt text not null,
       updatedAt text not null) strict`,
    `create index account_by_person on account (userId)`,
    `create table verification (
       id text primary key, identifier text not null, value text not null, expiresAt text not null,
       createdAt text not null, updatedAt text not null) strict`,
    `create index verification_by_identifier on verification (identifier)`,
    `create table twoFactor (
       id text primary key, secret text not null, backupCodes text not null,
       userId text not null references person (id) on delete cascade, verified integer, failedVerificationCount integer,
       lockedUntil text) strict`,
    `create index two_factor_by_person on twoFactor (userId)`,
    `create table passkey (
       id text primary key, name text, publicKey text not null, userId text not null references person (id) on delete cascade,
       credentialID text not null unique, counter integer not null, deviceType text not null, backedUp integer not null,
       transports text, createdAt text, aaguid text) strict`,
    `create index passkey_by_person on passkey (userId)`,
    `create table rateLimit (
       id text primary key, key text not null unique, count integer not null, lastRequest integer not null) strict`,
  ],
  // Roles, groups, invitations, emergencies, and the log.
  [
    `create table person_role (
       person_id text not null references person (id) on delete cascade,
       role text not null check (role in ('administrator', 'supervisor', 'therapist')),
       primary key (person_id, role)) strict`,
    `alter table client add column person_id text references person (id) on delete set null`,
    `create unique index client_by_person on client (person_id)`,
    `create table care_group (id text primary key, name text not null, created_at_ms integer not null) strict`,
    `create table group_staff (
       group_id text not null references care_group (id) on delete cascade,
       person_id text not null references person (id) on delete cascade,
       role text not null check (role in ('supervisor', 'therapist')),
       primary key (group_id, person_id, role)) strict`,
    `create table group_client (
       group_id text not null references care_group (id) on delete cascade, client_id text not null references client (id),
       primary key (group_id, client_id)) strict`,
    `create index group_client_by_client on group_client (client_id)`,
    `create table invitation (
       id text primary key, token_sha256 text not null unique, roles_json text not null, group_ids_json text not null,
       client_id text references client (id) on delete cascade, invited_by text, created_at_ms integer not null,
       expires_at_ms integer not null, used_at_ms integer) strict`,
    `create table break_glass (
       id text primary key, person_id text not null references person (id) on delete cascade,
       client_id text not null references client (id), reason text not null, at_ms integer not null,
       until_ms integer not null) strict`,
    `create table sign_in_lock (
       subject_sha256 text primary key, failures integer not null, last_at_ms integer not null) strict`,
    `create table audit (
       seq integer primary key, at_ms integer not null, person_id text, action text not null, client_id text, rule text,
       came_from text, detail_json text not null, previous_hash text not null, hash text not null) strict`,
    `create index audit_by_client on audit (client_id, seq)`,
    `create table audit_head (id integer primary key check (id = 1), seq integer not null, hash text not null) strict`,
    `create trigger audit_is_never_edited before update on audit
       begin select raise(abort, 'the log is append-only'); end`,
    `create trigger audit_is_never_removed before delete on audit
       begin select raise(abort, 'the log is append-only'); end`,
  ],
  // How long raw samples are kept.
  [`alter table clinic_settings add column retention_days integer not null default 90`],
  // Group runs: what phones send, until it is a run; check-ins without their answers.
  [
    `create table group_run (
       id text primary key, group_id text references care_group (id) on delete set null, made_by text not null,
       made_at_ms integer not null) strict`,
    `create table participation (
       id text primary key, group_run_id text not null references group_run (id),
       client_id text not null references client (id), zone_version_id text,
       state text not null check (state in ('arriving', 'composed', 'composed_incomplete', 'checked_in_only')),
       has_stop integer not null, has_news integer not null, last_batch_at_ms integer not null,
       run_id text references run (id), closed_at_ms integer, created_at_ms integer not null) strict`,
    `create index participation_by_client on participation (client_id)`,
    `create index participation_by_group_run on participation (group_run_id)`,
    `create index participation_by_run on participation (run_id)`,
    `create index participation_with_news on participation (id) where has_news = 1`,
    `create table batch (
       participation_id text not null references participation (id), recorder_id text not null, number integer not null,
       bytes blob not null, sent_at_ms integer not null, received_at_ms integer not null,
       primary key (participation_id, recorder_id, number)) strict, without rowid`,
    `create trigger batch_is_never_edited before update on batch
       begin select raise(abort, 'a batch is never changed'); end`,
    `create table check_in (
       id text primary key, client_id text not null references client (id),
       participation_id text references participation (id), at_ms integer not null,
       result text not null check (result in ('ok', 'consult', 'not_today')), zone_needs_review integer not null,
       by_person_id text not null, unique (participation_id, at_ms)) strict`,
    `create index check_in_by_client on check_in (client_id, at_ms)`,
  ],
  // Review: flags that wait for a person and every step of their story; agreed plans; what a client told after a run, and
  // whether they share it; questions and notes.
  [
    `create table flag (
       id text primary key, client_id text not null references client (id), run_id text references run (id),
       kind text not null, rule text not null, rule_version text not null,
       level text not null check (level in ('attention', 'look', 'today')), evidence_json text not null,
       about_ms integer not null, raised_at_ms integer not null,
       state text not null
         check (state in ('open', 'acknowledged', 'in_conversation', 'escalated', 'resolved', 'false_alarm')),
       assigned_to text, version integer not null) strict`,
    `create index flag_by_client on flag (client_id, about_ms)`,
    `create index flag_by_run on flag (run_id)`,
    `create index flag_by_state on flag (state)`,
    `create table flag_event (
       seq integer primary key autoincrement, flag_id text not null references flag (id), at_ms integer not null,
       person_id text, act text not null, state text not null, version integer not null, reason text, note text,
       to_person_id text, run_id text references run (id), detail_json text not null) strict`,
    `create index flag_event_by_flag on flag_event (flag_id, seq)`,
    `create index flag_event_by_run on flag_event (run_id)`,
    `create trigger flag_event_is_never_edited before update of
         flag_id, at_ms, person_id, act, state, version, reason, note, to_person_id, detail_json on flag_event
       begin select raise(abort, 'a step of a flag is never changed'); end`,
    `create table plan (
       id text primary key, client_id text not null references client (id), valid_from_ms integer not null,
       weekdays_json text not null, run_min real not null, run_s integer, walk_s integer, reason text,
       by_person_id text not null, created_at_ms integer not null) strict`,
    `create index plan_by_client on plan (client_id, valid_from_ms)`,
    `create trigger plan_is_never_edited before update on plan
       begin select raise(abort, 'a plan is superseded, never edited'); end`,
    `create table sharing (
       client_id text not null references client (id), at_ms integer not null, agreed integer not null,
       primary key (client_id, at_ms)) strict`,
    `create table after_run (
       id text primary key, client_id text not null references client (id), run_id text unique references run (id),
       at_ms integer not null, rpe real, mood integer, energy integer, sleep_h real, pain_nrs integer,
       meals_for_running integer not null, what_helped text) strict`,
    `create index after_run_by_client on after_run (client_id, at_ms)`,
    `create table note (
       id text primary key, client_id text not null references client (id), run_id text references run (id),
       kind text not null check (kind in ('question', 'answer', 'shared')), text text not null,
       answers text references note (id), by_person_id text not null, at_ms integer not null) strict`,
    `create index note_by_client on note (client_id, at_ms)`,
    `create index note_by_run on note (run_id)`,
    `create trigger note_is_never_edited before update of kind, text, answers, by_person_id, at_ms on note
       begin select raise(abort, 'a note is never changed'); end`,
  ],
  [
    `alter table calm_zone add column by_person_id text`,
    `create table zone_withdrawal (
       zone_id text primary key references calm_zone (id), at_ms integer not null, by_person_id text,
       reason text not null) strict`,
    `create trigger zone_withdrawal_is_never_edited before update on zone_withdrawal
       begin select raise(abort, 'what was withdrawn stays so'); end`,
  ],
  // The local offset of a run's start, whether a person said that it is a run, and whom a client can talk to.
  [
    `alter table run add column start_offset_s integer`,
    `alter table run add column said_run integer check (said_run in (0, 1))`,
    `alter table clinic_settings add column support_json text`,
  ],
  // How far the clocks of a participation's recorders are off.
  [`alter table participation add column clocks_json text not null default '[]'`],
  // Whether a person said that HARD from a bad signal was so.
  [`alter table run add column said_hard integer check (said_hard in (0, 1))`],
  // What whoever guides a client writes down about rest days: never an answer, a result at most.
  [
    `create table rest_note (
       id text primary key, client_id text not null references client (id), at_ms integer not null,
       kind text not null check (kind in ('upset', 'score')), score integer, by_person_id text not null,
       check ((kind = 'score') = (score is not null))) strict`,
    `create index rest_note_by_client on rest_note (client_id, at_ms)`,
  ],
  // Pairs of runs that may be one run recorded twice, and what a person said of each; how far a second source is moved. What
  // was called a near duplicate before is a pair that nobody answered, or one that is shown as one.
  [
    `create table twin (
       run_id text not null references run (id), other_run_id text not null references run (id),
       sign text not null check (sign in ('heart_rate', 'same_beats', 'same_time', 'other_heart')),
       shift_s real not null, found_at_ms integer not null, is_one_run integer check (is_one_run in (0, 1)),
       answered_at_ms integer, by_person_id text, primary key (run_id, other_run_id)) strict, without rowid`,
    `create index twin_by_other on twin (other_run_id)`,
    `insert into twin
       select run.near_duplicate_of, run.id, 'same_time', 0, run.imported_at_ms,
         case when combination.run_id is null then null else 1 end, combination.combined_at_ms, null
       from run join run as first on first.id = run.near_duplicate_of
       left join combination on combination.other_run_id = run.id and combination.run_id = run.near_duplicate_of
       where run.near_duplicate_of != run.id`,
    `alter table run drop column near_duplicate_of`,
    `alter table combination add column shift_s real not null default 0`,
  ],
  // The start that a device's clock gave where it cannot be right, and when a person said when the run was. Runs that came in
  // before this was asked are asked about and stay where they are until somebody says it; five days of them are history.
  [
    `alter table run add column file_started_at_ms integer`,
    `alter table run add column date_said_at_ms integer`,
    `update run set file_started_at_ms = started_at_ms
       where started_at_ms > imported_at_ms + 172800000
          or (started_at_ms < 1262304000000
              and (select count(distinct other.started_at_ms / 86400000) from run as other
                     where other.client_id = run.client_id
                       and other.started_at_ms >= 946684800000 and other.started_at_ms < 1262304000000) < 5)`,
  ],
  // Hard limits and floors that no heart has were taken once: with such a hard limit HARD never came. Those versions are withdrawn
  // by calmpace itself; the ceiling that a person set goes on holding, with the hard limit that follows from it alone (rule B7).
  [
    `insert into calm_zone
       select 'put-right-' || id, client_id, valid_from_ms, source, ceiling_bpm,
         case when floor_bpm between 30 and 195 then floor_bpm end,
         case when hard_bpm between 75 and 220 then hard_bpm when ceiling_bpm is not null then ceiling_bpm + 20 end,
         reason, json_set(inputs_json,
           '$.manualHardBpm', case when hard_bpm between 75 and 220 then json_extract(inputs_json, '$.manualHardBpm') end,
           '$.manualFloorBpm', case when floor_bpm between 30 and 195 then json_extract(inputs_json, '$.manualFloorBpm') end),
         created_at_ms, null
       from calm_zone where hard_bpm not between 75 and 220 or floor_bpm not between 30 and 195`,
    `insert into zone_withdrawal
       select id, unixepoch() * 1000, null, 'no heart has these numbers' from calm_zone
       where (hard_bpm not between 75 and 220 or floor_bpm not between 30 and 195)
         and id not in (select zone_id from zone_withdrawal)`,
  ],
  // Nothing left behind. Reasons for a limit and an agreement are the therapist's own from now on, the old ones too, for the form
  // never said who reads them; what the client reads is a second field. What was removed is known, so that no archive brings it
  // back. Broken glass is evidence: no row goes with the account of who broke it, and of a client who is erased the row stays
  // without reason and id.
  [
    `alter table calm_zone add column reason_for_client text`,
    `alter table plan add column reason_for_client text`,
    `create table removal (
       client_id text not null references client (id), kind text not null check (kind in ('run', 'after_run', 'rest_note')),
       what text not null, at_ms integer not null, run_id text, by_client integer not null check (by_client in (0, 1)),
       primary key (client_id, kind, what)) strict, without rowid`,
    // Null in what was written before: any removal is later.
    `alter table after_run add column written_at_ms integer`,
    `alter table rest_note add column written_at_ms integer`,
    `create table kept_glass (
       id text primary key, person_id text not null, client_id text, reason text, at_ms integer not null,
       until_ms integer not null) strict`,
    `insert into kept_glass select id, person_id, client_id, reason, at_ms, until_ms from break_glass`,
    `drop table break_glass`,
    `alter table kept_glass rename to break_glass`,
    `create index break_glass_by_client on break_glass (client_id, person_id)`,
  ],
  // Locks of names by a keyed hash: what is there is of a quarter of an hour and is counted anew.
  [
    `drop table sign_in_lock`,
    `create table sign_in_lock (subject text primary key, failures integer not null, last_at_ms integer not null) strict`,
  ],
  // The log without what points at people by their e-mail address, and so that a client can be struck out of it.
  resealAudit,
  // Rights end when they end. A place in a group goes with the role that it is for; places that were left without one go now. Links
  // have a name, and an end besides use and age: those whose maker may not make them any more, or whose client has an account, end
  // now. A flag that was handed to somebody who cannot open it is nobody's again.
  [
    `delete from group_staff where not exists
       (select 1 from person_role where person_role.person_id = group_staff.person_id and person_role.role = group_staff.role)`,
    `create trigger place_in_group_goes_with_role after delete on person_role
       begin delete from group_staff where person_id = old.person_id and role = old.role; end`,
    `create index group_staff_by_person on group_staff (person_id, role)`,
    `alter table invitation add column name text`,
    `alter table invitation add column opened_at_ms integer`,
    `alter table invitation add column ended_at_ms integer`,
    `alter table invitation add column ending text
       check (ending in ('taken_back', 'right_ended', 'account_made', 'account_removed'))`,
    `create index invitation_by_client on invitation (client_id, created_at_ms)`,
    `create index invitation_by_maker on invitation (invited_by, created_at_ms)`,
    `update invitation set ended_at_ms = unixepoch() * 1000, ending = 'account_made'
       where used_at_ms is null and client_id in (select id from client where person_id is not null)`,
    `update invitation set ended_at_ms = unixepoch() * 1000, ending = 'right_ended'
       where used_at_ms is null and ended_at_ms is null and invited_by is not null and not case
         when client_id is null
           then exists (select 1 from person_role where person_id = invited_by and role = 'administrator')
         else exists (select 1 from group_client join group_staff on group_staff.group_id = group_client.group_id
           where group_client.client_id = invitation.client_id and group_staff.person_id = invited_by
             and group_staff.role = 'therapist') end`,
    `create index flag_by_assigned on flag (assigned_to) where assigned_to is not null`,
    `insert into flag_event (flag_id, at_ms, person_id, act, state, version, to_person_id, detail_json)
       select id, unixepoch() * 1000, null, 'handed_back', case state when 'escalated' then 'open' else state end, version + 1,
         assigned_to, '{}'
       from flag where assigned_to is not null and state in ('open', 'acknowledged', 'in_conversation', 'escalated')
         and not exists (select 1 from group_client join group_staff on group_staff.group_id = group_client.group_id
           where group_client.client_id = flag.client_id and group_staff.person_id = flag.assigned_to)`,
    `update flag set assigned_to = null, version = version + 1,
         state = case state when 'escalated' then 'open' else state end
       where exists (select 1 from flag_event where flag_event.flag_id = flag.id and act = 'handed_back')`,
  ],
  // Browsers in which somebody signed in before, and what was refused to nobody known and is told in one line.
  [
    `create table known_browser (
       token_sha256 text not null, person_id text not null references person (id) on delete cascade,
       last_at_ms integer not null, primary key (token_sha256, person_id)) strict, without rowid`,
    `create index known_browser_by_person on known_browser (person_id, last_at_ms)`,
    `create table refusals (
       id integer primary key check (id = 1), count integer not null, since_ms integer not null, told_at_ms integer not null,
       came_from text, several integer not null check (several in (0, 1))) strict`,
  ],
  // Who took a group run over. People are named by id alone: their account may go, what they did stays.
  [
    `create table hand_over (
       id text primary key, group_run_id text not null references group_run (id) on delete cascade, from_person_id text,
       to_person_id text not null, sent_by text not null, happened_at_ms integer not null, received_at_ms integer not null,
       without_network integer not null check (without_network in (0, 1))) strict`,
    `create index hand_over_by_group_run on hand_over (group_run_id)`,
    `create trigger hand_over_is_never_edited before update on hand_over
       begin select raise(abort, 'a hand-over is never changed'); end`,
  ],
  // When a session began and was last used. No browser skips the second factor any more.
  [
    `alter table session add column beganAtMs integer not null default 0`,
    `alter table session add column seenAtMs integer not null default 0`,
    `update session set beganAtMs = unixepoch(createdAt) * 1000, seenAtMs = unixepoch(updatedAt) * 1000`,
    `delete from verification where identifier like 'trust-device-%'`,
  ],
  // Codes of an app that were used, for as long as they could be used again. When a session last knew who is there; what began
  // before is asked.
  [
    `create table used_code (
       person_id text not null references person (id) on delete cascade, code text not null, at_ms integer not null,
       primary key (person_id, code)) strict, without rowid`,
    `alter table session add column provedAtMs integer not null default 0`,
  ],
  // Backup codes of which nobody has said yet that they keep them. Those of before count as kept.
  [
    `create table unkept_codes (
       person_id text primary key references person (id) on delete cascade, made_at_ms integer not null) strict, without rowid`,
  ],
  // Links to a new way in. Who made one is named by id alone, and is null where it was made on the clinic's own machine.
  [
    `create table reset_link (
       id text primary key, person_id text not null references person (id) on delete cascade, token_sha256 text not null unique,
       made_by text, made_at_ms integer not null, expires_at_ms integer not null, opened_at_ms integer, used_at_ms integer,
       known_at_ms integer) strict`,
    `create index reset_link_by_person on reset_link (person_id, made_at_ms)`,
    `create index reset_link_by_maker on reset_link (made_by)`,
  ],
  // What years of rows are found by: lines by act and by person, answers by question, judgements by limit, runs by their day,
  // flags by client and state with all that orders and counts them.
  [
    `create index audit_by_action on audit (action, seq)`,
    `create index audit_by_person on audit (person_id, seq)`,
    `create index note_by_question on note (answers) where answers is not null`,
    `create index assessment_by_zone on assessment (zone_id)`,
    `create index run_by_start on run (started_at_ms)`,
    `drop index flag_by_state`,
    `create index flag_in_list on flag (client_id, state, level, kind, assigned_to, raised_at_ms, about_ms, id)`,
    `create index flag_event_opened on flag_event (flag_id) where act = 'opened'`,
    `create index flag_event_over on flag_event (flag_id, version) where act = 'over'`,
  ],
  // From when on the files are to be rewritten without what was deleted.
  [`create table rewrite_due (id integer primary key check (id = 1), due_ms integer not null) strict`],
  // How many flags of each client stand how, and how many of them nobody has opened: kept by the database itself with each change,
  // whoever makes it.
  [
    `create table flag_count (
       client_id text not null, state text not null, kind text not null, level text not null,
       flags integer not null, unopened integer not null,
       primary key (client_id, state, kind, level)) strict, without rowid`,
    `insert into flag_count select client_id, state, kind, level, count(*), sum(${isUnopened('flag.id')})
       from flag group by client_id, state, kind, level`,
    `create trigger flag_is_counted after insert on flag begin ${countOneMore}; end`,
    `create trigger flag_is_counted_no_more after delete on flag begin ${countOneLess}; end`,
    `create trigger flag_is_counted_anew after update of client_id, state, kind, level on flag
       when (new.client_id, new.state, new.kind, new.level) is not (old.client_id, old.state, old.kind, old.level)
       begin ${countOneLess}; ${countOneMore}; end`,
    `create trigger flag_is_opened after insert on flag_event when new.act = 'opened' and not exists
         (select 1 from flag_event where flag_id = new.flag_id and act = 'opened' and seq <> new.seq)
       begin update flag_count set unopened = unopened - 1 where ${isCountOf('new.flag_id')}; end`,
    `create trigger flag_is_opened_no_more after delete on flag_event
       when old.act = 'opened' and ${isUnopened('old.flag_id')}
       begin update flag_count set unopened = unopened + 1 where ${isCountOf('old.flag_id')}; end`,
    `create index flag_handed on flag (assigned_to, state, client_id) where assigned_to is not null`,
  ],
  // Clients who are being erased, with what the log knew them as: gone with them.
  [
    `create table erasing (
       client_id text primary key references client (id), begun_json text not null, begun_at_ms integer not null)
       strict, without rowid`,
  ],
  // Clients whom one line of the log names together, each with a seal of their own that the line's hash holds. Names come with their line,
  // and only go by being struck.
  [
    `alter table audit add column named_seal text`,
    `create table audit_named (
       seq integer not null, place integer not null, client_id text, salt text, seal text not null,
       primary key (seq, place)) strict, without rowid`,
    `create index audit_named_by_client on audit_named (client_id, seq) where client_id is not null`,
    `create trigger audit_named_seal_is_never_edited before update of named_seal on audit
       when new.named_seal is not old.named_seal
       begin select raise(abort, 'the log is append-only'); end`,
    `create trigger audit_named_comes_with_its_line before insert on audit_named
       when new.seq <= (select seq from audit_head)
       begin select raise(abort, 'the log is append-only'); end`,
    `create trigger audit_named_is_only_struck before update on audit_named
       when new.seq is not old.seq or new.place is not old.place or new.seal is not old.seal
         or new.client_id is not null or new.salt is not null
       begin select raise(abort, 'the log is append-only'); end`,
    `create trigger audit_named_is_never_removed before delete on audit_named
       begin select raise(abort, 'the log is append-only'); end`,
  ],
  // Which calmpace brought the database to a step, so that an older one can say which it needs; and a row that is written to find out
  // whether anything can be.
  [
    `alter table migration add column version text`,
    `create table readiness (one integer primary key check (one = 1), asked_at_ms integer not null) strict`,
  ],
  // Imports that go on without the request that began them, and what came of them.
  [
    `create table import_job (
       id text primary key, client_id text not null references client (id), person_id text not null,
       begun_at_ms integer not null, asked_json text not null, upload_json text, tries integer not null,
       ended_at_ms integer, code text) strict, without rowid`,
    `create index import_job_by_client on import_job (client_id)`,
    `create table import_result (
       job_id text not null references import_job (id), part integer not null, bytes blob not null,
       primary key (job_id, part)) strict`,
  ],
]

/** Run the steps that this database has not had yet, each whole or not at all.
 *  @param upTo fewer steps, for a test of what a later one does
 *  @returns whether a database that was there already was changed
 *  @throws in words, where a newer calmpace wrote it */
export async function migrate(store: Store, upTo: number = steps.length): Promise<boolean> {
  await sql`create table if not exists migration (step integer primary key)`.execute(store.db)
  await refuseNewer(store.db)
  const done = await countDone(store.db)
  for (let step = done; step < upTo; step++)
    await store.atomically(async (db) => {
      const work = steps[step] ?? []
      if (typeof work === 'function') await work(db)
      else for (const statement of work) await sql.raw(statement).execute(db)
      await sql`insert into migration (step) values (${step})`.execute(db)
    })
  if (done < upTo && upTo === steps.length)
    await sql`update migration set version = ${version} where step >= ${done}`.execute(store.db)
  return done > 0 && done < upTo
}

/** Whoever reads or writes a database that has had steps which are not known here may take its tables for what they no longer are.
 *  @throws in words */
export async function refuseNewer(db: Database): Promise<void> {
  const done = await countDone(db)
  if (done <= steps.length) return
  const { rows } = await sql<{
    by: string | null
  }>`select max(version) as by from migration where step = ${done - 1}`.execute(db)
  const needed = rows[0]?.by ?? null
  throw new ExpectedError(
    'NEWER_DATABASE',
    `${needed === null ? 'a newer calmpace' : `calmpace ${needed}`} wrote this database (${done} steps, calmpace ${version} knows ${steps.length}); ` +
      `nothing was changed: use ${needed === null ? 'that calmpace' : `calmpace ${needed} or a later one`}`,
  )
}

/** Whether every step has run. */
export const isMigrated = async (db: Database): Promise<boolean> => (await countDone(db)) === steps.length

async function countDone(db: Database): Promise<number> {
  const { rows } = await sql<{ done: number }>`select count(*) as done from migration`.execute(db)
  return rows[0]?.done ?? 0
}
