// Fills a store with years of a practice: rows by SQL in one transaction, as they would have come in. Of raw samples only
// those of the last weeks are there, as retention leaves them.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Template, TemplateRun } from './template.ts'

export interface Practice {
  readonly clients: number
  /** Of each client. */
  readonly runs: number
  readonly lines: number
}

export const CLIENTS_A_GROUP = 10
const DAY_MS = 86_400_000
const RUN_EVERY_MS = 2 * DAY_MS
const SAMPLES_DAYS = 90
/** Of the runs, those of which something was raised, told, asked; of the flags, those that still wait though they are old. */
const [FLAG_EVERY, TOLD_EVERY, ASKED_EVERY, WAITS_EVERY] = [3, 2, 5, 36]
const FIRST_NAMES = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs', 'Hilde', 'Imre', 'Joke']

type Insert = (table: string, values: Readonly<Record<string, SQLInputValue>>) => void

/** Clients, runs and what is about them. @param personId guides all of them */
export function fillStore(
  path: string,
  template: Template,
  { clients, runs }: Practice,
  personId: string,
  nowMs: number,
) {
  const sqlite = openToFill(path)
  const insert = inserter(sqlite)
  sqlite.exec('begin')
  for (let group = 0; group * CLIENTS_A_GROUP < clients; group++) {
    insert('care_group', { id: `group-${group}`, name: `Groep ${group}`, created_at_ms: 1 })
    for (const role of ['therapist', 'supervisor'])
      insert('group_staff', { group_id: `group-${group}`, person_id: personId, role })
  }
  for (let i = 0; i < clients; i++) fillClient(insert, template, { n: i, runs, personId, nowMs })
  sqlite.exec('commit')
  sqlite.close()
}

/** Without a journal: nothing of it is anybody's. From a log of changes there is no way to none but over a journal. */
export function openToFill(path: string): DatabaseSync {
  const sqlite = new DatabaseSync(path)
  sqlite.exec(
    'pragma journal_mode = delete; pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -400000',
  )
  return sqlite
}

