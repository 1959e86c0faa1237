// Lines of a log that somebody kept for years: sealed and chained as the store does it, by Node's own hashes.
import { createHash } from 'node:crypto'
import { clientIdOf, openToFill, type Practice } from './fill-store.ts'

const YEARS_MS = 3 * 365 * 86_400_000

/** Behind the lines that are there. */
export function fillLog(path: string, { clients, lines }: Practice, personId: string, nowMs: number): void {
  const sqlite = openToFill(path)
  const head = sqlite.prepare('select seq, hash from audit_head').get() as { seq: number; hash: string }
  const insert = sqlite.prepare(
    `insert into audit (seq, at_ms, person_id, action, client_id, rule, came_from, detail_json, previous_hash, hash,
       who_salt, whom_salt, who_seal, whom_seal) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let { seq, hash } = head
  sqlite.exec('begin')
  for (let i = 0; i < lines; i++) {
    const { action, detail } = kinds[(i * 7) % kinds.length] ?? kinds[0]
    const [client, person] = [clientIdOf((i * 31) % clients), i % 3 === 0 ? `staff-${i % 40}` : personId]
    const [atMs, from] = [Math.floor(nowMs - YEARS_MS + (i / lines) * YEARS_MS), '10.0.0.5']
    const [whoSalt, whomSalt] = [saltOf(i, 1), saltOf(i, 2)]
    const whoSeal = sha256([whoSalt, person, from])
    const whomSeal = sha256([whomSalt, client, detail])
    const previous = hash
    seq++
    hash = sha256([previous, seq, atMs, action, 'T1', whoSeal, whomSeal])
    const [who, whom] = [
      [whoSalt, whoSeal],
      [whomSalt, whomSeal],
    ] as const
    insert.run(
      ...[seq, atMs, person, action, client, 'T1', from, detail, previous, hash],
      ...[who[0], whom[0], who[1], whom[1]],
    )
  }
  sqlite.prepare('update audit_head set seq = ?, hash = ?').run(seq, hash)
  sqlite.exec('commit')
  sqlite.close()
}

const of = (times: number, action: string, detail: string) => Array.from({ length: times }, () => ({ action, detail }))
/** How often each is met in a log, of a hundred lines. */
const kinds = [
  ...of(60, 'zone.view', '{"list":true}'),
  ...of(15, 'run.view', '{"runId":"r0000000-0000-4000-8000-000001000001"}'),
  ...of(10, 'flag.view', '{"list":true}'),
  ...of(10, 'patterns.view', '{}'),
  ...of(5, 'run.add', '{}'),
] as const

const sha256 = (words: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(words)).digest('hex')
const saltOf = (i: number, which: number): string => `${which}${String(i).padStart(31, '0')}`
