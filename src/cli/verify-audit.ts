// `calmpace verify-audit`: walks the log's chain of hashes, reading only.
import { requireFailure } from '../node/failure.ts'
import { openToRead } from '../node/open-to-read.ts'
import type { Broken } from '../store/audit/audit-chain.ts'
import { verifyAudit } from '../store/audit/audit-check.ts'
import { isFormerLog, verifyFormerLog } from '../store/audit/audit-former.ts'
import type { Database } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { writeNumbers } from '../store/audit/line-numbers.ts'
import { refuseNewer } from '../store/migrations.ts'
import { findDatabase } from './open-data.ts'
import type { Output } from './output.ts'

const reasons: Readonly<Record<Broken, string>> = {
  missing: 'is missing',
  changed: 'was changed',
  not_after_the_one_before: 'does not follow the line before it',
}
const codes: Readonly<Record<Broken, string>> = {
  missing: 'LINE_MISSING',
  changed: 'LINE_CHANGED',
  not_after_the_one_before: 'LINE_NOT_AFTER',
}

const FORMER = 'a log of an older calmpace, checked as it was made then; the first start seals it anew'

/** @returns the exit code: 0 the chain is whole, 1 it is not, or there is none */
export async function verify(dataFolder: string, output: Output): Promise<0 | 1> {
  try {
    const { db, close } = openToRead(findDatabase(dataFolder))
    const { isFormer, found, isEmptied } = await checkLog(db, (lines) =>
      output.progress.show(`${lines} lines fit`),
    ).finally(close)
    // Whoever joins writes the first line: people without any are the trace of a log that was taken away.
    if (isEmptied)
      throw new ExpectedError('LOG_EMPTY', 'the log has no line, though there are people in the clinic: it was emptied')
    const former = isFormer ? [FORMER] : []
    if (!found.ok) {
      const message = `line ${found.seq} ${reasons[found.reason]}`
      output.result([message, ...former], { ok: false, code: codes[found.reason], message, line: found.seq, isFormer })
      return 1
    }
    const { lines, head, struck, formerHead } = found
    const words = [`whole: ${lines} ${lines === 1 ? 'line' : 'lines'}, head ${head}`]
    if (struck.length > 0)
      words.push(`struck out of ${struck.length} lines, as later lines say: ${writeNumbers(struck)}`)
    if (formerHead !== null) words.push(`sealed anew; its head before was ${formerHead}`)
    output.result([...words, ...former], { ok: true, lines, head, struckLines: struck, formerHead, isFormer })
    return 0
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  } finally {
    output.progress.clear()
  }
}

async function checkLog(db: Database, onPage: (lines: number) => void) {
  const isFormer = await isFormerLog(db)
  await refuseNewer(db)
  const { lines } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll<number>().as('lines'))
    .executeTakeFirstOrThrow()
  const person = await db.selectFrom('person').select('id').limit(1).executeTakeFirst()
  const isEmptied = lines === 0 && person !== undefined
  return { isFormer, isEmptied, found: await (isFormer ? verifyFormerLog(db, onPage) : verifyAudit(db, { onPage })) }
}
