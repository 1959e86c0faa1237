// Checks the log: the whole chain, and the words that were struck from it. It reads page by page, so it can run while
// the log grows and does not block writers.
import {
  FORMER_HEAD,
  hashLine,
  RESEALED,
  sealWho,
  sealWhom,
  START,
  STRUCK,
  type AuditCheck,
  type Broken,
  type Who,
  type Whom,
} from './audit-chain.ts'
import { areSealed, hasNames, namesOfLines, type Name } from './audit-named.ts'
import type { Database } from '../database.ts'
import { readNumbers } from './line-numbers.ts'

const PAGE = 500

export interface Walking {
  /** Hears how many lines fitted so far. */
  readonly onPage?: (lines: number) => void
  /** Waited for between pages, where others are answered by the same thread. */
  readonly rest?: () => Promise<void>
}

/** Walk the chain from its start to its last line. Lines are only added, and struck out, so that each page may be read at a
 *  moment of its own. */
export async function verifyAudit(db: Database, { onPage, rest }: Walking = {}): Promise<AuditCheck> {
  let strikes = await readStrikes(db)
  if (strikes.broken !== null) return strikes.broken
  const struck: number[] = []
  let previous = START
  let expected = 1
  // From before the first line, so that one put in there is met.
  let after = Number.MIN_SAFE_INTEGER
  const named = await hasNames(db)
  const beside = named ? await findBeside(db) : null
  if (beside !== null) return { ok: false, seq: beside, reason: 'changed' }
  for (let head = await readHead(db); ;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute()
    const [first, last] = [rows[0], rows.at(-1)]
    const none: ReadonlyMap<number, readonly Name[]> = new Map()
    const names = named && first && last ? await namesOfLines(db, first.seq, last.seq) : none
    for (const row of rows) {
      const line = { ...row, names: names.get(row.seq) ?? [] }
      if (row.seq > expected) return { ok: false, seq: expected, reason: 'missing' }
      if (row.seq < expected) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if (row.previous_hash !== previous) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      // Somebody may have been struck out since it was read what was.
      const fits = (await isSealed(line, strikes)) || (await isSealed(line, (strikes = await readStrikes(db))))
      if (!fits || (await hashLine(row, previous)) !== row.hash) return { ok: false, seq: row.seq, reason: 'changed' }
      if (row.who_salt === null || row.whom_salt === null || strikes.emptied.has(row.seq) || isNameless(line))
        struck.push(row.seq)
      previous = row.hash
      after = expected++
    }
    onPage?.(expected - 1)
    await rest?.()
    if (rows.length === PAGE) continue
    // All lines up to the head of before this page were there to be read.
    if (head.seq > expected - 1) return { ok: false, seq: expected, reason: 'missing' }
    head = await readHead(db)
    if (head.seq < expected - 1) return { ok: false, seq: head.seq + 1, reason: 'not_after_the_one_before' }
    if (head.seq > expected - 1) continue
    if (head.hash !== previous) return { ok: false, seq: expected - 1, reason: 'changed' }
    return { ok: true, lines: expected - 1, head: previous, struck, formerHead: strikes.formerHead }
  }
}

async function readHead(db: Database): Promise<{ readonly seq: number; readonly hash: string }> {
  const head = await db.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst()
  return head ?? { seq: 0, hash: START }
}

interface Strikes {
  /** Lines whose actor may be struck, and lines whose client may be struck. */
  readonly who: ReadonlySet<number>
  readonly whom: ReadonlySet<number>
  /** How many of a line's names may be struck. */
  readonly named: ReadonlyMap<number, number>
  /** Lines from which a word was taken before they were sealed. */
  readonly emptied: ReadonlySet<number>
  /** The fault that the log had when it was sealed anew: sealing repaired nothing. */
  readonly broken: Extract<AuditCheck, { ok: false }> | null
  readonly formerHead: string | null
}

async function readStrikes(db: Database): Promise<Strikes> {
  const lines = await db
    .selectFrom('audit')
    .selectAll()
    .where('action', 'in', [STRUCK, RESEALED, FORMER_HEAD])
    .execute()
  const [who, whom, emptied] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const named = new Map<number, number>()
  let broken: Strikes['broken'] = null
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
    for (const one of readNumbers(detail['named'])) if (one < seq) named.set(one, (named.get(one) ?? 0) + 1)
    const { brokenAt, brokenBy, head } = detail
    if (action === FORMER_HEAD && typeof head === 'string') formerHead = head
    if (action === RESEALED && typeof brokenAt === 'number')
      broken = { ok: false, seq: brokenAt, reason: brokenBy as Broken }
  }
  return { who, whom, named, emptied, broken, formerHead }
}

interface Line extends Who, Whom {
  readonly seq: number
  readonly who_salt: string | null
  readonly whom_salt: string | null
  readonly who_seal: string
  readonly whom_seal: string
  /** Absent where there is no such column yet. */
  readonly named_seal?: string | null
  readonly names: readonly Name[]
}

async function isSealed(line: Line, strikes: Strikes): Promise<boolean> {
  const { seq, who_salt, whom_salt, names, named_seal = null } = line
  const who =
    who_salt === null
      ? line.person_id === null && line.came_from === null && strikes.who.has(seq)
      : (await sealWho(line, who_salt)) === line.who_seal
  const whom =
    whom_salt === null
      ? line.client_id === null && line.detail_json === '{}' && strikes.whom.has(seq)
      : (await sealWhom(line, whom_salt)) === line.whom_seal
  return who && whom && (await areSealed(names, named_seal, strikes.named.get(seq) ?? 0))
}

const isNameless = ({ names }: Line): boolean => names.some(({ client_id }) => client_id === null)

/** Where names stand and no line does; null where each has its line. */
async function findBeside(db: Database): Promise<number | null> {
  const found = await db
    .selectFrom('audit_named')
    .select('seq')
    .where((eb) =>
      eb.or([
        eb('seq', '<', 1),
        eb(
          'seq',
          '>',
          eb.selectFrom('audit_head').select((of) => of.fn.coalesce(of.fn.max('audit_head.seq'), of.val(0)).as('seq')),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return found?.seq ?? null
}
