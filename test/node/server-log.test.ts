// The log of a real server on a day on which much goes wrong: one JSON object a line, each kind of trouble in it, a quoted request
// found, and nobody's name, address or words.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeRun, kinetics, walkRun } from '../../fixtures/fit/made-runs.ts'
import { events } from '../../src/live/server-log.ts'
import { root } from '../house/run.ts'
import { addClient, read, upload } from '../support/clinic-work.ts'
import { asking, firstPerson, joinFirst, type SignedIn } from '../support/first-person.ts'
import { readLog, type LogLine } from '../support/log-lines.ts'
import { newFolder } from '../support/node-clinic.ts'
import { startServer, type Served } from '../support/served.ts'
import { send } from '../support/sign-in.ts'

const NAME = 'Wilhelmina'
const NOTE = 'gevallen bij het hek'
const folder = newFolder()
let printed = ''
let server: Served
let ask: SignedIn
let clientId = ''
let lines: LogLine[] = []

/** Ask for this and say which answer came. */
async function troubled(path: string, init: RequestInit = {}) {
  const answer = await ask(path, init)
  const body = (await answer.json()) as { readonly code: string; readonly requestId?: string }
  return { status: answer.status, id: answer.headers.get('x-request-id'), ...body }
}
const asHost = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(server.url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })
function change(statement: string): void {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'), { timeout: 5000 })
  sqlite.exec(statement)
  sqlite.close()
}

const answers: Awaited<ReturnType<typeof troubled>>[] = []
beforeAll(async () => {
  server = await startServer(folder, 0, {}, (bytes) => (printed += bytes.toString()))
  ask = asking(server.url, await joinFirst(server))
  clientId = await addClient(ask, NAME)
  await upload(ask, clientId, { [`${NAME}.fit`]: encodeRun(kinetics(walkRun, 1).slice(0, 900)) })
  await fetch(`${server.url}/api/auth/sign-in/email`, {
    ...send('POST', { email: `${NAME}@example.org`, password: firstPerson.password }),
    headers: { 'content-type': 'application/json', origin: server.url },
  })
  expect(await asHost('evil.test')).toBe(403)
  // A table that is not there: a fault of the server's own.
  change('alter table note rename to hidden_note')
  const path = `/api/clients/${clientId}/notes`
  answers.push(await troubled(path))
  answers.push(await troubled(path, send('POST', { text: NOTE })))
  answers.push(await troubled(path, { headers: { 'x-request-id': NAME } }))
  change('alter table hidden_note rename to note')
  change(`create trigger boom before insert on run_file begin select raise(abort, '${NAME} 175'); end`)
  const sent = await upload(ask, clientId, { [`${NAME} 2.fit`]: encodeRun(kinetics(walkRun, 2).slice(0, 900)) })
  expect(sent).toMatchObject([{ code: 'NOT_TAKEN' }])
  change('drop trigger boom')
  await read(ask(path), 200)
  await server.end('SIGTERM')
  lines = readLog(printed)
})
const only = (event: keyof typeof events) => lines.filter((line) => line.event === event)

describe('the log of a server', () => {
  it('says how it starts, what its jobs did and how it stops', () => {
    const told = lines.map(({ event }) => event)
    expect(told[0]).toBe('server.starting')
    expect(told).toContain('server.first_administrator')
    expect(only('job.begun')).toMatchObject([{ job: 'retention' }])
    expect(only('job.done')).toMatchObject([{ job: 'retention', counts: { runs: 0, files: 0, recordings: 0 } }])
    expect(told.slice(-2)).toEqual(['server.stopping', 'server.stopped'])
    const reason = { reason: 'SIGTERM', durationMs: expect.any(Number) as number, counts: { connectionsCut: 0 } }
    expect(lines.at(-1)).toMatchObject(reason)
  })

  it('has each request that failed by the id that its answer gives, with its route, its cause and how long it took', () => {
    expect(answers.map(({ status, code }) => [status, code])).toEqual(answers.map(() => [500, 'INTERNAL']))
    const failed = only('request.failed')
    expect(failed.map(({ requestId }) => requestId)).toEqual(answers.map(({ requestId }) => requestId))
    for (const { id, requestId } of answers) {
      expect(id).toBe(requestId)
      expect(id).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect(failed.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
    for (const { route, status, durationMs, cause } of failed) {
      expect([route, status]).toEqual(['/api/clients/:clientId/notes', 500])
      expect(durationMs).toBeGreaterThanOrEqual(0)
      expect(cause).toEqual({
        name: 'Error',
        code: 'ERR_SQLITE_ERROR',
        sqlite: { code: 1, message: expect.stringMatching(/^no such table: (main\.)?note$/) as string },
      })
    }
  })

  it('has a line of a foreign host, and of a file that was not taken', () => {
    expect(only('host.refused')).toMatchObject([{ host: 'evil.test', expectedHost: 'http://localhost' }])
    expect(only('upload.file_failed')).toMatchObject([
      { cause: { sqlite: { code: 1811, message: 'constraint failed' } } },
    ])
  })

  it('holds no name, no address, no word and no id of anybody', () => {
    for (const word of [NAME, NOTE, 'example.org', firstPerson.password, clientId]) expect(printed).not.toContain(word)
  })
})

it('docs/operations.md lists every event, with its level', () => {
  const text = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `([\w.]+)` +\| (info|warn|error) +\|/gm)]
  expect(rows.map(([, event, level]) => [event, level])).toEqual(Object.entries(events))
})
