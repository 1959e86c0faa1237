import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authPaths } from '../../../src/http/sign-in/auth-paths.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { send, type Ask } from '../../support/sign-in.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'
import { accessTable } from '../access/access-table.ts'

let clinic: NodeClinic
let world: World
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
})
afterAll(closeClinics)

/** Every request that changes something, of the document and of better-auth. */
const changing: readonly (readonly [string, (w: World) => readonly [string, RequestInit?]])[] = [
  ...Object.entries(accessTable)
    .filter(([route]) => !route.startsWith('GET '))
    .map(([route, { ask }]) => [route, ask] as const),
  ...[...authPaths.keys()]
    .filter((route) => !route.startsWith('GET '))
    .map((route) => [route, () => [`/api/auth${route.split(' ')[1]}`, send('POST', {})] as const] as const),
]
const withHeaders =
  (ask: Ask, more: object): Ask =>
  (path, init = {}) =>
    ask(path, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...more } })

describe('a page of another site', () => {
  it.each([
    [{ origin: 'https://evil.test' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost.evil.test' }],
    [{ origin: 'http://localhost:8080' }],
    [{ origin: 'https://localhost' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('with %j makes no browser change anything, with whosever cookie', async (headers) => {
    for (const [route, ask] of changing) {
      const [path, init] = ask(world)
      const response = await withHeaders(askAs(clinic.ask, world, 'therapist'), headers)(path, init)
      expect([route, response.status, await response.json()]).toMatchObject([route, 403, { code: 'FOREIGN_ORIGIN' }])
    }
  })

  it('cannot send a form in place of JSON: what a browser sends without asking first is not understood', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      for (const [route, ask] of changing) {
        const [path, init] = ask(world)
        const { body } = init ?? {}
        if (typeof body !== 'string' || body === '{}' || route === 'POST /api/join') continue
        const foreign = withHeaders(askAs(clinic.ask, world, 'administratorGlass'), { 'content-type': type })
        const { status } = await foreign(path, init)
        expect([route, type, [400, 404, 415].includes(status)]).toEqual([route, type, true])
      }
  })

  it('reads nothing: no answer allows another site, and none can be framed', async () => {
    const therapist = withHeaders(askAs(clinic.ask, world, 'therapist'), { origin: 'https://evil.test' })
    for (const path of ['/api/me', `/api/runs/${world.runId}`, `/api/runs/${world.runId}/file`]) {
      const { headers } = await therapist(path)
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
    const preflight = await clinic.ask('/api/clients', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
    })
    expect([preflight.ok, preflight.headers.get('access-control-allow-origin')]).toEqual([false, null])
  })

  it('is not needed for who has no browser: without an Origin the cookie was given on purpose', async () => {
    expect((await askAs(clinic.ask, world, 'administrator')('/api/groups', send('POST', { name: 'Cli' }))).status).toBe(
      201,
    )
  })
})
