import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../src/node/environment.ts'
import { serve, type Served } from '../../src/node/serve.ts'
import { newFolder } from '../support/node-clinic.ts'

const folder = newFolder()
let served: Served
beforeAll(async () => {
  const environment = readEnvironment({ PORT: '0', CALMPACE_DATA: folder })
  if (!environment.ok) throw new Error(environment.reason)
  served = await serve(
    environment.value,
    {
      headersTimeout: 3000,
      requestTimeout: 6000,
      connectionsCheckingInterval: 200,
      timeout: 60_000,
      mostConnections: 60,
      mostOfOneAddress: 1000,
    },
    { isNew: true },
  )
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

/** Send a beginning at once, then a byte each 20 ms until the server has had enough.
 *  @returns what it said last */
const dribble = (beginning: string) =>
  new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    let said = ''
    socket.on('data', (data: Buffer) => (said += data.toString()))
    socket.on('error', () => undefined)
    socket.write(beginning)
    const drip = setInterval(() => socket.write('x'), 20)
    socket.on('close', () => {
      clearInterval(drip)
      resolve(said)
    })
  })

describe('a client that sends a byte at a time', () => {
  it('is cut off in its headers', async () => {
    expect(await dribble('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(/^(HTTP\/1\.1 408 |$)/)
  })

  it.each(['/api/join', '/api/auth/sign-in/email'])('is cut off in its body to %s', async (path) => {
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{`
    expect(await dribble(head)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
  })

  it('keeps nobody else waiting meanwhile', async () => {
    const slow = Array.from({ length: 20 }, () =>
      dribble('POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n'),
    )
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
    expect((await Promise.all(slow)).length).toBe(20)
  })
})

describe('connections', () => {
  it('are no more than there may be, and one that ends makes room', async () => {
    const port = Number(new URL(served.url).port)
    const opened = Array.from({ length: 70 }, () => {
      const socket = connect(port, '127.0.0.1').resume()
      socket.on('error', () => undefined)
      return new Promise((resolve) => socket.once('close', resolve))
    })
    // Those over the limit are closed at once: then the others have been counted.
    await Promise.race(opened)
    const ask = () =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        let said = ''
        socket.on('data', (data: Buffer) => (said += data.toString()))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(said.split('\r\n')[0] ?? ''))
        socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
      })
    expect(await ask()).toBe('')
    // They say nothing: the time for headers is over for each of them.
    await Promise.all(opened)
    expect(await ask()).toBe('HTTP/1.1 200 OK')
  })
})

describe('a foreign host name', () => {
  it('gets the headers that every answer has', async () => {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
      socket.once('data', (data: Buffer) => {
        socket.destroy()
        resolve(data.toString().toLowerCase())
      })
      socket.write('GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n')
    })
    expect(said).toMatch(/^http\/1\.1 403 /)
    expect(said).toContain("content-security-policy: default-src 'none'")
  })
})
