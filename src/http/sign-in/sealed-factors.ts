// Second factors are encrypted with the server's secret. With another secret nobody can read them: the server does not start then. A
// factor whose secret is lost for good is marked, and whoever enters a code of it is told so; it is not their fault.
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import type { Database } from '../../store/database.ts'
import { ExpectedError } from '../../store/expected-error.ts'

/** Stands before what nobody can read any more, as a person who keeps the server said. */
const LOST = 'lost:'

/** How many people have an app whose secret does not open, and is not known as lost. Looked at once, at the start. */
export async function countUnreadable(db: Database, secret: string): Promise<number> {
  const rows = await db.selectFrom('twoFactor').select('secret').execute()
  const known = rows.filter((row) => !row.secret.startsWith(LOST))
  const opened = await Promise.all(known.map((row) => isOpen(row.secret, secret)))
  return opened.filter((open) => !open).length
}

/** Of somebody who has no app nothing needs to open. */
export async function isReadable(db: Database, secret: string, personId: string): Promise<boolean> {
  const row = await db.selectFrom('twoFactor').select('secret').where('userId', '=', personId).executeTakeFirst()
  return row === undefined || isOpen(row.secret, secret)
}

export interface Resealed {
  readonly resealed: number
  /** Opened with the new secret before. */
  readonly already: number
  readonly lost: number
}

/** Seal every factor, with its backup codes, with a new secret. Inside `atomically`.
 *  @param formers secrets that they may be sealed with
 *  @param isLost mark what opens with none of these
 *  @throws ExpectedError SECRET_UNUSABLE, where one opens with none and `isLost` does not hold */
export async function resealFactors(
  db: Database,
  formers: readonly string[],
  secret: string,
  isLost: boolean,
): Promise<Resealed> {
  let [resealed, already, lost, left] = [0, 0, 0, 0]
  for (const row of await db.selectFrom('twoFactor').select(['id', 'secret', 'backupCodes']).execute()) {
    if (await isOpen(row.secret, secret)) {
      already++
      continue
    }
    // A secret that was given up may be found after all.
    const sealed = row.secret.startsWith(LOST) ? row.secret.slice(LOST.length) : row.secret
    const former = await firstThat([secret, ...formers], (one) => isOpen(sealed, one))
    const change = (set: { secret: string; backupCodes?: string }) =>
      db.updateTable('twoFactor').set(set).where('id', '=', row.id).execute()
    if (former !== null) {
      const anew = async (data: string) =>
        symmetricEncrypt({ key: secret, data: await symmetricDecrypt({ key: former, data }) })
      await change({ secret: await anew(sealed), backupCodes: await anew(row.backupCodes) })
      resealed++
    } else if (row.secret.startsWith(LOST)) lost++
    else if (isLost) {
      await change({ secret: `${LOST}${row.secret}` })
      lost++
    } else left++
  }
  if (left > 0)
    throw new ExpectedError(
      'SECRET_UNUSABLE',
      `${left} second factors open neither with the new secret nor with one of before; nothing was changed: name the one that they were ` +
        'made with in CALMPACE_OLD_SECRET, or, if it is lost for good: calmpace rekey --lost',
    )
  return { resealed, already, lost }
}

async function firstThat(all: readonly string[], test: (one: string) => Promise<boolean>): Promise<string | null> {
  for (const one of all) if (await test(one)) return one
  return null
}

const isOpen = (sealed: string, secret: string): Promise<boolean> =>
  symmetricDecrypt({ key: secret, data: sealed }).then(
    () => true,
    () => false,
  )
