// Every answer that the contract, the access table and a demo clinic get, held against the OpenAPI document: what it says is so. Whatever
// comes that is not in it, a code that an operation does not name too, is a failure.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople, fillClinic } from '../../../src/cli/demo/fill-clinic.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser } from '../../support/browser.ts'
import { makeJudge, type Judge, type OpenApi } from '../../support/judged-answers.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { startServer, type Served } from '../../support/served.ts'
import { joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { askAs, makeWorld } from '../../support/world.ts'
import { accessTable } from '../access/access-table.ts'
import { httpContract } from '../contract.ts'

let judge: Judge
let document: OpenApi
beforeAll(async () => {
  const { ask } = await openClinic()
  document = (await (await ask('/api/openapi.json')).json()) as OpenApi
  judge = makeJudge(document)
})
afterAll(closeClinics)

describe('each answer of the contract', () => {
  httpContract({
    openNew: async () => {
      const clinic = await openClinic()
      return { ...clinic, ask: judge.judging(clinic.ask) }
    },
    fixture: (name) => new Uint8Array(readFileSync(new URL(`../../../fixtures/fit/${name}.fit`, import.meta.url))),
  })
})

/** One of each kind; whoever may do most of it comes last, for it is gone then. */
const askers = [
  'nobody',
  'stranger',
  'supervisor',
  'therapistGlass',
  'self',
  'therapist',
  'administratorGlass',
] as const

it('each answer of the access table, to one of each kind, is looked at', async () => {
  const clinic = await openClinic()
  const judged: Ask = judge.judging(clinic.ask)
  const world = await makeWorld({ ...clinic, ask: judged })
  // What takes something away comes last, so that the others find it.
  const rows = Object.entries(accessTable).toSorted(
    ([one], [other]) => Number(one.startsWith('DELETE')) - Number(other.startsWith('DELETE')),
  )
  for (const [, row] of rows)
    for (const standing of askers) {
      const [path, init] = row.ask(world)
      await askAs(judged, world, standing)(path, init)
    }
  expect(judge.came.size).toBeGreaterThan(90)
})

describe('a demo clinic', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-demo-'))
  let served: Served
  beforeAll(async () => {
    served = await startServer(folder)
    await fillClinic(served, Date.now())
  })
  afterAll(async () => {
    await served.end('SIGTERM')
    rmSync(folder, { recursive: true })
  })

  it('answers what it is asked for as the document says', async () => {
    const read = async <T>(ask: Ask, path: string) => (await (await ask(path)).json()) as T
    let runs = 0
    for (const { email, password } of demoPeople) {
      const { ask } = openBrowser(
        judge.judging((path, init) => fetch(`${served.url}${path}`, init)),
        served.url,
      )
      await signIn(ask, email, password)
      const always = Object.entries(document.paths).filter(
        ([path, { get }]) => get !== undefined && !path.includes('{'),
      )
      for (const [path] of always) await ask(path)
      const { items: clients = [] } = await read<{ items?: { id: string }[] }>(ask, '/api/clients')
      const { items: flags = [] } = await read<{ items?: { id: string }[] }>(ask, '/api/flags')
      const { items: groups = [] } = await read<{ items?: { id: string }[] }>(ask, '/api/groups')
      for (const { id } of flags.slice(0, 5)) await ask(`/api/flags/${id}`)
      for (const { id } of groups) for (const what of ['roster', 'patterns']) await ask(`/api/groups/${id}/${what}`)
      for (const { id } of clients) {
        for (const [path, { get }] of Object.entries(document.paths))
          if (get !== undefined && /^\/api\/clients\/\{clientId\}(\/[a-z-]+)?$/.test(path))
            await ask(path.replace('{clientId}', id))
        const { items = [] } = await read<{ items?: { id: string }[] }>(ask, `/api/clients/${id}/runs?limit=3`)
        for (const run of items.slice(0, 3)) {
          runs++
          for (const what of ['', '/series', '/file', '/exports/fit', '/exports/csv', '/exports/fhir'])
            await ask(`/api/runs/${run.id}${what}`)
        }
      }
    }
    expect(runs).toBeGreaterThan(20)
  })
})

it("each answer of one's own account and of links is looked at", async () => {
  const clinic = await openClinic()
  const judged = judge.judging(clinic.ask)
  await joinFirst({ ...clinic, ask: judged })
  const { ask } = openBrowser(judged)
  const auth = async (path: string, body: object = {}) => {
    const response = await ask(`/api/auth${path}`, send('POST', body))
    expect([path, response.status]).toEqual([path, 200])
    return (await response.json()) as { backupCodes?: string[]; passkey?: object }
  }
  const email = 'thea@example.org'
  await signIn(ask, email)
  await auth('/change-password', { currentPassword: PASSWORD, newPassword: `${PASSWORD} anders` })
  await auth('/change-password', { currentPassword: `${PASSWORD} anders`, newPassword: PASSWORD })
  await enrolTotp(ask)
  const { backupCodes = [] } = await auth('/two-factor/generate-backup-codes', { password: PASSWORD })
  await auth('/revoke-other-sessions')
  await auth('/sign-out')
  await signIn(ask, email)
  await auth('/two-factor/verify-backup-code', { code: backupCodes[0] })
  const [own] = (await (await ask('/api/auth/list-sessions')).json()) as { token: string }[]
  await auth('/two-factor/disable', { password: PASSWORD })
  await auth('/revoke-session', { token: own?.token ?? '' })
  await signIn(ask, email)
  const passkey = await enrolPasskey(ask)
  expect((await signInByPasskey(ask, passkey, true)).status).toBe(200)
  const [kept] = (await (await ask('/api/auth/passkey/list-user-passkeys')).json()) as { id: string }[]
  await auth('/passkey/update-passkey', { id: kept?.id, name: 'sleutel' })
  await auth('/passkey/delete-passkey', { id: kept?.id })
})

it('a judge that finds nothing looks: it names a status, a shape and a code that are not in the document', async () => {
  const own = makeJudge(document)
  const answers = [
    Response.json({ status: 'fine' }),
    Response.json({ code: 'NOT_FOUND' }, { status: 418 }),
    new Response('ok', { headers: { 'content-type': 'text/plain' } }),
  ]
  for (const answer of answers) await own.judging(async () => answer)('/healthz')
  const problem = { type: 'about:blank', title: 'x', status: 403, code: 'LIST_FULL' }
  const headers = { 'content-type': 'application/problem+json' }
  await own.judging(async () => Response.json(problem, { status: 403, headers }))('/healthz')
  expect(own.wrong().map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
    'getHealth 200: /status',
    'getHealth 200: content',
    'getHealth 403: /code',
    'getHealth 418: not',
  ])
})

it('nothing came that the document does not say', () => {
  expect(judge.wrong()).toEqual([])
})

it('of each operation an answer came, and of nearly each one that went well', () => {
  const all = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
  expect(all.filter((id) => !judge.came.has(id))).toEqual([])
  const lacking = all.filter((id) => ![...(judge.came.get(id) ?? [])].some((status) => status.startsWith('2')))
  expect(lacking.toSorted()).toEqual(refusedOnly.toSorted())
})

/** What is used up before these are asked for: links that work once, and what ended with somebody's session. */
const refusedOnly = [
  ...['lookAtReset', 'openReset', 'useReset', 'acknowledgeReset', 'stopReset', 'takeBackReset'],
  ...['takeBackClientInvitation', 'endSessionsOf', 'endEmergency'],
]
