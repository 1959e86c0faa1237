// What binds the log's lines. A line's hash does not hold who it was and of whom it tells, but a seal of each: a hash over
// them and a salt of their own. Salt and words can be struck out together, and nobody can try words against the seal that
// stays; the chain stays whole. What was struck stands in a later line, else it counts as changed.
import type { Database } from '../database.ts'
import { readNumbers } from './line-numbers.ts'
import { sha256Hex, toHex } from '../sha256.ts'

export const START = ''
/** The line that says which lines were struck, the one that says that all were sealed anew (`audit-reseal.ts`), and the one
 *  that says what the last hash was before; it was made of what may be struck one day. */
export const STRUCK = 'log.struck'
export const RESEALED = 'log.resealed'
export const FORMER_HEAD = 'log.former-head'

export interface Who {
  readonly person_id: string | null
  readonly came_from: string | null
}
export interface Whom {
  readonly client_id: string | null
  readonly detail_json: string
}
export interface Seals {
  readonly who_salt: string
  readonly whom_salt: string
  readonly who_seal: string
  readonly whom_seal: string
}

/** Seal a line that nothing was struck from. */
export async function sealWhole(row: Who & Whom): Promise<Seals> {
  const [who_salt, whom_salt] = [newSalt(), newSalt()]
  return { who_salt, whom_salt, who_seal: await sealWho(row, who_salt), whom_seal: await sealWhom(row, whom_salt) }
}

const newSalt = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)))
const sealWho = ({ person_id, came_from }: Who, salt: string) => sha256Hex(JSON.stringify([salt, person_id, came_from]))
const sealWhom = ({ client_id, detail_json }: Whom, salt: string) =>
  sha256Hex(JSON.stringify([salt, client_id, detail_json]))

interface HashedRow {
  readonly seq: number
  readonly at_ms: number
  readonly action: string
  readonly rule: string | null
  readonly who_seal: string
  readonly whom_seal: string
}

export const hashLine = (row: HashedRow, previous: string): string | Promise<string> =>
  sha256Hex(JSON.stringify([previous, row.seq, row.at_ms, row.action, row.rule, row.who_seal, row.whom_seal]))

export type Broken = 'missing' | 'changed' | 'not_after_the_one_before'
export type AuditCheck =
  | {
      readonly ok: true
      readonly lines: number
      readonly head: string
      /** Numbers of the lines whose who or whom was struck out, in their order. */
      readonly struck: readonly number[]
      /** The last hash before all was sealed anew; null where it never was, or where somebody was struck out since. */
      readonly formerHead: string | null
    }
  /** `seq` is the first line that does not fit. */
  | { readonly ok: false; readonly seq: number; readonly reason: Broken }

const PAGE = 1000

/** Walk the chain from its start. Of a database that is written to meanwhile, inside one transaction only.
 *  @param onPage hears how many lines fitted so far */
export async function verifyAudit(db: Database, onPage?: (lines: number) => void): Promise<AuditCheck> {
  const told = await readTold(db)
  if (told.broken !== null) return told.broken
  const struck: number[] = []
  let previous = START
  let expected = 1
  // From before the first line, so that one put in there is met.
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute()
    for (const row of rows) {
      if (row.seq > expected) return { ok: false, seq: expected, reason: 'missing' }
      if (row.seq < expected) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if (row.previous_hash !== previous) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if ((await hashLine(row, previous)) !== row.hash || !(await isSealed(row, told)))
        return { ok: false, seq: row.seq, reason: 'changed' }
      if (row.who_salt === null || row.whom_salt === null || told.emptied.has(row.seq)) struck.push(row.seq)
      previous = row.hash
      after = expected++
    }
    onPage?.(expected - 1)
    if (rows.length < PAGE) break
  }
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst()
  if ((head?.seq ?? 0) > expected - 1) return { ok: false, seq: expected, reason: 'missing' }
  if ((head?.seq ?? 0) < expected - 1)
    return { ok: false, seq: (head?.seq ?? 0) + 1, reason: 'not_after_the_one_before' }
  if ((head?.hash ?? START) !== previous) return { ok: false, seq: expected - 1, reason: 'changed' }
  return { ok: true, lines: expected - 1, head: previous, struck, formerHead: told.formerHead }
}

interface Told {
  /** Lines that may be without who, and without whom. */
  readonly who: ReadonlySet<number>
  readonly whom: ReadonlySet<number>
  /** Lines from which a word was taken before they were sealed. */
  readonly emptied: ReadonlySet<number>
  /** What did not fit when the log was sealed anew: sealing mended nothing. */
  readonly broken: Extract<AuditCheck, { ok: false }> | null
  readonly formerHead: string | null
}

async function readTold(db: Database): Promise<Told> {
  const lines = await db
    .selectFrom('audit')
    .selectAll()
    .where('action', 'in', [STRUCK, RESEALED, FORMER_HEAD])
    .execute()
  const [who, whom, emptied] = [new Set<number>(), new Set<number>(), new Set<number>()]
  let broken: Told['broken'] = null
  let formerHead: string | null = null
  for (const { seq, action, detail_json } of lines) {
    const detail = JSON.parse(detail_json) as Record<string, unknown>
    // A line tells of lines before it.
    const add = (to: Set<number>, numbers: unknown) => {
      for (const one of readNumbers(numbers)) if (one < seq) to.add(one)
    }
    add(who, detail['who'])
    add(whom, detail['whom'])
    add(emptied, detail['emptied'])
    const { brokenAt, brokenBy, head } = detail
    if (action === FORMER_HEAD && typeof head === 'string') formerHead = head
    if (action === RESEALED && typeof brokenAt === 'number')
      broken = { ok: false, seq: brokenAt, reason: brokenBy as Broken }
  }
  return { who, whom, emptied, broken, formerHead }
}

async function isSealed(
  row: Who &
    Whom & { seq: number; who_salt: string | null; whom_salt: string | null; who_seal: string; whom_seal: string },
  told: Told,
): Promise<boolean> {
  const who =
    row.who_salt === null
      ? row.person_id === null && row.came_from === null && told.who.has(row.seq)
      : (await sealWho(row, row.who_salt)) === row.who_seal
  const whom =
    row.whom_salt === null
      ? row.client_id === null && row.detail_json === '{}' && told.whom.has(row.seq)
      : (await sealWhom(row, row.whom_salt)) === row.whom_seal
  return who && whom
}
