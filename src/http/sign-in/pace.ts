// Limits how fast one address may call the public routes. It counts before anything else, so a request that is refused
// here counts for no name.
import type { MiddlewareHandler } from 'hono'
import type { Database } from '../../store/database.ts'
import { countIn, readCount } from '../../store/sign-in/sign-in-counts.ts'
import type { AppContext } from '../app-context.ts'
import { beforeSignIn, refuseTooLarge } from '../limit-body.ts'
import { ProblemError } from '../problem.ts'
import { keyed } from './keyed.ts'
import type { SignInLog } from './sign-in-log.ts'

const MINUTE_MS = 60_000

/** product choice: requests of one address in one minute; a clinic's staff share theirs. Other routes: the library's limit. */
const mostAMinute: Readonly<Record<string, number>> = {
  'POST /api/auth/sign-in/email': 20,
  'POST /api/auth/two-factor/verify-totp': 10,
  'POST /api/auth/two-factor/verify-backup-code': 10,
  'POST /api/auth/passkey/verify-authentication': 20,
  // A group that joins together, over one network.
  'POST /api/invitations/look': 60,
  'POST /api/invitations/open': 60,
  'POST /api/join': 60,
  'POST /api/resets/look': 20,
  'POST /api/resets/open': 20,
  'POST /api/resets/use': 20,
}

/** @param route method and path of the document */
export const isPaced = (route: string): boolean => Object.hasOwn(mostAMinute, route)

/** product choice: more networks than this in a minute are asked of the store again. */
const MOST_OVER = 10_000

/** Before anything else is looked at, and before a byte is read. Who was too fast in a minute stays so until its end: asked in
 *  memory, so that a crowd costs no transaction each. */
export function keepPace(
  { store, nowMs, secret, addressOf }: AppContext,
  log: Pick<SignInLog, 'tooFast' | 'tellCounted'>,
): MiddlewareHandler {
  let minute = Number.NaN
  const over = new Set<string>()
  return async (c, next) => {
    const route = `${c.req.method} ${c.req.path}`
    const most = mostAMinute[route]
    if (most === undefined) return next()
    // A crowd that brings too much costs no transaction each.
    refuseTooLarge(c.req.raw, beforeSignIn)
    const now = Math.floor(nowMs() / MINUTE_MS)
    if (now !== minute) over.clear()
    minute = now
    const asking = `${route} ${networkOf(addressOf(c))}`
    const count = async (db: Database) => countBelow(db, await keyed(secret, 'pace', `${asking} ${now}`), most, nowMs())
    if (over.has(asking) || !(await store.atomically(count))) {
      if (over.size < MOST_OVER) over.add(asking)
      await log.tooFast(c)
      throw new ProblemError('TOO_FAST')
    }
    await log.tellCounted()
    return next()
  }
}

/** @returns false where there were so many before; this one is counted nowhere */
async function countBelow(db: Database, subject: string, most: number, nowMs: number): Promise<boolean> {
  if ((await readCount(db, subject)).failures >= most) return false
  await countIn(db, subject, nowMs)
  return true
}

/** The part of an address that belongs to one caller: an IPv4 address, or the /64 of an IPv6 address, of which a single line has all.
 *  @param groups of an IPv6 address, 16 bits each; a line may have a /48 */
export function networkOf(address: string | null, groups = 4): string {
  if (address === null) return ''
  const plain = address.toLowerCase().replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined || !plain.includes(':')) return mapped ?? plain
  const [head = '', tail] = plain.split('::')
  const split = (part: string) => (part === '' ? [] : part.split(':'))
  const before = split(head)
  const after = tail === undefined ? [] : split(tail)
  const zeros = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0)
  return [...before, ...Array<string>(zeros).fill('0'), ...after]
    .slice(0, groups)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
