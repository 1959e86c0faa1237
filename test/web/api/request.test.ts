import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type * as Request from '../../../web/api/request.ts'
import { QUIET_HEADER } from '../../../src/http/sign-in/quiet.ts'
import { ApiError } from '../../../web/api/api-error.ts'

let request: typeof Request
beforeAll(async () => {
  vi.stubGlobal('location', { origin: 'http://localhost' })
  vi.stubGlobal('navigator', { onLine: true })
  request = await import('../../../web/api/request.ts')
})

const caught = async (asking: Promise<unknown>): Promise<ApiError> => {
  const error = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error('no ApiError')
  return error
}
const html = (status: number) => new Response('<h1>hello</h1>', { status, headers: { 'content-type': 'text/html' } })

describe('asking the server', () => {
  it('believes no page that answers in the place of the server, however well', async () => {
    expect((await caught(request.read(Promise.resolve(html(200))))).meaning).toBe('away')
    expect((await caught(request.done(Promise.resolve(html(200))))).meaning).toBe('away')
    const text = new Response('hello', { headers: { 'content-type': 'text/plain' } })
    expect((await caught(request.read(Promise.resolve(text)))).meaning).toBe('away')
  })

  it('believes no JSON that somebody else answers to a phone’s batches', async () => {
    const { isBatchesAnswer } = await import('../../../web/api/batches.ts')
    const right = { receivedAtMs: 1, acknowledged: [], refused: [], participations: [] }
    const others = [
      null,
      [],
      'ok',
      {},
      { status: 'login' },
      { ...right, acknowledged: {} },
      { ...right, receivedAtMs: null },
    ]
    const ask = (value: unknown) =>
      request.read<unknown>(Promise.resolve(Response.json(value)), { isOurs: isBatchesAnswer })
    for (const other of others) expect((await caught(ask(other))).meaning).toBe('away')
    expect(await ask(right)).toEqual(right)
  })

  it('takes an answer that is cut off in its middle, or refused as a page, for no verdict', async () => {
    const cut: Record<string, (response: ServerResponse) => void> = {
      '/length': (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
        response.write('{"acknowledged":[')
        setTimeout(() => response.destroy(), 20)
      },
      '/short': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"acknowledged":['),
      '/empty': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(),
      '/head': (response) => response.socket?.destroy(),
      '/proxy': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
    }
    const server = createServer(({ url = '' }, response) => cut[url](response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const meanings = Object.keys(cut).map(async (path) => {
      const error = await caught(request.read(fetch(`http://127.0.0.1:${port}${path}`)))
      return [path, error.meaning]
    })
    expect(await Promise.all(meanings)).toEqual([
      ['/length', 'unreachable'],
      ['/short', 'away'],
      ['/empty', 'away'],
      ['/head', 'unreachable'],
      ['/proxy', 'away'],
    ])
    server.close()
  })

  it('hears nobody signed out by a page in between', async () => {
    const heard: string[] = []
    request.onRefusal((code) => heard.push(code))
    await caught(request.read(Promise.resolve(html(401))))
    expect(heard).toEqual(['blocked'])
    await caught(request.read(Promise.resolve(Response.json({ code: 'SIGNED_OUT' }, { status: 401 }))))
    expect(heard).toEqual(['blocked', 'SIGNED_OUT'])
  })

  it('marks what nobody at the screen asked for as the server reads it', () => {
    expect(Object.keys(request.quietly.headers)).toEqual([QUIET_HEADER])
  })

  it('carries how long the server asks to be left alone', async () => {
    for (const name of ['retry-after', 'X-Retry-After']) {
      const busy = new Response('{}', { status: 429, headers: { [name]: '30' } })
      const { meaning, code, retryAfterMs } = await caught(request.read(Promise.resolve(busy)))
      expect([meaning, code, retryAfterMs]).toEqual(['busy', 'busy', 30_000])
    }
  })

  it('tells a late answer from a lost one', async () => {
    const late = Promise.reject(new DOMException('late', 'TimeoutError'))
    expect((await caught(request.read(late))).meaning).toBe('timeout')
    expect((await caught(request.read(Promise.reject(new TypeError('failed to fetch'))))).meaning).toBe('unreachable')
  })

  it('does not put a fault of the page down to the server', () => {
    expect(request.codeOf(new TypeError('x is undefined'))).toBe('PAGE_FAILED')
  })
})
