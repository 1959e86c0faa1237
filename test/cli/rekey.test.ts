// A clinic that gets another secret (the documented move to https): nothing starts with one that second factors do not open with, rekey
// seals them with it, and whoever has one signs in as before.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { countUnreadable } from '../../src/http/sign-in/sealed-factors.ts'
import { rekey } from '../../src/cli/rekey.ts'
import { root } from '../house/run.ts'
import { enrolTotp, signIn } from '../support/account.ts'
import { openBrowser } from '../support/browser.ts'
import { closeClinics, openClinic, TEST_SECRET, type NodeClinic } from '../support/node-clinic.ts'
import { collectOutput } from '../support/said.ts'
import { joinFirst, send } from '../support/sign-in.ts'
import { nextCode } from '../support/totp.ts'
import { refusedBy } from '../support/log-lines.ts'

const next = 'the secret of the proxy '.repeat(2)
const other = 'of nobody '.repeat(5)
let clinic: NodeClinic
let uri = ''
beforeAll(async () => {
  clinic = await openClinic()
  const thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  uri = await enrolTotp(thea.ask)
})
afterAll(closeClinics)

async function typed(secret: string | null, former: string | null, isLost = false) {
  const said = collectOutput(false)
  const environment = {
    port: 0,
    dataFolder: clinic.folder,
    origin: null,
    secret,
    listen: '127.0.0.1',
    trustProxy: false,
  }
  const code = await rekey(environment, former, isLost, 1, said.output)
  return { code, printed: said.printed(), complained: said.complained() }
}
const unreadable = async () => [
  await countUnreadable(clinic.store.db, TEST_SECRET),
  await countUnreadable(clinic.store.db, next),
]

it('no server starts with a secret that second factors do not open with, and nothing is changed', async () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/node.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PORT: '0', CALMPACE_DATA: clinic.folder, CALMPACE_SECRET: next },
  })
  expect([status, refusedBy(stderr)]).toEqual([
    1,
    expect.stringMatching(/^1 second factors do not open with CALMPACE_SECRET; nothing was changed\. .*rekey --lost$/),
  ])
  expect(await unreadable()).toEqual([0, 1])
})

it('where neither secret opens one, nothing is changed', async () => {
  expect(await typed(next, other)).toEqual({
    code: 1,
    printed: [],
    complained: [
      expect.stringMatching(/^1 second factors open neither .*; nothing was changed: .*CALMPACE_OLD_SECRET/),
    ],
  })
  expect((await typed(null, null)).complained).toEqual([
    expect.stringMatching(/^there is no new secret; nothing was changed/),
  ])
  expect(await unreadable()).toEqual([0, 1])
})

it('the secret of before stands in the data folder, or is named: all are sealed anew, once, and sign in', async () => {
  const kept = 'x'.repeat(43)
  expect(await typed(kept, TEST_SECRET)).toMatchObject({ code: 0 })
  writeFileSync(join(clinic.folder, 'secret'), `${kept}\n`, { mode: 0o600 })
  expect(await typed(next, null)).toEqual({
    code: 0,
    printed: ['calmpace: 1 second factors are sealed with the new secret, 0 were already, 0 are lost'],
    complained: [],
  })
  rmSync(join(clinic.folder, 'secret'))
  expect(await unreadable()).toEqual([1, 0])
  expect((await typed(next, TEST_SECRET)).printed).toEqual([
    'calmpace: 0 second factors are sealed with the new secret, 1 were already, 0 are lost',
  ])
  const app = createApp({
    store: clinic.store,
    nowMs: () => Date.now(),
    newId: () => crypto.randomUUID(),
    imports: clinic.imports,
    secret: next,
    origin: 'http://localhost',
    addressOf: () => '127.0.0.1',
  })
  const thea = openBrowser(async (path, init) => app.request(path, init))
  expect((await signIn(thea.ask, 'thea@example.org')).status).toBe(200)
  const code = await nextCode(uri)
  expect((await thea.ask('/api/auth/two-factor/verify-totp', send('POST', { code }))).status).toBe(200)
})

it('one that is lost for good is marked, the server may start, and a secret that is found after all opens it', async () => {
  expect(await typed(other, null, true)).toMatchObject({ code: 0, complained: [expect.stringMatching(/new-sign-in/)] })
  expect(await countUnreadable(clinic.store.db, other)).toBe(0)
  expect((await typed(other, next)).printed).toEqual([
    'calmpace: 1 second factors are sealed with the new secret, 0 were already, 0 are lost',
  ])
})
