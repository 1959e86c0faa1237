// Who guesses a password waits, longer and longer; whose name it is does not (docs/decisions/0020-locks-and-lines.md). Tries
// count where they come from: in a browser that the person signed in with before, by that browser alone; from any other, by
// name and address, and by name in all. Whether anybody has that name makes no difference: the answer must not tell. A try is
// counted before it is made, so that many at once are not more than one after the other.
import type { Database } from '../../store/database.ts'
import { countIn, countOut, readCount, type Count } from '../../store/sign-in-counts.ts'
import { keyed, plainName } from './keyed.ts'
import { networkOf } from './pace.ts'

/** product choice: wrong tries from one place before the first wait. */
const FREE = 10
/** product choice: the same over all addresses from which nobody signed in by this name; one address counts for ten of them at
 *  most, so that no single one reaches it. */
const FREE_IN_ALL = 30
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 15 * 60_000

export interface Attempt {
  readonly name: string
  readonly cameFrom: string | null
  /** A browser in which this name signed in before, by its token; null for any other. */
  readonly browser: string | null
}

/** Inside `atomically` only. @returns false where one has to wait; then nothing is counted */
export async function beginAttempt(db: Database, secret: string, attempt: Attempt, nowMs: number): Promise<boolean> {
  const { place, all } = await subjectsOf(secret, attempt)
  const here = await readCount(db, place)
  if (mustWait(here, FREE, nowMs)) return false
  if (all === null) {
    await countIn(db, place, nowMs)
    return true
  }
  if (mustWait(await readCount(db, all), FREE_IN_ALL, nowMs)) return false
  await countIn(db, place, nowMs)
  if (here.failures < FREE) await countIn(db, all, nowMs)
  return true
}

/** A right password takes back what was wrong from this place, and what it was counted for in all. */
export async function forgetAttempts(db: Database, secret: string, attempt: Attempt): Promise<void> {
  const { place, all } = await subjectsOf(secret, attempt)
  const { failures } = await readCount(db, place)
  await countOut(db, place, failures)
  if (all !== null) await countOut(db, all, Math.min(failures, FREE))
}

/** What was no try: the password was not looked at. */
export async function takeAttemptBack(db: Database, secret: string, attempt: Attempt): Promise<void> {
  const { place, all } = await subjectsOf(secret, attempt)
  const { failures } = await readCount(db, place)
  await countOut(db, place, 1)
  if (all !== null && failures <= FREE) await countOut(db, all, 1)
}

/** Twice as long after each: a minute after the last free one, a quarter of an hour at most. */
export function waitAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - free), LONGEST_WAIT_MS)
}

const mustWait = ({ failures, lastAtMs }: Count, free: number, nowMs: number): boolean =>
  nowMs < lastAtMs + waitAfter(failures, free)

async function subjectsOf(secret: string, { name, cameFrom, browser }: Attempt) {
  const plain = plainName(name)
  if (browser !== null) return { place: await keyed(secret, 'browser', `${browser} ${plain}`), all: null }
  return {
    place: await keyed(secret, 'place', `${networkOf(cameFrom)} ${plain}`),
    all: await keyed(secret, 'name', plain),
  }
}
