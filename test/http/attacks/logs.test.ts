import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeAuth } from '../../../src/http/sign-in/auth.ts'
import { causeOf } from '../../../src/live/cause.ts'
import { logEvent } from '../../../src/live/server-log.ts'
import { signIn } from '../../support/account.ts'
import { closeClinics, openClinic, TEST_SECRET, type NodeClinic } from '../../support/node-clinic.ts'
import { PASSWORD, send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'

let clinic: NodeClinic
let world: World
let written = ''
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      written += `${words.map((word) => (word instanceof Error ? `${word.stack} ${JSON.stringify(word)}` : JSON.stringify(word))).join(' ')}\n`
    })
})
afterEach(() => {
  written = ''
})
afterAll(async () => {
  vi.restoreAllMocks()
  await closeClinics()
})

describe('what the service writes to its console', () => {
  it('is nothing of a person where sign-in fails', async () => {
    await signIn(clinic.ask, 'self@example.org', 'geheim wachtwoord')
    await signIn(clinic.ask, 'nobody@example.org', 'geheim wachtwoord')
    await clinic.ask(
      '/api/join',
      send('POST', { token: world.openToken, name: 'Noor', email: 'self@example.org', password: PASSWORD }),
    )
    expect(written).not.toMatch(/self@|nobody@|Noor|geheim|wachtwoord/)
  })

  it.each([
    ['a line of its own', '\ncalmpace: retention failed: FORGED'],
    ['a colour', '\u001b[31mFORGED'],
    ['the other direction', '\u202eFORGED'],
    ['a screenful', 'A'.repeat(10_000)],
  ])('is one short line where an address that was asked for brings %s', async (_what, text) => {
    // In a test better-auth does not look at addresses: what it would say of one is said here.
    const { logger } = await makeAuth(clinic.store.db, TEST_SECRET, 'http://localhost', Date.now).$context
    logger.error(`Invalid callbackURL: https://e/${text}`)
    logEvent('upload.file_failed', text, { cause: causeOf(new Error(text)), host: text })
    const lines = written.trim().split('\n')
    expect(lines.length).toBe(2)
    for (const line of lines) expect(line).toMatch(/^[ -~…]{1,2200}$/)
    const [ofLibrary, ours] = lines.map((line) => JSON.parse(JSON.parse(line) as string) as Record<string, unknown>)
    expect(ofLibrary).toMatchObject({ event: 'sign_in.library', message: 'sign-in: Invalid callbackURL' })
    expect(ours).toMatchObject({ event: 'upload.file_failed', cause: { name: 'Error' } })
    expect(String(ours?.['message']).length).toBeLessThanOrEqual(1000)
  })

  it('is the route, the kind of error and the place where a request fails, and no word of what was asked', async () => {
    await sql`alter table care_group rename to hidden`.execute(clinic.store.db)
    await sql`create table care_group (id text primary key, name integer not null check (name = 'Noor 158 bpm')) strict`.execute(
      clinic.store.db,
    )
    const response = await askAs(
      clinic.ask,
      world,
      'administrator',
    )('/api/groups', send('POST', { name: 'Noor 158 bpm' }))
    const { code, requestId, ...rest } = await expectJson<{ code: string; requestId: string }>(response, 500)
    expect([code, Object.keys(rest).toSorted()]).toEqual(['INTERNAL', ['status', 'title', 'type']])
    expect(response.headers.get('x-request-id')).toBe(requestId)
    const line = JSON.parse(JSON.parse(written) as string) as object
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      level: 'error',
      event: 'request.failed',
      message: 'a request failed by a fault of calmpace',
      requestId,
      method: 'POST',
      route: '/api/groups',
      durationMs: expect.any(Number) as number,
      status: 500,
      code: 'INTERNAL',
      cause: {
        name: 'Error',
        code: 'ERR_SQLITE_ERROR',
        sqlite: { code: 1, message: expect.stringMatching(/^no such|^SQL logic/) as string },
      },
      at: expect.arrayContaining([expect.stringMatching(/\.ts:\d+:\d+/)]) as string[],
    })
    // Not `158` alone: the id of the request and a line of code may hold it by chance.
    expect(written).not.toMatch(/Noor|158 bpm|insert|CHECK/)
  })

  it('is no address and no secret where better-auth itself breaks', async () => {
    await sql`alter table session rename to hidden_session`.execute(clinic.store.db)
    const response = await signIn(clinic.ask, 'stranger@example.org')
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'INTERNAL' })
    expect(written).not.toMatch(/stranger|wachtwoord|token/i)
    expect(written).not.toBe('')
  })
})
