// The lines of each path of better-auth that can be reached: of what was done, of what was refused to whoever is signed in, half
// signed in or nobody; and none of what was only looked at. A path without a row fails.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { authPaths } from '../../../src/http/sign-in/auth-paths.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { lastLine, linesSince } from '../../support/lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { nextCode, totpCode } from '../../support/totp.ts'
import { expectJson } from '../../support/expect-json.ts'
import { readLog } from '../../support/log-lines.ts'

/** `unshown`: a password alone, of somebody with a passkey. */
type Who = 'strong' | 'weak' | 'half' | 'nobody' | 'unshown'
/** One line: its action, whose, and of a refusal what was asked and the code. */
type Line = readonly [action: string, whose: 'own' | null, asked?: string, code?: string]
interface Row {
  readonly who: Who
  readonly what: string
  readonly lines: readonly Line[]
  /** What is done before, and what is sent. */
  readonly body?: (world: World) => object | Promise<object>
  readonly ask?: (world: World) => Promise<unknown>
  /** On the console of whoever runs the server. */
  readonly complaint?: string
}
interface World {
  readonly ask: Ask
  readonly uri: string
  readonly passkey: Awaited<ReturnType<typeof enrolPasskey>>
  readonly passkeyId: string
}

let clinic: NodeClinic
let thea: Browser
let weak: Browser
let keyed: Browser
let uri: string
let passkey: World['passkey']
let passkeyId: string
const ids: Record<string, string> = {}
beforeAll(async () => {
  clinic = await openClinic()
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  uri = await enrolTotp(thea.ask)
  passkey = await enrolPasskey(thea.ask)
  const keys = await expectJson<{ id: string }[]>(thea.ask('/api/auth/passkey/list-user-passkeys'))
  passkeyId = keys[0]?.id ?? ''
  const invited = send('POST', { roles: ['therapist'], groupIds: [] })
  const { token } = await expectJson<{ token: string }>(thea.ask('/api/invitations', invited), 201)
  weak = openBrowser(clinic.ask)
  await join(weak.ask, token, 'tom@example.org')
  // The session of before, and of somebody who signed in by the password alone.
  const other = await expectJson<{ token: string }>(thea.ask('/api/invitations', invited), 201)
  const holder = openBrowser(clinic.ask)
  await join(holder.ask, other.token, 'kim@example.org')
  await enrolPasskey(holder.ask)
  keyed = openBrowser(clinic.ask)
  await signIn(keyed.ask, 'kim@example.org')
  ids['unshown'] = (await expectJson<{ personId: string }>(keyed.ask('/api/me'))).personId
  ids['strong'] = (await expectJson<{ personId: string }>(thea.ask('/api/me'))).personId
  ids['weak'] = (await expectJson<{ personId: string }>(weak.ask('/api/me'))).personId
})
beforeEach(async () => {
  await clinic.store.db.deleteFrom('rateLimit' as never).execute()
  await clinic.store.db.deleteFrom('sign_in_lock').execute()
})
afterAll(closeClinics)

const email = 'thea@example.org'
const WRONG = 'verkeerd wachtwoord'
const wrongCode = async ({ uri }: World) => ({
  code: String((Number(await totpCode(uri)) + 1) % 1_000_000).padStart(6, '0'),
})
const refused = (asked: string, code: string): Line => ['refused', 'own', asked, code]
const notIn = (asked: string, code: string, whose: 'own' | null = null): Line => ['sign-in.refused', whose, asked, code]
const look = (who: Who): Row => ({ who, what: 'looks', lines: [] })
/** Who has a passkey and did not show it gets nothing of it. */
const unshown = (asked: string, body?: Row['body']): Row => ({
  who: 'unshown',
  what: 'has not shown the passkey',
  lines: [refused(asked, 'SECOND_FACTOR_REQUIRED')],
  ...(body === undefined ? {} : { body }),
})
/** A field that is not on the list. */
const more = (who: Who, asked: string, own = true): Row => ({
  who,
  what: 'sends a field more',
  lines: [own ? refused(asked, 'INVALID_REQUEST') : notIn(asked, 'INVALID_REQUEST')],
  body: () => ({ more: 1 }),
})
const signedOut: Row = { who: 'nobody', what: 'is signed out', lines: [], body: () => ({}) }
/** A password alone where there is a second factor: a session that came about before that. */
const factorless = (asked: string): Row => ({
  who: 'half',
  what: 'has not given the second factor',
  lines: [],
  body: () => ({ password: PASSWORD, asked }),
})

