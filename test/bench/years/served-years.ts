// A served practice and the one who guides all of it, asked over HTTP.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Held } from './child.ts'

export interface ServedYears {
  readonly url: string
  readonly firstUrl: string | null
  readonly startedAtMs: number
  /** How long its event loop was held and what it took at most, since this was asked last. */
  readonly held: () => Promise<Held>
  readonly end: () => Promise<void>
}

const child = fileURLToPath(new URL('child.ts', import.meta.url))

export async function serveYears(folder: string): Promise<ServedYears> {
  const startedAtMs = Date.now()
  const server = fork(child, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const { url, firstUrl } = await answerOf<Pick<ServedYears, 'url' | 'firstUrl'>>(server)
  return {
    url,
    firstUrl,
    startedAtMs,
    held: () => {
      const answer = answerOf<Held>(server)
      server.send('held')
      return answer
    },
    end: () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve())
        server.send('end')
      }),
  }
}

const answerOf = <T>(server: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    server.once('exit', ended)
    server.once('message', (answer) => {
      server.off('exit', ended)
      resolve(answer as T)
    })
  })
