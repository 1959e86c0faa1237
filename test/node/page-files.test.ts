// The page's files over a real connection: conditional requests, HEAD, and a new version that is unpacked with old times.
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { answerWithoutBody } from '../../src/http/conditional.ts'
import { servePageFiles } from '../../src/node/page-files.ts'
import { packFile } from '../house/pack-file.ts'
import { readLog } from '../support/log-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-page-'))
/** As npm unpacks every file of every version. */
const packedAt = new Date('1985-10-26T08:15:00Z')
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  utimesSync(join(folder, name), packedAt, packedAt)
}
let server: ReturnType<typeof serve>
let url = ''
beforeAll(async () => {
  write('app.js', 'export const version = 1')
  write('index.html', '<!doctype html><title>one</title>')
  const app = new Hono()
  app.use(answerWithoutBody)
  for (const path of ['/app.js', '/long.js']) app.get(path, servePageFiles(folder, 'no-cache'))
  app.get('*', servePageFiles(folder, 'no-cache', 'index.html'))
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const told = (response: Response) =>
  ['content-type', 'content-length', 'etag', 'last-modified', 'cache-control'].map((name) => response.headers.get(name))

it.each(['/app.js', '/some/place', '/'])('%s: HEAD as GET, and 304 to whoever has it', async (path) => {
  const got = await fetch(url + path)
  const text = await got.text()
  const [type, length, etag, lastModified, cacheControl] = told(got)
  expect([got.status, length, cacheControl]).toEqual([200, String(text.length), 'no-cache'])
  expect(type).toMatch(path === '/app.js' ? /^text\/javascript/ : /^text\/html/)
  const head = await fetch(url + path, { method: 'HEAD' })
  expect([head.status, told(head)]).toEqual([200, told(got)])
  for (const headers of [
    { 'if-none-match': etag ?? '' },
    { 'if-modified-since': lastModified ?? '' },
    { 'if-modified-since': 'Friday, 01-Jan-38 00:00:00 GMT' },
    { 'if-modified-since': 'Fri Jan  1 00:00:00 2100' },
    { 'if-modified-since': new Date(Date.parse(lastModified ?? '') + 1000).toUTCString() },
    // Who has the very bytes has them, whenever they came (RFC 9110 §13.1.3).
    { 'if-none-match': etag ?? '', 'if-modified-since': packedAt.toUTCString() },
  ])
    for (const method of ['GET', 'HEAD']) {
      const again = await fetch(url + path, { method, headers })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(told(again)).toEqual([null, null, etag, lastModified, 'no-cache'])
    }
  for (const headers of [
    { 'if-none-match': '"other"' },
    { 'if-none-match': '"other"', 'if-modified-since': lastModified ?? '' },
    { 'if-modified-since': packedAt.toUTCString() },
    { 'if-modified-since': 'yesterday' },
    { 'if-modified-since': '99999' },
    { 'if-modified-since': '2100-01-01' },
    { 'if-modified-since': '2100-01-01T00:00:00Z' },
  ])
    expect((await fetch(url + path, { headers })).status).toBe(200)
})

it('is sent whole whatever part of it is asked for, or as 304', async () => {
  const { headers } = await fetch(`${url}/app.js`)
  const etag = headers.get('etag') ?? ''
  for (const range of ['bytes=0-9', 'bytes=0-1,4-5', 'bytes=999999-', 'bytes=9-0', 'items=0-9', '0-9'])
    for (const more of [{}, { 'if-range': '"x"' }, { 'if-range': etag }]) {
      const got = await fetch(`${url}/app.js`, { headers: { range, ...more } })
      expect([range, got.status, await got.text()]).toEqual([range, 200, 'export const version = 1'])
      expect([got.headers.get('accept-ranges'), got.headers.get('content-range')]).toEqual(['none', null])
    }
  expect((await fetch(`${url}/app.js`, { headers: { range: 'bytes=0-9', 'if-none-match': etag } })).status).toBe(304)
})

it('is sent packed to whoever takes that, each with a tag of its own', async () => {
  const text = 'export const words = "calm"'.repeat(200)
  write('long.js', text)
  packFile(join(folder, 'long.js'))
  const ask = (encodings: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    fetch(`${url}/long.js`, { method, headers: { 'accept-encoding': encodings, ...headers } })
  const tags = new Set<string>()
  for (const [encodings, sent, end] of [
    ['gzip, deflate, br, zstd', 'br', '.br'],
    ['gzip', 'gzip', '.gz'],
    ['identity', null, ''],
    ['gzip;q=0, br;q=0', null, ''],
  ] as const) {
    const got = await ask(encodings)
    expect(await got.text()).toBe(text)
    const length = String(statSync(join(folder, `long.js${end}`)).size)
    const said = [got.headers.get('content-encoding'), got.headers.get('vary'), ...told(got)]
    expect(said.slice(0, 4)).toEqual([sent, 'Accept-Encoding', 'text/javascript; charset=utf-8', length])
    const head = await ask(encodings, {}, 'HEAD')
    expect([head.headers.get('content-encoding'), head.headers.get('vary'), ...told(head)]).toEqual(said)
    const etag = got.headers.get('etag') ?? ''
    tags.add(etag)
    const again = await ask(encodings, { 'if-none-match': etag })
    expect([again.status, again.headers.get('etag'), again.headers.get('vary')]).toEqual([304, etag, 'Accept-Encoding'])
    expect(again.headers.get('content-encoding')).toBeNull()
    expect((await ask(encodings, { 'if-none-match': '"of another"' })).status).toBe(200)
  }
  expect(tags.size).toBe(3)
})

it('packs nothing twice, and nothing that would not be shorter', () => {
  write('picture.png', 'x'.repeat(5000))
  write('short.js', 'x'.repeat(500))
  for (const name of ['picture.png', 'short.js']) packFile(join(folder, name))
  expect(readdirSync(folder).filter((name) => /(?:png|short\.js)\./.test(name))).toEqual([])
})

it('says what to do where the page was not built', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue(undefined)
  const app = new Hono()
  app.get('*', servePageFiles(join(folder, 'none'), 'no-cache', 'index.html'))
  app.all('*', (c) => c.text('another method', 405))
  const got = await app.request('/some/place')
  expect([got.status, await got.text()]).toEqual([503, 'The page is not built: npm run build\n'])
  expect((await app.request('/some/place', { method: 'POST' })).status).toBe(405)
  expect(told.mock.calls.flatMap(([line]) => readLog(String(line)))).toMatchObject([
    { event: 'request.refused', code: 'PAGE_NOT_BUILT', requestId: got.headers.get('x-request-id') },
  ])
  told.mockRestore()
})

it('a new version of the same length and with the same times is sent', async () => {
  const before = await fetch(`${url}/app.js`)
  await before.text()
  write('app.js', 'export const version = 2')
  const after = await fetch(`${url}/app.js`, { headers: { 'if-none-match': before.headers.get('etag') ?? '' } })
  expect([after.status, await after.text()]).toEqual([200, 'export const version = 2'])
  expect(Date.parse(after.headers.get('last-modified') ?? '')).toBeGreaterThan(packedAt.getTime())
})