// prettier-ignore
const table: Readonly<Record<string, readonly Row[]>> = {
  'GET /get-session': [look('strong'), look('nobody')],
  'GET /list-sessions': [look('strong'), look('nobody'), unshown('account.view')],
  'GET /passkey/list-user-passkeys': [look('strong'), look('nobody'), unshown('account.view')],
  'GET /passkey/generate-authenticate-options': [look('nobody')],
  'GET /passkey/generate-register-options': [look('strong'), look('nobody'), unshown('account.passkey-added')],
  'POST /sign-in/email': [
    more('nobody', 'sign-in.password', false),
    { who: 'nobody', what: 'wrong password', lines: [notIn('sign-in.password', 'SIGN_IN_REFUSED', 'own')], body: () => ({ email, password: WRONG }) },
    { who: 'nobody', what: 'unknown name', lines: [notIn('sign-in.password', 'SIGN_IN_REFUSED')], body: () => ({ email: 'x@example.org', password: WRONG }) },
    { who: 'nobody', what: 'right', lines: [['sign-in.password', 'own']], body: () => ({ email, password: PASSWORD }) },
    { who: 'weak', what: 'another name', lines: [notIn('sign-in.password', 'SIGN_IN_REFUSED')], body: () => ({ email: 'x@example.org', password: WRONG }) },
  ],
  'POST /two-factor/verify-totp': [
    { who: 'half', what: 'wrong', lines: [notIn('sign-in.second-factor', 'INVALID_CODE', 'own')], body: wrongCode },
    { who: 'strong', what: 'wrong', lines: [refused('sign-in.second-factor', 'INVALID_REQUEST')], body: wrongCode },
    { who: 'nobody', what: 'no password before', lines: [notIn('sign-in.second-factor', 'INVALID_TWO_FACTOR_COOKIE')], body: wrongCode },
    { who: 'half', what: 'right', lines: [['sign-in.second-factor', 'own']], body: async (world) => ({ code: await nextCode(world.uri) }) },
  ],
  'POST /two-factor/verify-backup-code': [
    { who: 'half', what: 'sends a field more', lines: [notIn('sign-in.backup-code', 'INVALID_REQUEST', 'own')], body: () => ({ code: 'x', trustDevice: true }) },
    { who: 'half', what: 'wrong', lines: [notIn('sign-in.backup-code', 'INVALID_BACKUP_CODE', 'own')], body: () => ({ code: 'no-such' }) },
    { who: 'nobody', what: 'no password before', lines: [notIn('sign-in.backup-code', 'INVALID_TWO_FACTOR_COOKIE')], body: () => ({ code: 'no-such' }) },
  ],
  'POST /passkey/verify-authentication': [
    { who: 'nobody', what: 'made up', lines: [notIn('sign-in.passkey', 'SIGN_IN_REFUSED')], body: () => ({ response: { id: 'x' } }) },
    { who: 'nobody', what: 'not verified', lines: [notIn('sign-in.passkey', 'SIGN_IN_REFUSED', 'own')], ask: ({ ask, passkey: own }) => signInByPasskey(ask, own, false) },
    { who: 'nobody', what: 'right', lines: [['sign-in.passkey', 'own']], ask: ({ ask, passkey: own }) => signInByPasskey(ask, own, true) },
  ],
  'POST /passkey/verify-registration': [
    { who: 'strong', what: 'made up', lines: [refused('account.passkey-added', 'FAILED_TO_VERIFY_REGISTRATION')], body: () => ({ response: {}, name: 'x' }), complaint: 'sign-in: Failed to verify registration' },
    { who: 'strong', what: 'right', lines: [['account.passkey-added', 'own']], ask: ({ ask }) => enrolPasskey(ask) },
    signedOut,
  ],
  'POST /passkey/update-passkey': [
    unshown('account.passkey-renamed', () => ({ id: 'x', name: 'y' })),
    more('strong', 'account.passkey-renamed'),
    { who: 'strong', what: 'right', lines: [['account.passkey-renamed', 'own']], body: (world) => ({ id: world.passkeyId, name: 'y' }) },
    { who: 'weak', what: "somebody else's", lines: [refused('account.passkey-renamed', 'YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY')], body: (world) => ({ id: world.passkeyId, name: 'y' }) },
    signedOut,
  ],
  'POST /passkey/delete-passkey': [
    unshown('account.passkey-removed', () => ({ id: 'x' })),
    more('strong', 'account.passkey-removed'),
    { who: 'weak', what: "somebody else's", lines: [refused('account.passkey-removed', '401')], body: (world) => ({ id: world.passkeyId }) },
    { who: 'strong', what: 'right', lines: [['account.passkey-removed', 'own']], body: (world) => ({ id: world.passkeyId }) },
    signedOut,
  ],
  'POST /two-factor/enable': [
    { who: 'weak', what: 'wrong password', lines: [refused('account.second-factor-begun', 'INVALID_PASSWORD')], body: () => ({ password: WRONG }) },
    { who: 'weak', what: 'right', lines: [['account.second-factor-begun', 'own']], body: () => ({ password: PASSWORD }) },
    factorless('account.second-factor-begun'),
    signedOut,
  ],
  'POST /two-factor/generate-backup-codes': [
    { who: 'strong', what: 'wrong password', lines: [refused('account.backup-codes-made', 'INVALID_PASSWORD')], body: () => ({ password: WRONG }) },
    { who: 'strong', what: 'right', lines: [['account.backup-codes-made', 'own']], body: () => ({ password: PASSWORD }) },
    { who: 'weak', what: 'has no app', lines: [refused('account.backup-codes-made', 'TWO_FACTOR_NOT_ENABLED')], body: () => ({ password: PASSWORD }) },
    signedOut,
  ],
  'POST /two-factor/disable': [
    { who: 'strong', what: 'wrong password', lines: [refused('account.second-factor-removed', 'INVALID_PASSWORD')], body: () => ({ password: WRONG }) },
    factorless('account.second-factor-removed'),
    signedOut,
  ],
  'POST /change-password': [
    { who: 'strong', what: 'sends a field of the library', lines: [refused('account.password-changed', 'INVALID_REQUEST')], body: () => ({ currentPassword: PASSWORD, newPassword: PASSWORD, revokeOtherSessions: false }) },
    { who: 'strong', what: 'sends no JSON', lines: [refused('account.password-changed', 'INVALID_REQUEST')], ask: ({ ask }) => ask('/api/auth/change-password', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{bad' }) },
    { who: 'strong', what: 'sends a form', lines: [refused('account.password-changed', 'INVALID_REQUEST')], ask: ({ ask }) => ask('/api/auth/change-password', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'currentPassword=x&newPassword=y' }) },
    { who: 'strong', what: 'wrong password', lines: [refused('account.password-changed', 'INVALID_PASSWORD')], body: () => ({ currentPassword: WRONG, newPassword: 'een ander wachtwoord' }) },
    { who: 'strong', what: 'too short', lines: [refused('account.password-changed', 'PASSWORD_TOO_SHORT')], body: () => ({ currentPassword: PASSWORD, newPassword: 'kort' }) },
    { who: 'strong', what: 'right', lines: [['account.password-changed', 'own']], body: () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }) },
    signedOut,
  ],
  'POST /revoke-session': [
    unshown('account.session-ended', () => ({ token: 'x' })),
    more('strong', 'account.session-ended'),
    { who: 'strong', what: 'right', lines: [['account.session-ended', 'own']], body: () => ({ token: 'of-nobody' }) },
    signedOut,
  ],
  'POST /revoke-other-sessions': [
    unshown('account.sessions-ended', () => ({})),
    { who: 'strong', what: 'sends no JSON', lines: [refused('account.sessions-ended', 'INVALID_REQUEST')], ask: ({ ask }) => ask('/api/auth/revoke-other-sessions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'garbage' }) },
    { who: 'strong', what: 'right', lines: [['account.sessions-ended', 'own']], body: () => ({}) },
    signedOut,
  ],
  // The last: it ends the session of the others.
  'POST /sign-out': [
    { who: 'nobody', what: 'of nothing', lines: [], body: () => ({}) },
    { who: 'strong', what: 'right', lines: [['sign-out', 'own']], body: () => ({}) },
  ],
}

describe('each path of the library', () => {
  it('has its rows', () => {
    expect(Object.keys(table).toSorted()).toEqual([...authPaths.keys()].toSorted())
  })

  const cases = Object.entries(table).flatMap(([route, rows]) =>
    rows.map((row) => [`${route}: ${row.who} ${row.what}`, route, row] as const),
  )
  it.each(cases)('%s', async (_name, route, row) => {
    const browser = { strong: thea, weak, unshown: keyed }[row.who as string] ?? openBrowser(clinic.ask)
    if (row.who === 'half') await signIn(browser.ask, email)
    const world: World = { ask: browser.ask, uri, passkey, passkeyId }
    const [method = '', path = ''] = route.split(' ')
    const before = await lastLine(clinic.store.db)
    const complained = vi.spyOn(console, 'error').mockReturnValue(undefined)
    if (row.ask === undefined)
      await browser.ask(`/api/auth${path}`, method === 'GET' ? {} : send(method, (await row.body?.(world)) ?? {}))
    else await row.ask(world)
    expect(complained.mock.calls.flatMap(([line]) => readLog(String(line))).map(({ message }) => message)).toEqual(
      row.complaint === undefined ? [] : [row.complaint],
    )
    complained.mockRestore()
    const lines = await linesSince(clinic.store.db, before)
    const told = lines.map(({ action, personId, detail }) => [action, personId, ...[detail['asked'], detail['code']]])
    const own = ids[row.who] ?? ids['strong']
    expect(told).toEqual(
      row.lines.map(([action, whose, asked, code]) => [action, whose === 'own' ? own : null, asked, code]),
    )
    for (const { cameFrom } of lines) expect(cameFrom).toBe('127.0.0.1')
  })
})
