// The secret that signs sessions and encrypts second factors. It is made once and stored beside the database, readable
// only by its owner. It is made only if there never was one, because another secret makes every second factor
// unreadable.
import { lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'

export const SHORTEST = 32

/** @param folder the data folder, which is there
 *  @throws in words, where there is one that cannot be used, or where second factors were sealed with one that is gone */
export async function findOrMakeSecret(folder: string, db: Database): Promise<string> {
  const path = join(folder, 'secret')
  const there = await readSecret(folder)
  if (there !== null && there.length >= SHORTEST) return there
  const mend = `Put back the one that this database was used with. ${wayWithout(path)}`
  if (there !== null)
    throw new ExpectedError(
      'SECRET_UNUSABLE',
      `the secret in ${path} is shorter than ${SHORTEST} characters; it was not touched. ${mend}`,
    )
  const sealed = await db.selectFrom('twoFactor').select('userId').limit(1).execute()
  if (sealed.length > 0)
    throw new ExpectedError(
      'SECRET_UNUSABLE',
      `there is no secret in ${path}, and second factors are sealed with it. ${mend}`,
    )
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  // The file is complete or absent, whatever happens meanwhile.
  await writeFile(`${path}.part`, `${secret}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.part`, path)
  return secret
}

/** Without its white space; null where there is none.
 *  @throws in words, where it is there and cannot be read: another disk, a folder, a link that leads nowhere */
export async function readSecret(folder: string): Promise<string | null> {
  const path = join(folder, 'secret')
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT' && (await isAbsent(path))) return null
    throw new ExpectedError('SECRET_UNUSABLE', `the secret in ${path} cannot be read (${code}); it was not touched`, {
      cause: error,
    })
  }
}
const isAbsent = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => false,
    () => true,
  )

const wayWithout = (path: string): string =>
  `If it is lost for good, write a new one (openssl rand -base64 32 > ${path}), run calmpace rekey --lost, and make a link for whoever has a ` +
  'second factor, an administrator first: calmpace new-sign-in E-MAIL'
