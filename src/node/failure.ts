// Explains why the data folder or a file could not be used: one line for people and a code for scripts. Any other error
// is a bug in calmpace.
import { ExpectedError } from '../store/expected-error.ts'
import { sqliteCodeOf } from '../store/sqlite-code.ts'

export interface Failure {
  readonly code: string
  readonly message: string
}

/** By SQLite's primary result code. @source https://sqlite.org/rescode.html */
const sqliteFailures: Readonly<Record<number, (dataFolder: string) => Failure>> = {
  5: (folder) => busy(folder),
  6: (folder) => busy(folder),
  8: (folder) => ({
    code: 'READ_ONLY',
    message: `the database in ${folder} cannot be written to: run calmpace as the user whose it is`,
  }),
  // SQLite knows no word for a quota: it says that the disk failed.
  10: (folder) => ({
    code: 'DISK_FAILED',
    message: `the disk did not give or take what it should, of ${folder}: look whether a quota is used up, then at the disk`,
  }),
  11: (folder) => ({ code: 'DAMAGED', message: `the database in ${folder} is damaged: put a backup back` }),
  13: (folder) => ({ code: 'DISK_FULL', message: `the disk is full (${folder})` }),
  14: (folder) => ({ code: 'NOT_OPENED', message: `the database in ${folder} could not be opened` }),
  26: (folder) => ({
    code: 'NOT_A_DATABASE',
    message: `calmpace.sqlite in ${folder} is not a database: put a backup back, or name another folder in CALMPACE_DATA`,
  }),
}

const busy = (folder: string): Failure => ({
  code: 'BUSY',
  message: `another program holds the database in ${folder} and did not let go of it within 5 s: try again when it is done`,
})

const notAFolder = (path: string): Failure => ({
  code: 'NOT_A_FOLDER',
  message: `${path} is a file, or leads through one, where a folder is needed`,
})

/** By the code that the system gives. */
const systemFailures: Readonly<Record<string, (path: string) => Failure>> = {
  ENOENT: (path) => ({ code: 'NOT_FOUND', message: `there is no ${path}` }),
  EACCES: (path) => forbidden(path),
  EPERM: (path) => forbidden(path),
  ENOTDIR: notAFolder,
  EEXIST: notAFolder,
  EISDIR: (path) => ({ code: 'NOT_A_FILE', message: `${path} is a folder, where a file is needed` }),
  ENOSPC: (path) => ({ code: 'DISK_FULL', message: `the disk is full (${path})` }),
  EDQUOT: (path) => ({ code: 'DISK_FULL', message: `the quota of the user who runs this is used up (${path})` }),
  EROFS: (path) => ({ code: 'READ_ONLY', message: `the disk of ${path} cannot be written to` }),
}

const listenFailures: Readonly<Record<string, (port: string) => Failure>> = {
  EADDRINUSE: (port) => ({ code: 'PORT_IN_USE', message: `port ${port} is in use; set PORT to another one` }),
  EACCES: (port) => ({
    code: 'PORT_FORBIDDEN',
    message: `port ${port} may not be used by the user who runs this; set PORT to one above 1023`,
  }),
  EADDRNOTAVAIL: () => ({
    code: 'ADDRESS_NOT_HERE',
    message: 'CALMPACE_LISTEN names an address that this machine does not have',
  }),
}

const forbidden = (path: string): Failure => ({
  code: 'FORBIDDEN',
  message: `${path} may not be used by the user who runs this: run calmpace as the user whose it is`,
})

/** @param dataFolder whose database was in use
 *  @returns null where it is nothing that is expected */
export function findFailure(error: unknown, dataFolder: string): Failure | null {
  if (error instanceof ExpectedError) return { code: error.code, message: error.message }
  if (!(error instanceof Error) || !('code' in error)) return null
  const primary = sqliteCodeOf(error)
  if (primary !== null) {
    return (
      sqliteFailures[primary]?.(dataFolder) ?? {
        code: 'DATABASE_FAILED',
        message: `the database in ${dataFolder} could not be used: ${error.message}`,
      }
    )
  }
  if ('syscall' in error && error.syscall === 'listen' && 'port' in error) {
    const listening = listenFailures[String(error.code)]?.(String(error.port))
    if (listening !== undefined) return listening
  }
  const path = 'path' in error && typeof error.path === 'string' ? error.path : dataFolder
  return systemFailures[String(error.code)]?.(path) ?? null
}

/** The same for a command, which ends by it.
 *  @throws the error itself, where it is nothing that is expected */
export function requireFailure(error: unknown, dataFolder: string): Failure {
  const failure = findFailure(error, dataFolder)
  if (failure === null) throw error
  return failure
}
