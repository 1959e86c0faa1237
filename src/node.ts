// Entry: Node, one SQLite file. `npm start` and `calmpace serve` run it.
import { resolve } from 'node:path'
import { causeOf, whereFrom } from './live/cause.ts'
import { logEvent, logInWords } from './live/server-log.ts'
import { endBySignal } from './node/end-by-signal.ts'
import { readEnvironment, type Environment } from './node/environment.ts'
import { findFailure } from './node/failure.ts'
import { logJob } from './node/jobs.ts'
import { keepToOneself } from './node/private-folder.ts'
import { serve, type Served } from './node/serve.ts'
import { letYoungSpaceGrow } from './node/young-space.ts'
import { version } from './version.ts'

keepToOneself()
logInWords({ out: process.stdout.isTTY, err: process.stderr.isTTY })
// Node prints the message of an error, which may quote data.
process.on('uncaughtException', (error) => {
  logEvent('server.fault', 'a fault of calmpace ends the server', { cause: causeOf(error), at: whereFrom(error) })
  process.exit(1)
})
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  logEvent('server.warning', 'Node warns of something', { cause: causeOf(warning) })
})
const environment = readEnvironment(process.env)
if (environment.ok) await start(environment.value)
else refuse('ENVIRONMENT', environment.reason)

async function start(settings: Environment): Promise<void> {
  const dataFolder = resolve(settings.dataFolder)
  // SQLite rewrites a database through a file without a name: on the same disk, not on that of the machine's temporary files.
  process.env['SQLITE_TMPDIR'] = dataFolder
  logEvent('server.starting', `starting version ${version}; the data are in ${dataFolder}`, { version, dataFolder })
  try {
    const served = await serve(settings, undefined, { onJob: logJob })
    letYoungSpaceGrow()
    endBySignal(
      (signal) => stop(served, signal),
      (reason) => logEvent('server.stopped_at_once', `stopped at once, by a second ${reason}`, { reason }),
    )
    sayWhere(served, settings.origin === null)
  } catch (error) {
    const failure = findFailure(error, settings.dataFolder)
    if (failure !== null) refuse(failure.code, failure.message)
    else {
      const at = error instanceof Error ? { at: whereFrom(error) } : {}
      logEvent('server.not_started', 'calmpace does not start, by a fault of its own', { cause: causeOf(error), ...at })
    }
    process.exitCode = 1
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

function refuse(code: string, message: string): void {
  logEvent('server.not_started', message, { code })
  process.exitCode = 1
}
