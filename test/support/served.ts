// A served calmpace in a process of its own, on a port of its own, for tests that ask it over HTTP or kill it.
import { spawn } from 'node:child_process'
import { root } from '../house/run.ts'

export interface Served {
  readonly url: string
  readonly pid: number
  /** @returns once the process is gone */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** @param folder the data folder */
export async function startServer(folder: string): Promise<Served> {
  const server = spawn(process.execPath, ['src/node.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', CALMPACE_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (line: Buffer) => {
      const found = /http:\/\/localhost:\d+/.exec(line.toString())
      if (found !== null) resolve(found[0])
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    url,
    pid: server.pid ?? 0,
    end: (signal) =>
      new Promise((resolve) => {
        server.once('exit', () => resolve())
        server.kill(signal)
      }),
  }
}
