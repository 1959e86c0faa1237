// Finds the backup code that a person typed, whatever the case and dashes. The library stores the encrypted codes and
// counts the tries.
import type { Database } from '../../store/database.ts'
import type { Auth } from './auth.ts'
import { isReadable } from './sealed-factors.ts'

/** Those that are left, in the order in which they were made; none where there is no app, or where nobody can read them. */
export async function listBackupCodes(auth: Auth, db: Database, personId: string): Promise<readonly string[]> {
  const row = await db.selectFrom('twoFactor').select('userId').where('userId', '=', personId).executeTakeFirst()
  if (row === undefined || !(await isReadable(db, (await auth.$context).secret, personId))) return []
  return (await auth.api.viewBackupCodes({ body: { userId: personId } })).backupCodes
}

/** The stored form of a typed code: without case, dashes and spaces. A text that is no code stays as typed. */
export async function readBackupCode(auth: Auth, db: Database, personId: string, typed: string): Promise<string> {
  const codes = await listBackupCodes(auth, db, personId)
  return codes.find((code) => code === typed) ?? codes.find((code) => flatten(code) === flatten(typed)) ?? typed
}
const flatten = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
