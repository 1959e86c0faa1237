// How fast one address may ask for what is open to everybody. Counted before anything else is looked at, so that what is
// refused here counts for no name.
import type { Database } from '../../store/database.ts'
import { countIn, readCount } from '../../store/sign-in-counts.ts'
import { keyed } from './keyed.ts'

export const MINUTE_MS = 60_000

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
}
export const isPaced = (route: string): boolean => route in mostAMinute

/** Who was too fast in a minute stays so until its end: asked in memory, so that a crowd costs no transaction each. */
export function makeOverPace() {
  let minute = Number.NaN
  const over = new Set<string>()
  const keyOf = (route: string, cameFrom: string | null, nowMs: number) => {
    const now = Math.floor(nowMs / MINUTE_MS)
    if (now !== minute) over.clear()
    minute = now
    return `${route} ${networkOf(cameFrom)}`
  }
  return {
    has: (route: string, cameFrom: string | null, nowMs: number): boolean => over.has(keyOf(route, cameFrom, nowMs)),
    add: (route: string, cameFrom: string | null, nowMs: number): void => {
      if (over.size < MOST_OVER) over.add(keyOf(route, cameFrom, nowMs))
    },
  }
}
/** product choice: more networks than this in a minute are asked of the store again. */
const MOST_OVER = 10_000

/** Inside `atomically` only. @returns false where it was too fast; that is counted nowhere */
export async function keepPace(
  db: Database,
  { secret, route, cameFrom, nowMs }: { secret: string; route: string; cameFrom: string | null; nowMs: number },
): Promise<boolean> {
  const most = mostAMinute[route]
  if (most === undefined) return true
  const minute = Math.floor(nowMs / MINUTE_MS)
  const subject = await keyed(secret, 'pace', `${route} ${networkOf(cameFrom)} ${minute}`)
  if ((await readCount(db, subject)).failures >= most) return false
  await countIn(db, subject, nowMs)
  return true
}

/** What one asker has as their own: an IPv4 address, or the /64 of an IPv6 address, of which a single line has all. */
export function networkOf(address: string | null): string {
  if (address === null) return ''
  const plain = address.toLowerCase().replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined || !plain.includes(':')) return mapped ?? plain
  const [head = '', tail] = plain.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeros = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0)
  return [...before, ...Array<string>(zeros).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
