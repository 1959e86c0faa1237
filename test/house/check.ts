// `npm run check`: the fast checks, each named, all run even where one fails. Under a minute.
import { run } from './run.ts'

const worlds = ['src/domain', 'src/formats', 'src', 'src/worker.tsconfig.json', 'web', 'test']
const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ...worlds.map((world) => [`types: ${world}`, 'tsc', '-p', world] as const),
  ['lint and arrows', 'oxlint'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['unused code', 'knip'],
  ['unit and HTTP tests', 'vitest', 'run', '--config', 'test/vitest.config.ts', '--reporter=minimal'],
]

/** @returns the names of the checks that failed, and how many ran */
export function check(): { readonly failed: readonly string[]; readonly count: number } {
  const failed: string[] = []
  for (const [name, command, ...args] of checks) {
    console.log(`== ${name}`)
    if (!run(command, ...args)) failed.push(name)
  }
  return { failed, count: checks.length }
}

if (import.meta.main) {
  const { failed } = check()
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
