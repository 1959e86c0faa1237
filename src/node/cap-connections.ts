// Limits the connections of one address. All addresses share one limit (serve.ts), so no address may use it up alone.
import type { Server } from 'node:net'
import { networkOf } from '../http/sign-in/pace.ts'

/** One more of the same address is closed before it says a word.
 *  @param most of one IPv4 address, or of one /64 of IPv6 */
export function capConnections(server: Pick<Server, 'on'>, most: number): void {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress ?? null)
    const before = open.get(address) ?? 0
    if (before >= most) return void socket.destroy()
    open.set(address, before + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}
