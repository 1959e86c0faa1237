// Makes a person who guesses passwords wait, longer each time, without locking out the owner of the name
// (docs/decisions/0020-waits-after-wrong-passwords.md). Tries in a browser that the person signed in with before count
// for that browser only. Other tries count for name and address together, and for the name in all. It makes no
// difference whether the name exists, because the answer must not tell that. A try is counted before it is made, so
// many tries at the same moment count like tries in a row.
import { beganAhead } from '../../store/clock-ahead.ts'
import type { Database } from '../../store/database.ts'
import { countIn, countOut, readCount, type Count } from '../../store/sign-in/sign-in-counts.ts'
import { plainName } from '../../store/people/people.ts'
import { keyed } from './keyed.ts'
import { networkOf } from './pace.ts'

/** product choice: wrong tries from one place before the first wait. */
const FREE = 10
/** product choice: the same over all addresses from which nobody signed in by this name; one line counts for ten of them at most, so
 *  that no single one reaches it. */
const FREE_IN_ALL = 30
/** Of IPv6 a line has up to 65,536 networks. @source RIPE-690, §4.2: a /56 or /48 for each customer */
const SITE_GROUPS = 3
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
  const { place, site, all } = await subjectsOf(secret, attempt)
  const here = await readCount(db, place)
  if (mustWait(here, FREE, nowMs)) return false
  if (all === null) {
    await countIn(db, place, nowMs)
    return true
  }
  if (mustWait(await readCount(db, all), FREE_IN_ALL, nowMs)) return false
  await countIn(db, place, nowMs)
  if ((await readCount(db, site)).failures < FREE) await countIn(db, all, nowMs)
  await countIn(db, site, nowMs)
  return true
}

/** A right password takes back what was wrong from this place, and what it was counted for in all. */
export async function forgetAttempts(db: Database, secret: string, attempt: Attempt): Promise<void> {
  const subjects = await subjectsOf(secret, attempt)
  await takeBack(db, subjects, (await readCount(db, subjects.place)).failures)
}

/** Not a try: the password was not checked. */
export async function takeAttemptBack(db: Database, secret: string, attempt: Attempt): Promise<void> {
  await takeBack(db, await subjectsOf(secret, attempt), 1)
}

async function takeBack(db: Database, { place, site, all }: Subjects, tries: number): Promise<void> {
  await countOut(db, place, tries)
  if (all === null) return
  const { failures } = await readCount(db, site)
  await countOut(db, site, tries)
  const counted = (of: number) => Math.min(Math.max(of, 0), FREE)
  await countOut(db, all, counted(failures) - counted(failures - tries))
}

/** Twice as long after each: a minute after the last free one, a quarter of an hour at most. */
export function waitAfter(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - free), LONGEST_WAIT_MS)
}

const mustWait = ({ failures, lastAtMs }: Count, free: number, nowMs: number): boolean =>
  !beganAhead(lastAtMs, nowMs) && nowMs < lastAtMs + waitAfter(failures, free)

interface Subjects {
  /** Where a try came from: there one waits. */
  readonly place: string
  /** The line of that place, which may have many. */
  readonly site: string
  /** The name, over all places; null in a browser that is known. */
  readonly all: string | null
}

async function subjectsOf(secret: string, { name, cameFrom, browser }: Attempt): Promise<Subjects> {
  const plain = plainName(name)
  if (browser !== null) {
    const place = await keyed(secret, 'browser', `${browser} ${plain}`)
    return { place, site: place, all: null }
  }
  return {
    place: await keyed(secret, 'place', `${networkOf(cameFrom)} ${plain}`),
    site: await keyed(secret, 'site', `${networkOf(cameFrom, SITE_GROUPS)} ${plain}`),
    all: await keyed(secret, 'name', plain),
  }
}
