// Runs one command of the house with its output shown, under the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The project's own tools and Node come first, whether npm started this or not. */
const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`

/** @returns whether it ended well */
export function run(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } }).status === 0
}

/** The same, beside others: what it said comes whole, at its end. */
export function runQuietly(
  command: string,
  ...args: readonly string[]
): Promise<{ readonly ok: boolean; readonly said: string }> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, said: error.message }))
    child.once('close', (status) => resolve({ ok: status === 0, said: said.trim() }))
  })
}
