// Whose code of an app a request brings, before anybody is signed in: their sign-in waits in a cookie and a row of the library.
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Database } from '../../store/database.ts'
import type { Auth } from './auth.ts'

/** Null where no sign-in waits. The cookie's signature is the library's to look at: it does, before the code. */
export async function findCodeOwner(db: Database, auth: Auth, c: Context): Promise<string | null> {
  const { createAuthCookie } = await auth.$context
  const signed = getCookie(c, createAuthCookie('two_factor').name)
  if (signed === undefined) return null
  const waiting = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', signed.slice(0, signed.lastIndexOf('.')))
    .executeTakeFirst()
  return waiting?.value ?? null
}
