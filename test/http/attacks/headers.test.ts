import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { send } from '../../support/sign-in.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'

let clinic: NodeClinic
let world: World
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
})
afterAll(closeClinics)

describe('what an answer tells a browser', () => {
  it('is the same on every kind of answer', async () => {
    const therapist = askAs(clinic.ask, world, 'therapist')
    const answers: readonly (readonly [string, number, Promise<Response>])[] = [
      ['health', 200, clinic.ask('/healthz')],
      ['JSON', 200, therapist('/api/clients')],
      ['a file', 200, therapist(`/api/runs/${world.runId}/file`)],
      ['the API page', 200, clinic.ask('/api/docs')],
      ['better-auth', 200, therapist('/api/auth/get-session')],
      ['better-auth refusing', 401, clinic.ask('/api/auth/list-sessions')],
      ['signed out', 401, clinic.ask('/api/clients')],
      ['not there', 404, therapist('/api/runs/nothing')],
      ['no route', 404, therapist('/api/nothing')],
      ['not understood', 400, therapist('/api/clients?limit=x')],
      ['another site', 403, therapist('/api/clients', { method: 'POST', headers: { origin: 'https://evil.test' } })],
      ['too large', 413, therapist('/api/clients', send('POST', { firstName: 'x'.repeat(1_100_000) }))],
    ]
    for (const [name, status, answer] of answers) {
      const response = await answer
      const header = (one: string) => response.headers.get(one) ?? ''
      const csp = header('content-security-policy')
      expect([name, response.status, csp.includes("default-src 'none'"), /unsafe|https?:|\*/.test(csp)]).toEqual([
        name,
        status,
        true,
        false,
      ])
      expect([name, header('x-content-type-options'), header('referrer-policy'), header('x-frame-options')]).toEqual([
        name,
        'nosniff',
        'no-referrer',
        'DENY',
      ])
      for (const feature of [
        'bluetooth',
        'screen-wake-lock',
        'publickey-credentials-get',
        'publickey-credentials-create',
      ])
        expect([name, header('permissions-policy').split(', ').includes(`${feature}=(self)`)]).toEqual([name, true])
      for (const feature of ['camera', 'microphone', 'geolocation', 'usb'])
        expect([name, header('permissions-policy').split(', ').includes(`${feature}=()`)]).toEqual([name, true])
      expect([name, header('cache-control')]).toEqual([name, name === 'the API page' ? 'no-cache' : 'no-store'])
      expect([name, header('strict-transport-security')]).toEqual([name, ''])
      expect([name, header('server'), header('x-powered-by')]).toEqual([name, '', ''])
    }
  })

  it('is to come back by https alone, where it came by https', async () => {
    const secure = await openClinic({ origin: 'https://calm.example' })
    for (const path of ['/healthz', '/api/me', '/api/nothing'])
      expect((await secure.ask(`https://calm.example${path}`)).headers.get('strict-transport-security')).toBe(
        'max-age=31536000; includeSubDomains',
      )
  })
})
