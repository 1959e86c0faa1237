// Runs the server as a process of its own: Node, one SQLite file. `npm start` and `calmpace serve` do it.
import { resolve } from 'node:path'
import { causeOf, whereFrom } from '../live/cause.ts'
import { logEvent, logInWords } from '../live/server-log.ts'
import { endBySignal, STOP_MS, type Hurry } from './end-by-signal.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { findFailure } from './failure.ts'
import { logJob } from './jobs.ts'
import { keepToOneself } from './private-folder.ts'
import { serve, type Served } from './serve.ts'
import { version } from '../version.ts'

/** Serve as the environment says, until a signal; what goes wrong is in the log.
 *  @param needsPage whether a start without a built page is refused
 *  @returns the exit code of the start: 0 where it serves */
export async function runServer(needsPage: boolean): Promise<number> {
  keepToOneself()
  logInWords({ out: process.stdout.isTTY, err: process.stderr.isTTY })
  logWhatNodePrints()
  const environment = readEnvironment(process.env)
  if (!environment.ok) return refuse('ENVIRONMENT', environment.reason)
  return start(environment.value, needsPage)
}

/** Node prints the message of an error, which may quote data. */
function logWhatNodePrints(): void {
  process.on('uncaughtException', (error) => {
    logEvent('server.fault', 'a fault of calmpace ends the server', { cause: causeOf(error), at: whereFrom(error) })
    process.exit(1)
  })
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    logEvent('server.warning', 'Node warns of something', { cause: causeOf(warning) })
  })
}

async function start(settings: Environment, needsPage: boolean): Promise<number> {
  const dataFolder = resolve(settings.dataFolder)
  // SQLite rewrites a database through a file without a name: on the same disk, not on that of the machine's temporary files.
  process.env['SQLITE_TMPDIR'] = dataFolder
  logEvent('server.starting', `starting version ${version}; the data are in ${dataFolder}`, { version, dataFolder })
  try {
    const served = await serve(settings, undefined, { onJob: logJob, needsPage })
    endBySignal(
      (signal) => stop(served, signal),
      (why, reason) => logEvent('server.stopped_at_once', atOnce[why](reason), { reason }),
    )
    sayWhere(served, settings.origin === null)
    return 0
  } catch (error) {
    const failure = findFailure(error, settings.dataFolder)
    if (failure !== null) return refuse(failure.code, failure.message)
    const at = error instanceof Error ? { at: whereFrom(error) } : {}
    logEvent('server.not_started', 'calmpace does not start, by a fault of its own', { cause: causeOf(error), ...at })
    return 1
  }
}

function sayWhere({ url, firstUrl }: Served, isForThisMachine: boolean): void {
  const reach = isForThisMachine ? ' (for this machine only)' : ''
  // Whoever copies a token from a terminal copies what stands behind it: a space.
  logEvent('server.started', `calmpace: open ${firstUrl ?? url} in a browser${reach}`, { url })
  if (firstUrl !== null)
    logEvent(
      'server.first_administrator',
      'nobody can sign in yet; that address, once, makes the first administrator',
      {
        url: firstUrl,
      },
    )
}

async function stop(served: Served, reason: string): Promise<void> {
  const beganMs = performance.now()
  logEvent('server.stopping', `stops by ${reason}: takes nothing new, and lets requests come to their end`, { reason })
  const cut = await served.close()
  const durationMs = Math.round(performance.now() - beganMs)
  logEvent('server.stopped', `stopped after ${durationMs} ms; ${cut} connections were cut`, {
    reason,
    durationMs,
    counts: { connectionsCut: cut },
  })
}

const atOnce: Readonly<Record<Hurry, (reason: string) => string>> = {
  second_signal: (reason) => `stopped at once, by a second ${reason}`,
  takes_long: () => `stopped after ${STOP_MS / 1000} s: what was not done by then begins anew at the next start`,
}

function refuse(code: string, message: string): 1 {
  logEvent('server.not_started', message, { code })
  return 1
}