function inserter(sqlite: DatabaseSync): Insert {
  const prepared = new Map<string, StatementSync>()
  return (table, values) => {
    const names = Object.keys(values)
    const key = `${table} ${names.join()}`
    const statement =
      prepared.get(key) ??
      sqlite.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`)
    prepared.set(key, statement)
    statement.run(...Object.values(values))
  }
}

interface Filling {
  readonly n: number
  readonly runs: number
  readonly personId: string
  readonly nowMs: number
}

export const clientIdOf = (n: number): string => idOf('c', n, 0)
/** As long as the ids that calmpace makes. */
const idOf = (what: string, n: number, i: number): string =>
  `${what.padEnd(8, '0')}-0000-4000-8000-${String(n).padStart(6, '0')}${String(i).padStart(6, '0')}`

function fillClient(insert: Insert, template: Template, filling: Filling): void {
  const { n, runs, personId, nowMs } = filling
  const client_id = clientIdOf(n)
  const fromMs = nowMs - runs * RUN_EVERY_MS - DAY_MS
  const first_name = `${FIRST_NAMES[n % FIRST_NAMES.length]} ${Math.floor(n / FIRST_NAMES.length)}`
  const facts = { birth_year: 1960 + (n % 45), watch_level: n % 7 === 0 ? 'extra' : 'standard', person_id: null }
  insert('client', { id: client_id, first_name, ...facts, created_at_ms: fromMs })
  insert('group_client', { group_id: `group-${Math.floor(n / CLIENTS_A_GROUP)}`, client_id })
  insert('sharing', { client_id, at_ms: fromMs, agreed: 1 })
  for (let i = 0; i < runs; i++) {
    const startedAtMs = nowMs - (runs - i) * RUN_EVERY_MS + (n % 600) * 60_000
    if (i % 50 === 0) fillAgreements(insert, client_id, idOf('a', n, i), personId, startedAtMs)
    const run = template.runs[(i + n) % template.runs.length]
    if (run === undefined) continue
    const zoneId = `zone-${idOf('a', n, i - (i % 50))}`
    fillRun(insert, run, { client_id, id: idOf('r', n, i), startedAtMs, zoneId, nowMs })
    fillTold(insert, filling, i, startedAtMs)
    if (i % FLAG_EVERY === 0) for (const two of [0, 1]) fillFlag(insert, template, filling, i * 2 + two, startedAtMs)
  }
}

function fillAgreements(insert: Insert, client_id: string, id: string, by: string, atMs: number): void {
  const from = { client_id, valid_from_ms: atMs - 1000, created_at_ms: atMs - 1000, by_person_id: by }
  insert('calm_zone', {
    ...from,
    id: `zone-${id}`,
    source: 'manual',
    ceiling_bpm: 140,
    hard_bpm: 160,
    reason: 'praattest',
    inputs_json: '{"manualCeilingBpm":140}',
  })
  insert('plan', { ...from, id: `plan-${id}`, weekdays_json: '[2,4,6]', run_min: 30, run_s: 120, walk_s: 60 })
}

interface FillingRun {
  readonly id: string
  readonly client_id: string
  readonly startedAtMs: number
  readonly zoneId: string
  readonly nowMs: number
}

function fillRun(insert: Insert, run: TemplateRun, { id, client_id, startedAtMs, zoneId, nowMs }: FillingRun): void {
  const importedAtMs = startedAtMs + 3_600_000
  const file_id = `f${id.slice(1)}`
  const file = { id: file_id, client_id, sha256: id.padEnd(64, '0'), name: 'run.fit', size_bytes: run.file.length }
  insert('run_file', { ...file, created_at_ms: importedAtMs })
  insert('run', {
    id,
    client_id,
    file_id,
    file_activity: 0,
    started_at_ms: startedAtMs,
    elapsed_s: run.elapsedS,
    recording_json: run.recordingJson.replaceAll(String(run.startedAtMs), String(startedAtMs)),
    planned_min: 30,
    imported_at_ms: importedAtMs,
    start_offset_s: 3600,
  })
  insert('assessment', {
    id: `j${id.slice(1)}`,
    run_id: id,
    zone_id: zoneId,
    rule_version: run.ruleVersion,
    verdict: run.verdict,
    assessment_json: run.assessmentJson.replaceAll(String(run.startedAtMs), String(startedAtMs)),
    assessed_at_ms: importedAtMs,
  })
  if (startedAtMs < nowMs - SAMPLES_DAYS * DAY_MS) return
  insert('run_file_part', { file_id, part: 0, bytes: run.file })
  insert('run_chunk', { run_id: id, part: 0, bytes: run.columns })
}

/** What the client told and asked beside a run. */
function fillTold(insert: Insert, { n, personId }: Filling, i: number, startedAtMs: number): void {
  const [client_id, run_id, atMs] = [clientIdOf(n), idOf('r', n, i), startedAtMs + 7_200_000]
  const told = { client_id, run_id, at_ms: atMs }
  if (i % TOLD_EVERY === 0) {
    const felt = { rpe: 3, mood: 6, energy: 6, sleep_h: 7.5, pain_nrs: 1, meals_for_running: 0 }
    insert('after_run', { ...told, ...felt, id: idOf('t', n, i), what_helped: null, written_at_ms: atMs })
  }
  if (i % ASKED_EVERY !== 0) return
  const question = idOf('q', n, i)
  const note = { ...told, by_person_id: personId }
  insert('note', { ...note, id: question, kind: 'question', text: 'Mag ik morgen ook? '.repeat(4) })
  const answer = { id: idOf('w', n, i), kind: 'answer', text: 'Ja, rustig aan. '.repeat(6), answers: question }
  if (i % (ASKED_EVERY * 8) !== 0) insert('note', { ...note, ...answer })
  insert('note', { ...note, id: idOf('s', n, i), kind: 'shared', text: 'Liep ontspannen vandaag. '.repeat(8) })
  const check = { id: idOf('k', n, i), client_id, at_ms: startedAtMs - 60_000, by_person_id: personId }
  insert('check_in', { ...check, participation_id: null, result: 'ok', zone_needs_review: 0 })
}

function fillFlag(insert: Insert, template: Template, { n, personId, nowMs }: Filling, i: number, aboutMs: number) {
  const flag = template.flags[i % template.flags.length]
  if (flag === undefined) return
  const id = idOf('f', n, i)
  const raisedAtMs = aboutMs + 7_200_000
  const waits = raisedAtMs > nowMs - 30 * DAY_MS || i % WAITS_EVERY === 0
  insert('flag', {
    id,
    client_id: clientIdOf(n),
    run_id: idOf('r', n, Math.floor(i / 2)),
    kind: flag.kind,
    rule: flag.rule,
    rule_version: flag.ruleVersion,
    level: flag.level,
    evidence_json: flag.evidenceJson,
    about_ms: aboutMs,
    raised_at_ms: raisedAtMs,
    state: waits ? 'open' : i % 4 === 0 ? 'false_alarm' : 'resolved',
    version: waits ? 0 : 2,
  })
  const event = (act: string, state: string, version: number, by: string | null) =>
    insert('flag_event', {
      flag_id: id,
      at_ms: raisedAtMs + version * DAY_MS,
      person_id: by,
      act,
      state,
      version,
      detail_json: '{}',
    })
  event('raised', 'open', 0, null)
  if (waits) return
  event('opened', 'open', 0, personId)
  event('acknowledge', 'acknowledged', 1, personId)
  event(i % 4 === 0 ? 'false_alarm' : 'resolve', i % 4 === 0 ? 'false_alarm' : 'resolved', 2, personId)
}
