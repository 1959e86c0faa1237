// The listener: limits for slow clients and for the number of clients, and how it stops.
import type { AddressInfo } from 'node:net'
import { serve as listen, type HttpBindings } from '@hono/node-server'
import { capConnections } from './cap-connections.ts'
import type { Environment } from './environment.ts'

/** Who sends a request a byte at a time, or takes an answer so, does not hold a connection for ever, and there are only so
 *  many of them. Milliseconds; Node looks once in each `connectionsCheckingInterval`. */
export type SlowClients = Readonly<
  Record<
    | 'headersTimeout'
    | 'requestTimeout'
    | 'connectionsCheckingInterval'
    | 'timeout'
    | 'mostConnections'
    | 'mostOfOneAddress',
    number
  >
>
export const slowClients: SlowClients = {
  headersTimeout: 20_000,
  /** Of an upload over a slow line; a small body has a time of its own (limit-body.ts). */
  requestTimeout: 15 * 60_000,
  connectionsCheckingInterval: 10_000,
  /** Nothing went either way. An upload may wait for its turn meanwhile. */
  timeout: 5 * 60_000,
  /** product choice: each costs some 50 kB; one more is closed before it says a word. */
  mostConnections: 1000,
  /** product choice: a clinic's staff may share one address, and a browser opens six. */
  mostOfOneAddress: 100,
}

/** While it ends: how often connections without a request are closed, ms. */
const IDLE_LOOK_MS = 20

export type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>
export interface Listener {
  readonly port: number
  /** Take no new connection, and let requests that are under way come to their end for so long.
   *  @returns how many connections were cut then */
  readonly drain: (ms: number) => Promise<number>
}

/** @throws the listener's error, e.g. EADDRINUSE */
export async function listenOn(
  { port, listen: hostname, trustProxy }: Environment,
  { mostConnections, mostOfOneAddress, timeout, ...serverOptions }: SlowClients,
  answer: Answer,
): Promise<Listener> {
  const server = listen({
    fetch: (request, env) => answer(request, env as HttpBindings),
    port,
    hostname,
    serverOptions,
  })
  server.maxConnections = mostConnections
  server.setTimeout(timeout)
  // Behind a proxy all come from its address; it has to count by itself.
  if (!trustProxy) capConnections(server, mostOfOneAddress)
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve(server.address() as AddressInfo))
  })
  const drain = async (ms: number) => {
    if (!('closeIdleConnections' in server)) throw new TypeError('not an HTTP/1 server')
    const closed = new Promise((resolve) => server.close(resolve))
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS)
    let cut = 0
    const forced = setTimeout(() => {
      server.getConnections((_error, count) => {
        cut = count
        server.closeAllConnections()
      })
    }, ms)
    await closed
    clearInterval(idle)
    clearTimeout(forced)
    return cut
  }
  return { port: address.port, drain }
}
