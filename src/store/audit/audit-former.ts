// The old form of the log, before its lines had seals: each hash was made of the words themselves. Used to seal an old
// log anew (`audit-reseal.ts`), and to check an old copy before it is started.
import { sql } from 'kysely'
import { START, type AuditCheck } from './audit-chain.ts'
import type { Database } from '../database.ts'
import { ExpectedError } from '../expected-error.ts'
import { sha256Hex } from '../sha256.ts'
import type { Tables } from '../tables.ts'

const PAGE = 1000

/** Whether the log is from then. @throws where there is none at all: from before there was a log */
export async function isFormerLog(db: Database): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info('audit')`.execute(db)
  if (rows.length === 0) throw new ExpectedError('NO_LOG', 'this database is of a calmpace that kept no log yet')
  return !rows.some(({ name }) => name === 'who_salt')
}

/** Walk the chain as it was made then.
 *  @param onPage hears how many lines fitted so far */
export async function verifyFormerLog(db: Database, onPage?: (lines: number) => void): Promise<AuditCheck> {
  let [previous, lines] = [START, 0]
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute()
    for (const row of rows) {
      if (row.seq > lines + 1) return { ok: false, seq: lines + 1, reason: 'missing' }
      if (row.seq <= lines || row.previous_hash !== previous)
        return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if ((await formerHash(row, previous)) !== row.hash) return { ok: false, seq: row.seq, reason: 'changed' }
      previous = row.hash
      after = row.seq
      lines++
    }
    onPage?.(lines)
    if (rows.length < PAGE) break
  }
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst()
  const known = head?.seq ?? 0
  if (known !== lines) return { ok: false, seq: Math.min(known, lines) + 1, reason: 'missing' }
  if ((head?.hash ?? START) !== previous) return { ok: false, seq: lines, reason: 'changed' }
  return { ok: true, lines, head: previous, struck: [], formerHead: null }
}

const formerHash = (row: Tables['audit'], previous: string): string | Promise<string> => {
  const { seq, at_ms, person_id, action, client_id, rule, came_from, detail_json } = row
  return sha256Hex(JSON.stringify([previous, seq, at_ms, person_id, action, client_id, rule, came_from, detail_json]))
}
