// A served calmpace in a process of its own, on a port of its own, for tests that ask it over HTTP or kill it.
import { spawn } from 'node:child_process'
import { hasClinic } from '../../src/node/clinic-folder.ts'
import { openStore } from '../../src/node/open-store.ts'
import { root } from '../house/run.ts'

export interface Served {
  readonly url: string
  /** Where the first administrator joins, as the start prints it; null where there is one. */
  readonly firstUrl: string | null
  readonly pid: number
  /** @returns once the process is gone */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** What `calmpace init` does: a clinic in a folder that has none. */
export async function beginClinic(folder: string): Promise<void> {
  if (!hasClinic(folder)) await (await openStore(folder)).close()
}

/** @param folder the data folder; a clinic is begun in it where there is none
 *  @param port 0 is any that is free
 *  @param hear gets whatever it prints; without it, errors stand in the test's own output */
export async function startServer(
  folder: string,
  port = 0,
  env: Readonly<Record<string, string>> = {},
  hear?: (printed: Buffer) => void,
): Promise<Served> {
  await beginClinic(folder)
  const server = spawn(process.execPath, ['src/node.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), CALMPACE_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', hear === undefined ? 'inherit' : 'pipe'],
  })
  if (hear !== undefined) for (const stream of [server.stdout, server.stderr]) stream?.on('data', hear)
  const printed = await new Promise<{ url: string; join: string | undefined }>((resolve, reject) => {
    server.stdout?.on('data', (line: Buffer) => {
      const found = /open (http:\/\/localhost:\d+)(\/join#[\w-]+)?/.exec(line.toString())
      if (found?.[1] !== undefined) resolve({ url: found[1], join: found[2] })
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const { url, join } = printed
  return {
    url,
    firstUrl: join === undefined ? null : `${url}${join}`,
    pid: server.pid ?? 0,
    end: (signal) =>
      new Promise((resolve) => {
        if (server.exitCode !== null || server.signalCode !== null) return resolve()
        server.once('exit', () => resolve())
        server.kill(signal)
      }),
  }
}
