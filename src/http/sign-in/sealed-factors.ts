// Second factors are encrypted with the server's secret. With another secret nobody can read them. The start says so,
// and so does the answer to a person who enters a code; it is not their fault.
import { symmetricDecrypt } from 'better-auth/crypto'
import type { Database } from '../../store/database.ts'

/** How many people have an app whose secret does not open. Looked at once, at the start. */
export async function countUnreadable(db: Database, secret: string): Promise<number> {
  const rows = await db.selectFrom('twoFactor').select('secret').execute()
  const opened = await Promise.all(rows.map((row) => isOpen(row.secret, secret)))
  return opened.filter((open) => !open).length
}

/** Of somebody who has no app nothing needs to open. */
export async function isReadable(db: Database, secret: string, personId: string): Promise<boolean> {
  const row = await db.selectFrom('twoFactor').select('secret').where('userId', '=', personId).executeTakeFirst()
  return row === undefined || isOpen(row.secret, secret)
}

const isOpen = (sealed: string, secret: string): Promise<boolean> =>
  symmetricDecrypt({ key: secret, data: sealed }).then(
    () => true,
    () => false,
  )
