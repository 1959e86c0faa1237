import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { grantAccess, type GuardEnv } from '../../src/http/guard.ts'
import { addTurns } from '../../src/http/in-turn.ts'

/** A service whose answers go out when the test says so. */
function makeService() {
  const begun: string[] = []
  const sent: (() => void)[] = []
  const app = new Hono<GuardEnv>()
  app.use(async (c, next) => {
    const personId = c.req.header('person') ?? ''
    c.set('access', grantAccess({ personId, roles: ['therapist'], cameFrom: null, nowMs: 0 }))
    c.set('askAgain', async () => undefined)
    await next()
  })
  addTurns(app, { whenSent: () => new Promise((resolve) => sent.push(resolve)) })
  app.all('*', (c) => {
    begun.push(`${c.req.header('person')} ${c.req.path}`)
    return c.text('')
  })
  const ask = async (personId: string, path: string) => app.request(path, { headers: { person: personId } })
  return { begun, sent, ask }
}

it('makes two exports of one person at a time: the third waits until one of them has gone out, others do not', async () => {
  const { begun, sent, ask } = makeService()
  const paths = ['/api/runs/1/exports/csv', '/api/runs/2/file', '/api/clients/3/data.zip']
  const answers = paths.map((path) => ask('anna', path))
  await Promise.all(answers.slice(0, 2))
  await ask('bo', '/api/runs/4/exports/fit')
  await ask('anna', '/api/runs/1')
  expect(begun).toEqual([
    'anna /api/runs/1/exports/csv',
    'anna /api/runs/2/file',
    'bo /api/runs/4/exports/fit',
    'anna /api/runs/1',
  ])
  sent[0]?.()
  expect((await answers[2])?.status).toBe(200)
  expect(begun.at(-1)).toBe('anna /api/clients/3/data.zip')
})
