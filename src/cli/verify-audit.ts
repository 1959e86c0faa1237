// `calmpace verify-audit`: walks the log's chain of hashes, reading only.
import { openToRead } from '../node/open-store.ts'
import { verifyAudit, type Broken } from '../store/audit-chain.ts'
import { writeNumbers } from '../store/line-numbers.ts'
import { findDatabase } from './open-data.ts'

const reasons: Readonly<Record<Broken, string>> = {
  missing: 'is missing',
  changed: 'was changed',
  not_after_the_one_before: 'does not follow the line before it',
}

/** @returns the exit code: 0 the chain is whole, 1 it is not, or there is none */
export async function verify(
  dataFolder: string,
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 1> {
  const database = findDatabase(dataFolder)
  if (!database.ok) {
    complain(database.reason)
    return 1
  }
  try {
    const { db, close } = openToRead(database.value)
    const found = await verifyAudit(db).finally(close)
    print(found.ok ? `${found.lines} lines, head ${found.head}` : `line ${found.seq} ${reasons[found.reason]}`)
    if (found.ok && found.struck.length > 0)
      print(`struck out of ${found.struck.length} lines, as later lines say: ${writeNumbers(found.struck)}`)
    if (found.ok && found.formerHead !== null) print(`sealed anew; its head before was ${found.formerHead}`)
    return found.ok ? 0 : 1
  } catch (error) {
    complain(`the log cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}
