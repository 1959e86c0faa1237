// The HTTP contract of HTTP itself: what is not there, what a path takes, HEAD, challenges, what somebody has already.
import { expect, it } from 'vitest'
import { send } from '../support/sign-in.ts'
import { addClient, openAs, read, upload, type Runtime } from '../support/asking.ts'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** @returns its code; null of a HEAD, which has no body */
async function problemOf(response: Response, method: string): Promise<string | null> {
  expect([method, response.headers.get('content-type')]).toEqual([method, 'application/problem+json'])
  const text = await response.text()
  if (method === 'HEAD') expect(text).toBe('')
  if (text === '') return null
  const { code, status, title } = JSON.parse(text) as { code: string; status: number; title: string }
  expect([method, status, title.length > 0]).toEqual([method, response.status, true])
  return code
}

export function protocolContract(runtime: Runtime): void {
  const open = openAs(runtime)

  it('answers 404 with a code to a path that is not there, by every method, to whoever asks', async () => {
    const clinic = await runtime.openNew()
    const signedIn = await open()
    const paths = ['/api', '/api/', '/api/nothing', '/api/clients/x/nothing', '/api/auth/nothing', '/api/clients/']
    for (const asking of [clinic.ask, signedIn])
      for (const path of [...paths, '/fhir', '/fhir/', '/fhir/Observation/1', '/fhir/metadata'])
        for (const method of methods) {
          const response = await asking(path, { method })
          expect([method, path, response.status]).toEqual([method, path, 404])
          expect(await problemOf(response, method)).toBe(method === 'HEAD' ? null : 'NOT_FOUND')
        }
  })

  it('answers 405 with what a path takes to every other method, to whoever asks, and says it to OPTIONS', async () => {
    const { ask: asking } = await runtime.openNew()
    const { paths } = await read<Document>(asking('/api/openapi.json'))
    const templates = Object.entries(paths).map(([template, operations]) => ({
      template,
      pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      takes: Object.keys(operations).map((method) => method.toUpperCase()),
    }))
    for (const { template } of templates) {
      const path = template.replaceAll(/\{\w+\}/g, 'some-id')
      const taken = new Set(templates.filter(({ pattern }) => pattern.test(path)).flatMap(({ takes }) => takes))
      if (taken.has('GET')) taken.add('HEAD')
      taken.add('OPTIONS')
      const allowed = [...taken].toSorted()
      for (const method of [...methods, 'PROPFIND'] as const) {
        if (taken.has(method) && method !== 'OPTIONS') continue
        const response = await asking(path, { method })
        const told = response.headers.get('allow')?.split(', ').toSorted()
        expect([method, path, response.status, told]).toEqual([method, path, method === 'OPTIONS' ? 204 : 405, allowed])
        if (method === 'OPTIONS') expect(await response.text()).toBe('')
        else expect(await problemOf(response, method)).toBe(method === 'HEAD' ? null : 'METHOD_NOT_ALLOWED')
      }
    }
    for (const [path, allow] of [
      ['/healthz', 'GET, HEAD, OPTIONS'],
      ['/readyz', 'GET, HEAD, OPTIONS'],
      ['/api/auth/sign-in/email', 'POST, OPTIONS'],
      ['/api/auth/get-session', 'GET, HEAD, OPTIONS'],
      ['/api/break-glass/mine', 'GET, HEAD, DELETE, OPTIONS'],
    ] as const) {
      const response = await asking(path, { method: 'PATCH' })
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, allow])
    }
  })

  it('says with each 401 how one signs in, by no scheme for which a browser asks for a password', async () => {
    const { ask: asking } = await runtime.openNew()
    const signIn = { email: 'nobody@example.org', password: 'een ander wachtwoord' }
    for (const [path, init] of [
      ['/api/clients', {}],
      ['/api/me', {}],
      ['/api/auth/list-sessions', {}],
      ['/api/auth/sign-in/email', send('POST', signIn)],
      ['/api/auth/two-factor/verify-totp', send('POST', { code: '123456' })],
    ] as const) {
      const response = await asking(path, init)
      expect([path, response.status, response.headers.get('www-authenticate')]).toEqual([
        path,
        401,
        'Cookie realm="calmpace"',
      ])
      expect(await problemOf(response, 'GET')).toMatch(/^[A-Z_]+$/)
    }
  })

  it('answers HEAD as GET without a body, and writes the same line', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const [run] = await upload(request, clientId, { 'calm.fit': runtime.fixture('calm-run') })
    const actionsOf = async () =>
      (await read<{ items: { action: string }[] }>(request('/api/audit?limit=1'))).items.map(({ action }) => action)
    for (const [path, action] of [
      ['/healthz', null],
      ['/readyz', null],
      ['/api/openapi.json', null],
      ['/api/docs', null],
      ['/api/me', null],
      ['/api/auth/get-session', null],
      ['/api/clients', 'zone.view'],
      [`/api/clients/${clientId}/runs?limit=1`, 'run.view'],
      [`/api/runs/${run?.runId}`, 'run.view'],
      [`/api/runs/${run?.runId}/series`, 'run.view'],
      [`/api/runs/${run?.runId}/file`, 'run.export'],
      [`/api/runs/${run?.runId}/exports/fit`, 'run.export'],
      [`/api/runs/${run?.runId}/exports/csv?dialect=nl`, 'run.export'],
      [`/api/clients/${clientId}/data.zip`, 'data.export'],
      ['/api/runs/nothing', 'refused'],
      ['/api/runs/nothing/exports/none', null],
      ['/api/clients?limit=x', null],
    ] as const) {
      await read(request('/api/audit?limit=1'))
      const got = await request(path)
      const length = (await got.arrayBuffer()).byteLength
      const lineOfGet = await actionsOf()
      const head = await request(path, { method: 'HEAD' })
      expect([path, await head.text(), head.status]).toEqual([path, '', got.status])
      expect([path, await actionsOf()]).toEqual([path, lineOfGet])
      if (action !== null) expect([path, lineOfGet]).toEqual([path, [action]])
      const headers = (response: Response) =>
        Object.fromEntries([...response.headers].filter(([name]) => !['content-length', 'set-cookie'].includes(name)))
      expect([path, headers(head)]).toEqual([path, headers(got)])
      // It is made on its way: nobody knows how long it will be.
      const isMade = path.endsWith('data.zip')
      expect([path, head.headers.get('content-length')]).toEqual([path, isMade ? null : String(length)])
    }
  })

  it('sends the document and the original of a run once, and 304 to whoever has it; what is private is not kept', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const [run] = await upload(request, clientId, { 'calm.fit': runtime.fixture('calm-run') })
    for (const [path, cacheControl] of [
      ['/api/openapi.json', 'no-cache'],
      ['/api/docs', 'no-cache'],
      [`/api/runs/${run?.runId}/file`, 'no-store'],
    ] as const) {
      const first = await request(path)
      const etag = first.headers.get('etag') ?? ''
      await first.arrayBuffer()
      expect([path, etag]).toEqual([path, expect.stringMatching(/^"[0-9a-f]{32,64}"$/)])
      for (const method of ['GET', 'HEAD'])
        for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
          const again = await request(path, { method, headers: { 'if-none-match': held } })
          const told = ['etag', 'cache-control', 'content-type'].map((name) => again.headers.get(name))
          expect([path, method, held, again.status, await again.text(), told]).toEqual([
            path,
            method,
            held,
            304,
            '',
            [etag, cacheControl, null],
          ])
        }
      const other = await request(path, { headers: { 'if-none-match': '"other"' } })
      expect([path, other.status, (await other.arrayBuffer()).byteLength > 0]).toEqual([path, 200, true])
    }
    const file = await request(`/api/runs/${run?.runId}/file`, { headers: { range: 'bytes=0-9' } })
    expect([file.status, file.headers.get('accept-ranges')]).toEqual([200, 'none'])
    expect((await file.arrayBuffer()).byteLength).toBe(runtime.fixture('calm-run').length)
    for (const path of ['/api/clients', `/api/runs/${run?.runId}`, `/api/runs/${run?.runId}/exports/csv`]) {
      const response = await request(path, { headers: { 'if-none-match': '*' } })
      await response.arrayBuffer()
      const told = ['etag', 'last-modified', 'cache-control'].map((name) => response.headers.get(name))
      expect([path, response.status, told]).toEqual([path, 200, [null, null, 'no-store']])
    }
    expect((await request('/api/runs/nothing/file', { headers: { 'if-none-match': '*' } })).status).toBe(404)
  })

  it('refuses with a code what is no JSON, what is of another content type, and what is too much', async () => {
    const request = await open()
    const post = async (path: string, body: string, type: string) => {
      const response = await request(path, { method: 'POST', headers: { 'content-type': type }, body })
      return [response.status, await problemOf(response, 'POST')]
    }
    expect(await post('/api/clients', '{"firstName":', 'application/json')).toEqual([400, 'INVALID_REQUEST'])
    expect(await post('/api/clients', 'firstName=Noor', 'text/plain')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    expect(await post('/api/clients', 'x'.repeat(1_100_000), 'application/json')).toEqual([413, 'BODY_TOO_LARGE'])
    expect(await post('/api/auth/sign-in/email', '{', 'application/json')).toEqual([400, 'INVALID_REQUEST'])
    expect(await post('/api/auth/change-password', '[]', 'application/json')).toEqual([400, 'INVALID_REQUEST'])
  })
}
