#!/usr/bin/env node
// The command line, once the Node that runs it is known to be new enough (calmpace.cjs): streams, what goes wrong unexpectedly, the
// exit code. Results on standard output, everything else on standard error.
import { runCommandLine } from './cli/program.ts'
import { oneLine } from './domain/one-line.ts'
import { keepToOneself } from './node/private-folder.ts'
import { version } from './version.ts'

let isServing = false

/** Whoever read has gone (`| head -1`): nothing more is wanted of a command, but a clinic goes on. */
function onLostReader(error: Error): void {
  if (isServing) return
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`calmpace: the result could not be written: ${oneLine(error.message)}\n`)
  process.exit(1)
}

function sayUnexpected(error: unknown): void {
  const debug = process.env['CALMPACE_DEBUG'] ?? ''
  const isShown = debug !== '' && debug !== '0'
  const [reason, stack] = error instanceof Error ? [error.message, error.stack ?? ''] : [String(error), '']
  process.stderr.write(
    isShown ? `${stack}\n` : `calmpace: unexpected: ${oneLine(reason)} (CALMPACE_DEBUG=1 shows where)\n`,
  )
  process.exitCode = 1
}

keepToOneself()
process.stdout.on('error', onLostReader)
process.stderr.on('error', () => undefined)
// Not awaited at the top: calmpace.cjs loads this file by `require`, which cannot wait.
runCommandLine(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  variables: process.env,
  version,
  onServe: () => (isServing = true),
}).then((code) => (process.exitCode = code), sayUnexpected)
