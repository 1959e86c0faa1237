// `npm run check`: the fast checks, each named, all run even where one fails. Under a minute: what reads the code and what
// runs it go side by side, and types and format remember what they have seen.
import { reportArguments } from './failed-tests.ts'
import { runQuietly } from './run.ts'

const worlds = ['src/domain', 'src/formats', 'src', 'src/worker.tsconfig.json', 'web', 'test']
const cache = 'test/.cache'
const UNIT = 'unit and HTTP tests'
type Named = readonly [name: string, command: string, ...args: string[]]

/** Run side by side; the checks of a lane one after another. */
const lanes: readonly (readonly Named[])[] = [
  [
    ...worlds.map((world, i): Named => {
      const memory = ['--incremental', '--tsBuildInfoFile', `${cache}/types-${i}.tsbuildinfo`]
      // Of four checkers, the compiler's own choice, each works out the routes' types for itself: twice the processor time on two cores.
      return [`types: ${world}`, 'tsc', '-p', world, '--checkers', '1', ...memory]
    }),
    ['lint and arrows', 'oxlint'],
    ['format', 'prettier', '--check', '--log-level', 'warn', '--cache', '--cache-location', `${cache}/prettier`, '.'],
    ['unused code', 'knip'],
    // What tests alone use is marked so, with the reason (`@internal`).
    ['code that only tests use', 'knip', '--production'],
  ],
  [[UNIT, 'vitest', 'run', '--config', 'test/vitest.config.ts', '--reporter=minimal', ...reportArguments(UNIT)]],
]

/** @returns the names of the checks that failed, and how many ran */
export async function check(): Promise<{ readonly failed: readonly string[]; readonly count: number }> {
  const failed: string[] = []
  const runLane = async (lane: readonly Named[]) => {
    for (const [name, command, ...args] of lane) {
      const { ok, said } = await runQuietly(command, ...args)
      console.log(`== ${name}${said === '' ? '' : `\n${said}`}`)
      if (!ok) failed.push(name)
    }
  }
  await Promise.all(lanes.map(runLane))
  return { failed, count: lanes.flat().length }
}

if (import.meta.main) {
  const { failed } = await check()
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
