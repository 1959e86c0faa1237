// From a request's cookie to an `Access`: who it is, which roles they hold at this moment, and whether that suffices. Roles
// are read anew for each request, so that one that was taken away is gone at once.
import { staffRoles } from '../../domain/access.ts'
import type { Database } from '../../store/database.ts'
import { findPerson, type Person } from '../../store/people.ts'
import { grantAccess, type SignedIn } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { isStrong, type Auth } from './auth.ts'
import { isQuiet } from './quiet.ts'

/** Staff may look around this long without a second factor, so that they can set one up. */
const GRACE_MS = 15 * 60_000

export interface Session {
  readonly person: Person
  /** Signed in with two factors. */
  readonly strong: boolean
  /** Until when staff may go on without; null where they need none. */
  readonly graceUntilMs: number | null
}

export async function findSession(db: Database, auth: Auth, headers: Headers): Promise<Session | null> {
  // What the page asks by itself lengthens no session.
  const found = await auth.api.getSession({ headers, query: { disableRefresh: isQuiet(headers) } })
  if (found === null) return null
  const person = await findPerson(db, found.user.id)
  if (person === null) return null
  const strong = isStrong(found.session.method)
  const isStaff = person.roles.some((role) => staffRoles.includes(role))
  return { person, strong, graceUntilMs: isStaff && !strong ? person.createdAtMs + GRACE_MS : null }
}

/** @throws ProblemError SIGNED_OUT, SECOND_FACTOR_REQUIRED */
export function requireSession(session: Session | null, cameFrom: string | null, nowMs: number): SignedIn {
  if (session === null) throw new ProblemError('SIGNED_OUT')
  if (session.graceUntilMs !== null && nowMs > session.graceUntilMs) throw new ProblemError('SECOND_FACTOR_REQUIRED')
  const { person, strong } = session
  const hasTwoFactors = strong && (person.hasTotp || person.passkeys > 0)
  return { access: grantAccess({ personId: person.id, roles: person.roles, cameFrom, nowMs, hasTwoFactors }) }
}
