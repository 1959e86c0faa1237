// The page's files over a real connection: conditional requests, HEAD, and a new version that is unpacked with old times.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerWithoutBody } from '../../src/http/conditional.ts'
import { servePageFiles } from '../../src/node/page-files.ts'

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
  app.get('/app.js', servePageFiles(folder, 'no-cache'))
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

it('says what to do where the page was not built', async () => {
  const app = new Hono()
  app.get('*', servePageFiles(join(folder, 'none'), 'no-cache', 'index.html'))
  app.all('*', (c) => c.text('another method', 405))
  const got = await app.request('/some/place')
  expect([got.status, await got.text()]).toEqual([503, 'The page is not built: npm run build\n'])
  expect((await app.request('/some/place', { method: 'POST' })).status).toBe(405)
})

it('a new version of the same length and with the same times is sent', async () => {
  const before = await fetch(`${url}/app.js`)
  await before.text()
  write('app.js', 'export const version = 2')
  const after = await fetch(`${url}/app.js`, { headers: { 'if-none-match': before.headers.get('etag') ?? '' } })
  expect([after.status, await after.text()]).toEqual([200, 'export const version = 2'])
  expect(Date.parse(after.headers.get('last-modified') ?? '')).toBeGreaterThan(packedAt.getTime())
})
