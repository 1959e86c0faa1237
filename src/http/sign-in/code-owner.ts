// Finds the person whose code a request brings, before anybody is signed in. Their unfinished sign-in is in a cookie
// and in a row of the library.
import { findPerson } from '../../store/people/people.ts'
import type { Database } from '../../store/database.ts'
import type { Auth } from './auth.ts'

/** @returns always somebody's id; null where no sign-in waits */
export async function findCodeOwner(db: Database, auth: Auth, headers: Headers): Promise<string | null> {
  const named = await auth.api.findCodeOwner({ headers })
  return named === null ? null : ((await findPerson(db, named))?.id ?? null)
}
