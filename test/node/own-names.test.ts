import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { renderError } from '../../src/http/problem.ts'
import { answerOwnNames } from '../../src/node/own-names.ts'
import { readLog } from '../support/log-lines.ts'

let lines: MockInstance<typeof console.error>
beforeEach(() => {
  lines = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => lines.mockRestore())

const serverOf = (origin: string | null) => {
  const app = new Hono().use(answerOwnNames(origin)).get('*', (c) => c.text('here'))
  app.onError(renderError)
  return (url: string) => app.request(url)
}

describe('the names that a server answers by', () => {
  it('are its public one, and its health is told by any', async () => {
    const ask = serverOf('https://calm.example')
    const statusOf = async (url: string) => (await ask(url)).status
    expect(await statusOf('http://calm.example/')).toBe(200)
    expect(await statusOf('http://calm.example:8787/api/me')).toBe(200)
    for (const path of ['/healthz', '/readyz']) expect(await statusOf(`http://127.0.0.1:8787${path}`)).toBe(200)
    expect(await statusOf('http://127.0.0.1:8787/')).toBe(403)
    expect(await statusOf('http://127.0.0.1:8787/healthz/more')).toBe(403)
  })

  it('say what was expected and what came, to whoever asked and in the log, once for each name', async () => {
    const ask = serverOf('https://clam.example')
    const words = 'This server answers for https://clam.example only, not for calm.example.'
    for (let n = 0; n < 3; n++)
      expect(await (await ask('http://calm.example/')).json()).toMatchObject({ code: 'FOREIGN_ORIGIN', detail: words })
    const told = lines.mock.calls.flatMap(([line]) => readLog(String(line)))
    expect(told).toMatchObject([
      {
        event: 'host.refused',
        message: 'a request for calm.example was refused: this server answers for https://clam.example only',
        host: 'calm.example',
        expectedHost: 'https://clam.example',
      },
    ])
  })

  it('of a stranger fill no log', async () => {
    const ask = serverOf(null)
    for (let n = 0; n < 100; n++) expect((await ask(`http://evil-${n}.test/`)).status).toBe(403)
    expect(lines.mock.calls.length).toBe(20)
  })
})
