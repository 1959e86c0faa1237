// The HTTP contract of the service itself: health, problems, the document, for both runtimes.
import { expect, it } from 'vitest'
import { send } from '../support/sign-in.ts'
import { read, openAs, type Runtime } from '../support/asking.ts'

export function serviceContract(runtime: Runtime): void {
  const open = openAs(runtime)

  it('says that it lives and is ready', async () => {
    const request = await open()
    expect(await read(request('/healthz'))).toEqual({ status: 'ok' })
    expect(await read(request('/readyz'))).toEqual({ status: 'ready' })
  })

  it('answers bad requests with problems that have a code', async () => {
    const request = await open()
    const problem = async (path: string, init: RequestInit | undefined, status: number) => {
      const response = await request(path, init)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      return read<{ code: string; title: string }>(response, status)
    }
    expect(await problem('/api/clients/nobody', undefined, 404)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await problem('/api/nothing', undefined, 404)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await problem('/api/clients?cursor=x', undefined, 400)).toMatchObject({ code: 'INVALID_REQUEST' })
    const child = { firstName: 'Kim', birthYear: new Date().getUTCFullYear() - 12, watchLevel: 'standard' }
    expect(await problem('/api/clients', send('POST', child), 400)).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(await problem('/api/clients', send('POST', { firstName: '' }), 400)).toMatchObject({
      code: 'INVALID_REQUEST',
    })
    const foreign = {
      ...send('POST', child),
      headers: { 'content-type': 'application/json', origin: 'https://evil.test' },
    }
    expect(await problem('/api/clients', foreign, 403)).toMatchObject({ code: 'FOREIGN_ORIGIN' })
  })

  it('describes itself', async () => {
    const request = await open()
    const document = await read<{ paths: object }>(request('/api/openapi.json'))
    expect(Object.keys(document.paths)).toContain('/api/clients/{clientId}/runs')
    const docs = await request('/api/docs')
    expect(await docs.text()).toContain('/api/runs/{runId}/series')
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'")
  })
}
