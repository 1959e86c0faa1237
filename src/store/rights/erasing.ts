// Erases a client with years of data without blocking others. First the client belongs to nobody, and a row says that
// the erasure began. Then their rows and their words in the log are deleted in portions, with turns for others in
// between. The client's own row is last. If the process is killed, the next start continues; the erased portions and
// all access to the client are gone in any case.
import { appendStruck, findErased, listToStrike, strike } from '../audit/audit-strike.ts'
import { addressesOf, findMentions, type Erased, type Mentions } from '../audit/audit-mentions.ts'
import { linesNaming, strikeNames } from '../audit/audit-named.ts'
import type { Database, Store } from '../database.ts'
import type { ClientAccess } from '../people/access.ts'
import { detachClient, eraseRest, eraseSome } from './erase-client.ts'

/** Waited for between two portions: others are answered first. */
type Rest = () => Promise<void>

/** Whom the log knows them as, found before the first word of theirs is struck out of it. */
interface Begun {
  readonly erased: Erased
  /** From where they came. */
  readonly addresses: readonly string[]
}

/** From now on nobody reaches them, and erasing them goes on to its end whatever happens. Inside `atomically`, behind the line that says
 *  who asked. */
export async function beginErasing(
  db: Database,
  { clientId }: ClientAccess<'data.erase'>,
  nowMs: number,
): Promise<void> {
  const erased = await findErased(db, clientId)
  const begun: Begun = { erased, addresses: await addressesOf(db, erased.personIds) }
  await detachClient(db, clientId)
  await db
    .insertInto('erasing')
    .values({ client_id: clientId, begun_json: JSON.stringify(begun), begun_at_ms: nowMs })
    // Asked twice: what was found first was found before anything was gone.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Nothing is left of whoever is being erased. @returns how many these were */
export async function finishErasing(store: Store, nowMs: number, rest: Rest): Promise<number> {
  const rows = await store.db.selectFrom('erasing').select(['client_id', 'begun_json']).execute()
  for (const { begun_json } of rows) await finish(store, JSON.parse(begun_json) as Begun, nowMs, rest)
  return rows.length
}

async function finish(store: Store, { erased, addresses }: Begun, nowMs: number, rest: Rest): Promise<void> {
  const { clientId } = erased
  while (await store.atomically((db) => eraseSome(db, clientId))) await rest()
  // No line of theirs is added any more: a log of years is read beside everybody else, and of it the last lines alone below.
  const mentions = await findMentions(store.db, [erased], { addresses, rest })
  await strikeByPortions(store, erased, mentions, nowMs, rest)
  await store.atomically((db) => eraseRest(db, erased, nowMs, mentions))
}

/** product choice: some 20 ms. */
const LINES = 250

/** Each portion with the line that tells of it, so that the log is whole after each; the last one is left to the end. */
async function strikeByPortions(
  store: Store,
  erased: Erased,
  mentions: Mentions,
  nowMs: number,
  rest: Rest,
): Promise<void> {
  const { who, whom } = await listToStrike(store.db, [erased], mentions)
  const seqs = [...new Set([...who, ...whom])].toSorted((a, b) => a - b)
  const [ofWho, ofWhom] = [new Set(who), new Set(whom)]
  for (let at = 0; at + LINES < seqs.length; at += LINES) {
    await rest()
    const some = seqs.slice(at, at + LINES)
    const found = { who: some.filter((seq) => ofWho.has(seq)), whom: some.filter((seq) => ofWhom.has(seq)) }
    await store.atomically(async (db) => {
      await strike(db, found)
      await appendStruck(db, found, nowMs)
    })
  }
  const lines = await linesNaming(store.db, [erased.clientId])
  for (let at = 0; at + LINES < lines.length; at += LINES) {
    await rest()
    const seqs = lines.slice(at, at + LINES)
    await store.atomically(async (db) => {
      // Somebody else who erases them may have struck some meanwhile, and told so: each is told once.
      const named = await strikeNames(db, [erased.clientId], seqs)
      if (named.length > 0) await appendStruck(db, { who: [], whom: [], named }, nowMs)
    })
  }
}
