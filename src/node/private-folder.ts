// Keeps the data folder private: folder 0700, files 0600. Everything that opens a database on Node calls this before it
// writes. It refuses a folder that others can enter or that belongs to another user, with an explanation. It narrows
// the mode of a file that is too open.
import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ExpectedError } from '../store/expected-error.ts'

/** The mode bits of everybody except the owner. */
const OTHERS = 0o077
/** Windows has other rights than these bits, and always shows the same ones. */
const hasModes = process.platform !== 'win32'

/** Files that this process makes from now on are its owner's alone, those of libraries too. For entries: it is the whole
 *  process's. */
export function keepToOneself(): void {
  process.umask(OTHERS)
}

/** Make the folder where it is missing.
 *  @throws in words, where others can enter it: nothing was written then */
export function openPrivateFolder(folder: string): void {
  makeFolder(folder)
  if (!hasModes) return
  const { mode: bits, uid } = statSync(folder)
  const own = process.geteuid?.() ?? uid
  if (uid !== own)
    throw new ExpectedError(
      'FOLDER_OF_ANOTHER',
      `the data folder ${folder} belongs to another user of this machine (${uid}, calmpace runs as ${own}), who can read what is in it: ` +
        (isOurs(folder) ? 'run calmpace as that user, or give it the folder and all in it with chown -R' : OWN_FOLDER),
    )
  const mode = bits & 0o777
  if ((mode & OTHERS) !== 0)
    throw new ExpectedError(
      'FOLDER_OPEN',
      `others on this machine can reach the data folder ${folder} (mode ${mode.toString(8).padStart(4, '0')}, must be 0700): ` +
        (isOurs(folder) ? `chmod 700 ${folder}` : OWN_FOLDER),
    )
  for (const name of readdirSync(folder)) {
    if (name.startsWith('calmpace.sqlite') && lstatSync(join(folder, name)).isSymbolicLink())
      throw new ExpectedError(
        'DATABASE_IS_LINK',
        `${join(folder, name)} is a link to another place, where others may read it: set CALMPACE_DATA to that folder`,
      )
    narrow(join(folder, name))
  }
}

/** Step by step: Node's own way tries for ever where the system says that a parent that is there is not (`/proc`, a dead automount). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const parent = dirname(resolve(folder))
  makeFolder(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process was first.
    if (!existsSync(folder)) throw error
  }
}

/** What nobody but calmpace uses: who follows words about another folder, `/` or `/home`, closes it to the whole machine. */
function isOurs(folder: string): boolean {
  if (existsSync(join(folder, 'calmpace.sqlite'))) return true
  return namesIn(folder).every((name) => ['lost+found', 'secret', 'serving.lock'].includes(name))
}
/** None of a folder that another user closed to us: no folder of the whole machine is. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
const OWN_FOLDER = 'it holds other things; name a folder of its own in CALMPACE_DATA'

/** A file that others may read was copied there so: a restored backup, a secret written by hand. */
function narrow(path: string): void {
  const found = lstatSync(path)
  if (found.isFile() && (found.mode & OTHERS) !== 0) chmodSync(path, 0o600)
}

/** Make an empty file where there is none, before a library makes it wider. SQLite gives the files beside a database
 *  (`-wal`, `-shm`, `-journal`) the mode of the database itself. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}
