// Runs one command of the house with its output shown, under the pinned Node.
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The project's own tools and Node come first, whether npm started this or not. */
const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`

/** @returns whether it ended well */
export function run(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } }).status === 0
}
