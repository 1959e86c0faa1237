// `calmpace new-sign-in E-MAIL`: a link to a new way in for somebody who lost password and second factor and whom no administrator can
// help: the only administrator. Whoever can run this holds the database anyway; the log and the page say that it was done here.
import { requireFailure } from '../node/failure.ts'
import { logAccount } from '../store/people/access.ts'
import type { Database } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { findPersonByEmail } from '../store/people/people.ts'
import { insertReset } from '../store/sign-in/resets.ts'
import { openToChange } from './open-to-change.ts'
import type { Output } from './output.ts'

/** @param origin of the page, for the link
 *  @returns the exit code: 0 the link is printed, 1 nothing was changed */
export async function newSignIn(
  { dataFolder, origin }: { readonly dataFolder: string; readonly origin: string },
  email: string,
  nowMs: number,
  output: Output,
): Promise<0 | 1> {
  try {
    const store = await openToChange(dataFolder)
    const token = await store.atomically((db) => makeLink(db, email, nowMs)).finally(store.close)
    output.print(`${origin}/reset#${token}`)
    output.complain(
      'the link works once, for a day; whoever opens it chooses a new password, and nothing of before opens the account',
    )
    return 0
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  }
}

/** @throws in words, where nobody has this address */
async function makeLink(db: Database, email: string, nowMs: number): Promise<string> {
  const personId = await findPersonByEmail(db, email)
  if (personId === null)
    throw new ExpectedError('NOBODY', 'nobody signs in by this e-mail address; nothing was changed')
  const id = crypto.randomUUID()
  const { token } = await insertReset(db, { id, personId, madeBy: null }, nowMs)
  await logAccount(db, { personId: null, cameFrom: null, nowMs }, 'account.reset-made', { resetId: id, of: personId })
  return token
}
