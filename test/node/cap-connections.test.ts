import { rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, expect, it } from 'vitest'
import { readEnvironment } from '../../src/node/environment.ts'
import { serve, type Served } from '../../src/node/serve.ts'
import { newFolder } from '../support/node-clinic.ts'

const folders: string[] = []
const opened: Socket[] = []
let served: Served | null = null
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy()
  await served?.close()
  served = null
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

async function start(env: Readonly<Record<string, string>>): Promise<number> {
  const folder = newFolder()
  folders.push(folder)
  const environment = readEnvironment({ PORT: '0', CALMPACE_DATA: folder, ...env })
  if (!environment.ok) throw new Error(environment.reason)
  served = await serve(
    environment.value,
    {
      headersTimeout: 20_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 10_000,
      timeout: 60_000,
      mostConnections: 50,
      mostOfOneAddress: 4,
    },
    { isNew: true },
  )
  return Number(new URL(served.url).port)
}

/** Ask on a connection of its own, which stays open. @returns the first line; empty where it was closed before a word */
const ask = (port: number, from: string) =>
  new Promise<string>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from })
    opened.push(socket)
    socket.on('data', (data: Buffer) => resolve(data.toString().split('\r\n')[0] ?? ''))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(''))
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  })
const OK = 'HTTP/1.1 200 OK'

it('lets one address hold so many connections; others have theirs, and one that ends makes room', async () => {
  const port = await start({})
  for (let i = 0; i < 4; i++) expect(await ask(port, '127.0.0.2')).toBe(OK)
  expect(await ask(port, '127.0.0.2')).toBe('')
  expect(await ask(port, '127.0.0.3')).toBe(OK)
  opened[0]?.destroy()
  await expect.poll(() => ask(port, '127.0.0.2')).toBe(OK)
})

it('caps no proxy, through which everybody comes', async () => {
  const port = await start({ CALMPACE_TRUST_PROXY: '1' })
  for (let i = 0; i < 20; i++) expect(await ask(port, '127.0.0.2')).toBe(OK)
})
