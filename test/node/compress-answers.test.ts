// What goes out packed, and what does not.
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { answerWithoutBody } from '../../src/http/conditional.ts'
import { compressAnswers } from '../../src/node/compress-answers.ts'

const long = JSON.stringify({ bpm: Array.from({ length: 2000 }, (_, i) => 120 + (i % 7)) })
const app = new Hono()
app.use(compressAnswers, answerWithoutBody)
app.get('/api/short', (c) => c.json({ bpm: 120 }))
for (const [path, type] of [
  ['/api/long', 'application/json'],
  ['/api/csv', 'text/csv; charset=utf-8'],
  ['/api/fhir', 'application/fhir+json'],
  ['/api/fit', 'application/octet-stream'],
  ['/api/zip', 'application/zip'],
  ['/api/events', 'text/event-stream'],
  ['/api/auth/secret', 'application/json'],
] as const)
  app.on(['GET', 'POST'], path, (c) =>
    c.body(long, 200, { 'content-type': type, 'cache-control': 'no-store', etag: '"one"' }),
  )
app.get('/api/as-it-is', (c) =>
  c.body(long, 200, { 'content-type': 'text/csv', 'cache-control': 'no-store, no-transform' }),
)

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  app.request(path, { method, headers: { 'accept-encoding': 'gzip, br', ...headers } })
const told = ({ headers }: Response) =>
  ['content-encoding', 'vary', 'cache-control', 'etag'].map((name) => headers.get(name))

it.each(['/api/long', '/api/csv', '/api/fhir'])(
  '%s goes out packed, is kept by nobody, and its tag is weak',
  async (path) => {
    const got = await ask(path)
    expect(told(got)).toEqual(['gzip', 'Accept-Encoding', 'no-store', 'W/"one"'])
    const bytes = new Uint8Array(await got.arrayBuffer())
    expect(gunzipSync(bytes).toString()).toBe(long)
    expect(bytes.length).toBeLessThan(long.length / 5)
    for (const etag of ['"one"', 'W/"one"']) expect((await ask(path, { 'if-none-match': etag })).status).toBe(304)
  },
)

it.each(['/api/short', '/api/fit', '/api/zip', '/api/events', '/api/auth/secret', '/api/as-it-is'])(
  '%s goes out as it is',
  async (path) => {
    const got = await ask(path)
    expect([got.headers.get('content-encoding'), (await got.text()).length > 0]).toEqual([null, true])
  },
)

it('packs nothing that another site had a browser ask, and no answer to a change', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const got = await ask('/api/long', { 'sec-fetch-site': site })
    expect([got.headers.get('content-encoding'), await got.text()]).toEqual([null, long])
  }
  expect((await ask('/api/long', {}, 'POST')).headers.get('content-encoding')).toBeNull()
  for (const site of ['same-origin', 'none'])
    expect((await ask('/api/long', { 'sec-fetch-site': site })).headers.get('content-encoding')).toBe('gzip')
})

it('sends it as it is to whoever does not take gzip, and says that others get another one', async () => {
  for (const encodings of ['identity', 'br', 'gzip;q=0']) {
    const got = await ask('/api/long', { 'accept-encoding': encodings })
    expect([...told(got).slice(0, 2), await got.text()]).toEqual([null, 'Accept-Encoding', long])
  }
})

it('says to HEAD a length only where the GET has it', async () => {
  const length = async (path: string, headers: Readonly<Record<string, string>>) => {
    const head = await ask(path, headers, 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    return [head.headers.get('content-length'), head.headers.get('vary')]
  }
  expect(await length('/api/long', {})).toEqual([null, 'Accept-Encoding'])
  expect(await length('/api/long', { 'accept-encoding': 'identity' })).toEqual([String(long.length), 'Accept-Encoding'])
  expect(await length('/api/short', {})).toEqual(['11', 'Accept-Encoding'])
  expect(await length('/api/zip', {})).toEqual([String(long.length), null])
})
