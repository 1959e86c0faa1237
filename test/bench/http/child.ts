// A server in a process of its own, so that its processor time is nobody else's: `child.ts service|bare FOLDER`. Says where it listens, and
// on each message how much processor time it took so far, in microseconds.
import type { AddressInfo } from 'node:net'
import { serve as listen } from '@hono/node-server'
import { keepToOneself } from '../../../src/node/private-folder.ts'
import { keepYoungSpaceSmall } from '../../../src/node/young-space.ts'
import { makeBareApp } from './bare-app.ts'

const [kind = '', folder = ''] = process.argv.slice(2)

async function start(): Promise<string> {
  if (kind === 'service') {
    // As `calmpace serve` begins.
    keepToOneself()
    keepYoungSpaceSmall()
    const { serve } = await import('../../../src/node/serve.ts')
    const one = { port: 0, dataFolder: folder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
    return (await serve(one)).url
  }
  const server = listen({ fetch: makeBareApp(folder).fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.send?.(await start())
