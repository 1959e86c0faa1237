// Backup codes: their letters, and which one somebody means by what they typed. The library keeps them, sealed, and counts tries.
import type { Database } from '../../store/database.ts'
import type { Auth } from './auth.ts'
import { isReadable } from './sealed-factors.ts'

/** None that is taken for another in print or by hand: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, and no U beside V. */
const SIGNS = 'ACDEFGHJKMNPQRTVWXY34679'
const CODES = 10
/** 24^10 is 45 bits; who tries is stopped after ten. */
const LENGTH = 10

/** As they are shown: `ACDEF-GHJKM`. */
export const makeBackupCodes = (): string[] => Array.from({ length: CODES }, makeCode)

function makeCode(): string {
  let code = ''
  while (code.length < LENGTH)
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH)))
      // Else the first signs would come more often.
      if (code.length < LENGTH && byte < 256 - (256 % SIGNS.length)) code += SIGNS[byte % SIGNS.length]
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** Those that are left, in the order in which they were made; none where there is no app, or where nobody can read them. */
export async function listBackupCodes(auth: Auth, db: Database, personId: string): Promise<readonly string[]> {
  const row = await db.selectFrom('twoFactor').select('userId').where('userId', '=', personId).executeTakeFirst()
  if (row === undefined || !(await isReadable(db, (await auth.$context).secret, personId))) return []
  return (await auth.api.viewBackupCodes({ body: { userId: personId } })).backupCodes
}

/** The code that somebody means, as it is kept: case, dashes and spaces are no part of it. What is none stays as typed. */
export async function readBackupCode(auth: Auth, db: Database, personId: string, typed: string): Promise<string> {
  const codes = await listBackupCodes(auth, db, personId)
  return codes.find((code) => code === typed) ?? codes.find((code) => flatten(code) === flatten(typed)) ?? typed
}
const flatten = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
