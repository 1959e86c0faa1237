// A server in a process of its own, asked over real HTTP on connections that stay.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'

export interface Answer {
  readonly status: number
  readonly cookies: readonly string[]
  readonly bytes: Buffer
}
export type Ask = (
  path: string,
  init?: { readonly method: string; readonly body: Buffer | string; readonly type: string },
) => Promise<Answer>

export interface ChildServer {
  readonly url: string
  /** Processor time so far, of all its threads, in milliseconds. */
  readonly cpuMs: () => Promise<number>
  readonly end: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

export async function startChild(kind: 'service' | 'bare', folder: string): Promise<ChildServer> {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [kind, folder], { execArgv: [] })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message'), ended])
  const url: unknown = first[0]
  if (typeof url !== 'string') throw new Error(`the ${kind} server ended`)
  return {
    url,
    cpuMs: async () => {
      const told = once(child, 'message')
      child.send('cpu')
      const [us] = (await told) as [number]
      return us / 1000
    },
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await ended
    },
  }
}

/** Asking on connections of one's own. @param cookie of a session */
export function openConnections(url: string, cookie: () => string): { readonly ask: Ask; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true })
  const ask: Ask = (path, init) =>
    new Promise((resolve, reject) => {
      const headers = { cookie: cookie(), origin: url, ...(init && { 'content-type': init.type }) }
      const asked = request(`${url}${path}`, { agent, method: init?.method ?? 'GET', headers }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.once('error', reject)
        response.once('end', () => {
          const { statusCode = 0, headers: answered } = response
          const cookies = (answered['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? '')
          resolve({ status: statusCode, cookies, bytes: Buffer.concat(pieces) })
        })
      })
      asked.once('error', reject)
      asked.end(init?.body)
    })
  return { ask, close: () => agent.destroy() }
}
