// Turns a request's cookie into an `Access`: the person, their roles at this moment, and whether that is enough. Roles
// are read for each request, so a role that was taken away is gone at once.
import { isStaffRole } from '../../domain/access.ts'
import { beganAhead } from '../../store/clock-ahead.ts'
import type { Database } from '../../store/database.ts'
import { findSessionOf, type Person } from '../../store/people/people.ts'
import { lastResetAtMs } from '../../store/sign-in/resets.ts'
import { endSession, isOver, markSeen } from '../../store/sign-in/sessions.ts'
import type { AppContext } from '../app-context.ts'
import { grantAccess, type SignedIn } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { isStrong, type Auth } from './auth.ts'
import { isQuiet } from './quiet.ts'
import { readSessionToken } from './session-cookie.ts'

/** Staff may look around this long without a second factor, so that they can set one up. */
const GRACE_MS = 15 * 60_000

/** For this long after somebody showed who they are, they may change how they sign in. */
const FRESH_MS = 10 * 60_000

export interface SignInSession {
  readonly id: string
  readonly token: string
  /** Until when it counts as a fresh sign-in. */
  readonly freshUntilMs: number
  readonly person: Person
  /** Signed in with two factors. */
  readonly strong: boolean
  /** Until when staff may go on without; null where they need none. Long ago for who has one and did not show it. */
  readonly graceUntilMs: number | null
}

/** Every request that comes with a cookie is looked at here, and only here: a session that is over goes, one in use is marked
 *  so. */
export async function findSession(
  { store: { db }, nowMs: readClock, isDemo = false }: Pick<AppContext, 'store' | 'nowMs' | 'isDemo'>,
  auth: Auth,
  headers: Headers,
): Promise<SignInSession | null> {
  const nowMs = readClock()
  const { authCookies, secret } = await auth.$context
  const token = await readSessionToken(headers.get('cookie') ?? '', authCookies.sessionToken.name, secret)
  const found = token === null ? null : await findSessionOf(db, token)
  if (token === null || found === null) return null
  const { session, person } = found
  const { id, provedAtMs } = session
  // No later than by the library's own end: both count twelve hours, ours from the first session that this one took the place of.
  if (isOver(session, nowMs)) {
    await endSession(db, id)
    return null
  }
  // Requests that the page sends by itself do not keep a session alive.
  if (!isQuiet(headers)) await markSeen(db, session, nowMs)
  const strong = isStrong(session.method)
  const isStaff = person.roles.some(isStaffRole)
  const needsFactor = isStaff && !strong && (!isDemo || hasFactor(person))
  const freshUntilMs = beganAhead(provedAtMs, nowMs) ? 0 : provedAtMs + FRESH_MS
  return {
    id,
    token,
    freshUntilMs,
    person,
    strong,
    graceUntilMs: needsFactor ? await graceUntilMs(db, person, nowMs) : null,
  }
}

/** Of who has none yet: from the account's beginning, and anew where an administrator's reset took the second factor away. */
async function graceUntilMs(db: Database, person: Person, nowMs: number): Promise<number> {
  if (hasFactor(person)) return 0
  const fromMs = Math.max(person.createdAtMs, (await lastResetAtMs(db, person.id)) ?? 0)
  return beganAhead(fromMs, nowMs) ? nowMs : fromMs + GRACE_MS
}

/** For what changes a factor: a page that somebody left open is no proof that it is they who ask.
 *  @throws ProblemError FRESH_SIGN_IN_REQUIRED */
export function requireFresh({ freshUntilMs }: Pick<SignedIn, 'freshUntilMs'>, nowMs: number): void {
  if (nowMs >= freshUntilMs) throw new ProblemError('FRESH_SIGN_IN_REQUIRED')
}

/** Of who has a second factor, whether this session used it. Else a password alone would be enough: with it somebody adds a
 *  second factor of their own beside a passkey that they do not have. */
export const usedOwnFactor = ({ strong, person }: SignInSession): boolean => strong || !hasFactor(person)

const hasFactor = ({ hasTotp, passkeys }: Person): boolean => hasTotp || passkeys > 0

/** @throws ProblemError SIGNED_OUT, SECOND_FACTOR_REQUIRED */
export function requireSession(
  session: SignInSession | null,
  cameFrom: string | null,
  nowMs: number,
): Omit<SignedIn, 'askAgain'> {
  if (session === null) throw new ProblemError('SIGNED_OUT')
  if (session.graceUntilMs !== null && nowMs > session.graceUntilMs) throw new ProblemError('SECOND_FACTOR_REQUIRED')
  const { person, strong, freshUntilMs } = session
  const hasTwoFactors = strong && hasFactor(person)
  const who = { personId: person.id, roles: person.roles, cameFrom, nowMs, hasTwoFactors }
  return { freshUntilMs, access: grantAccess(who) }
}
