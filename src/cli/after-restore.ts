// `calmpace after-restore [FOLDER]`: in a copy that was put back, ends what ended since the copy was made, as the database of FOLDER tells
// that ran until then; and always every session, open link and known browser of the copy. Without FOLDER it says what to go through.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { requireFailure } from '../node/failure.ts'
import { openToRead } from '../node/open-to-read.ts'
import { openStore } from '../node/open-store.ts'
import { verifyAudit } from '../store/audit/audit-check.ts'
import type { Database } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { isMigrated } from '../store/migrations.ts'
import { endAfterRestore, type Carried, type Stopped } from '../store/restore/after-restore.ts'
import { compareLogs, type Compared } from '../store/restore/compare-logs.ts'
import type { Ended } from '../store/restore/end-ways-in.ts'
import { hasAdministrator } from '../store/people/relations.ts'
import { copyDatabase } from './backup.ts'
import { findDatabase } from './open-data.ts'
import { openToChange } from './open-to-change.ts'
import type { Output } from './output.ts'

const reasons: Readonly<Record<Extract<Compared, { ok: false }>['reason'], string>> = {
  foreign: 'is not where this copy comes from',
  other_way_round: 'has nothing that this copy has not, or was put back itself: is it the other way round?',
  done_already: 'was carried over into this copy already',
}
const carriedWords: Readonly<Record<keyof Carried, string>> = {
  erased: 'runners erased again',
  accounts: 'accounts removed again',
  roles: 'roles taken away again',
  staffPlaces: 'places of staff in groups ended again',
  clientPlaces: 'places of runners in groups ended again',
  passwords: 'passwords as they were changed',
  secondFactors: 'second factors as they were changed',
  passkeys: 'passkeys removed again',
  removals: 'runs and check-ins removed again',
  sharing: 'words of runners on sharing',
}
const endedWords: Readonly<Record<keyof Ended, string>> = {
  sessions: 'sessions ended',
  links: 'open links ended',
  browsers: 'known browsers forgotten',
  emergencies: 'emergency views ended',
}
const toGoThrough = [
  'nothing here tells what ended since the copy was made. An administrator goes through it before anybody else signs in:',
  '- People: remove who left, take roles away that ended, remove passkeys of phones that were lost; a new way in for whoever',
  '  changed their password or second factor because somebody else knew it',
  '- Groups: take out who works there no longer, move runners who moved',
  '- Erase a runner: everybody whose written request came since',
  '- runners: ask them what they removed and whether they still share what they tell',
]

/** @param dataFolder of the copy that was put back
 *  @param stoppedFolder of the database that ran until then; null where it is lost
 *  @returns the exit code: 0 it is done, 1 nothing was changed */
export async function afterRestore(
  dataFolder: string,
  stoppedFolder: string | null,
  nowMs: number,
  output: Output,
): Promise<0 | 1> {
  // What goes wrong is told of the folder that was in use at that moment.
  let inUse = dataFolder
  try {
    findDatabase(dataFolder)
    const there = stoppedFolder === null ? null : findDatabase((inUse = stoppedFolder))
    inUse = dataFolder
    // SQLite rewrites a database through a file without a name: on the same disk.
    process.env['SQLITE_TMPDIR'] = resolve(dataFolder)
    const store = await openToChange(dataFolder)
    let stopped: Awaited<ReturnType<typeof openStopped>> | null = null
    try {
      inUse = stoppedFolder ?? dataFolder
      stopped = there === null ? null : await openStopped(there, dataFolder)
      const former = stopped === null ? null : await readStopped(store.db, stopped.db, resolve(inUse))
      inUse = dataFolder
      const clock = { nowMs, newId: () => crypto.randomUUID() }
      const { carried, ended } = await store.atomically((db) => endAfterRestore(db, former, clock))
      await (store.rewrite?.() ?? store.compact?.())
      const left = await findLeft(store.db)
      const toDo = carried === null ? toGoThrough : leftWords(left)
      output.result(
        [...(carried === null ? [] : countWords(carried, carriedWords)), ...countWords(ended, endedWords), ...toDo],
        { ok: true, carried, ended, left },
      )
      return 0
    } finally {
      await stopped?.close()
      await store.close()
    }
  } catch (error) {
    return output.fail(requireFailure(error, inUse))
  }
}

const countWords = <Name extends string>(
  counts: Readonly<Record<Name, number>>,
  words: Readonly<Record<Name, string>>,
): string[] => (Object.keys(words) as Name[]).map((name) => `${words[name]}: ${counts[name]}`)

interface Left {
  readonly clientsInNoGroup: number
  readonly hasAdministrator: boolean
}

/** What a person must do by hand now. */
async function findLeft(db: Database): Promise<Left> {
  const alone = await db
    .selectFrom('client')
    .select('id')
    .where('id', 'not in', db.selectFrom('group_client').select('client_id'))
    .execute()
  return { clientsInNoGroup: alone.length, hasAdministrator: await hasAdministrator(db) }
}

const leftWords = ({ clientsInNoGroup, hasAdministrator }: Left): string[] => [
  ...(clientsInNoGroup > 0 ? [`runners in no group now: ${clientsInNoGroup}; place them on the page Groups`] : []),
  ...(hasAdministrator ? [] : ['nobody manages people now: the next start prints a link for one']),
  'what was added since the copy was made is not in it: accounts, roles, places, limits and runs are added anew',
]

/** @throws where it does not tell of this copy */
async function readStopped(copy: Database, stopped: Database, folder: string): Promise<Stopped> {
  const check = await verifyAudit(stopped)
  if (!check.ok) throw new ExpectedError('LOG_BROKEN', `the log in ${folder} is not whole; nothing was changed`)
  const compared = await compareLogs(copy, stopped)
  if (!compared.ok)
    throw new ExpectedError(compared.reason.toUpperCase(), `${folder} ${reasons[compared.reason]}; nothing was changed`)
  const { copiedAtMs, erased } = compared
  return { db: stopped, head: check.head, lines: check.lines, copiedAtMs, erased }
}

/** As it stands. One of an older calmpace is read from a copy that is brought up to date, so that it stays as it was.
 *  @param near on whose disk that copy is made, for as long as it is read */
async function openStopped(path: string, near: string): Promise<{ db: Database; close: () => Promise<void> }> {
  const read = openToRead(path)
  if (await isMigrated(read.db)) return read
  await read.close()
  const folder = mkdtempSync(join(near, 'stopped-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    copyDatabase(path, join(folder, 'calmpace.sqlite'))
    const { db, close } = await openStore(folder)
    return { db, close: () => close().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}
