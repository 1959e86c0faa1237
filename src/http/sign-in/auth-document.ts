// Describes the open paths of better-auth (auth-paths.ts) for the OpenAPI document. The library answers these paths, so
// this file says which parts of its answers callers may rely on.
import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { guarded, type GuardEnv } from '../guard.ts'
import { json } from '../schemas.ts'
import { authPaths } from './auth-paths.ts'

const when = z.string().describe('ISO 8601, UTC')
const account = z.looseObject({ id: z.string(), name: z.string(), email: z.string() }).openapi('Account')
const session = z
  .looseObject({
    id: z.string(),
    token: z.string().describe('what `endSession` takes'),
    userId: z.string(),
    createdAt: when,
    expiresAt: when,
    ipAddress: z.string().nullish(),
    userAgent: z.string().nullish(),
  })
  .openapi('Session')
const passkey = z
  .looseObject({ id: z.string(), name: z.string().nullish(), createdAt: when.nullish() })
  .openapi('Passkey')
const done = z.looseObject({ status: z.boolean() }).openapi('Done')
const signedIn = z.looseObject({ token: z.string(), user: account }).openapi('SignedIn')
const codes = z.array(z.string()).describe('shown until somebody says that they keep them')
const options = z.looseObject({ challenge: z.string() }).describe('WebAuthn Level 3, as a browser takes it')

/** By method and path under `/api/auth`: what comes back where it went well. */
const answers: Readonly<Record<string, ReturnType<typeof json>>> = {
  'GET /get-session': json(z.looseObject({ session, user: account }).nullable(), 'Null where nobody is signed in'),
  'GET /list-sessions': json(z.array(session), 'All that are not over'),
  'GET /passkey/list-user-passkeys': json(z.array(passkey), 'Oldest first'),
  'GET /passkey/generate-authenticate-options': json(options, 'Ask the browser with it'),
  'GET /passkey/generate-register-options': json(options, 'Ask the browser with it'),
  'POST /sign-in/email': json(
    z.union([signedIn, z.looseObject({ twoFactorRedirect: z.literal(true) })]),
    'Signed in, or half: then a second factor is asked for',
  ),
  'POST /two-factor/verify-totp': json(signedIn, 'Signed in'),
  'POST /two-factor/verify-backup-code': json(signedIn, 'Signed in; this code works no longer'),
  'POST /passkey/verify-authentication': json(z.looseObject({ session, user: account }), 'Signed in'),
  'POST /passkey/verify-registration': json(passkey, 'The passkey; other sessions than this are over'),
  'POST /passkey/update-passkey': json(z.looseObject({ passkey }), 'The passkey under its new name'),
  'POST /passkey/delete-passkey': json(done, 'It works no longer; other sessions than this are over'),
  'POST /two-factor/enable': json(
    z.looseObject({ totpURI: z.string(), backupCodes: codes }),
    'What the app needs; nothing counts before its first code',
  ),
  'POST /two-factor/generate-backup-codes': json(z.looseObject({ backupCodes: codes }), 'The new ones'),
  'POST /two-factor/disable': json(done, 'There is no app any more; other sessions than this are over'),
  'POST /change-password': json(
    z.looseObject({ token: z.string().nullable(), user: account }),
    'It holds from now on; other sessions than this are over',
  ),
  'POST /sign-out': json(z.looseObject({ success: z.boolean() }), 'Signed out, if anybody was signed in'),
  'POST /revoke-session': json(done, 'It is over'),
  'POST /revoke-other-sessions': json(done, 'They are over'),
}

/** For the document alone: `signInRoutes` answers. */
export function describeAuthPaths({ openAPIRegistry }: Pick<OpenAPIHono<GuardEnv>, 'openAPIRegistry'>): void {
  for (const [route, { fields, isPublic }] of authPaths) {
    const [method = '', path = ''] = route.split(' ')
    const answer = answers[route]
    if (answer === undefined) throw new Error(`no answer described: ${route}`)
    openAPIRegistry.registerPath({
      ...guarded(isPublic ? 'public' : 'signed-in'),
      method: method === 'GET' ? 'get' : 'post',
      path: `/api/auth${path}`,
      responses: { 200: answer },
      ...(Object.keys(fields.shape).length === 0
        ? {}
        : { request: { body: { required: true, content: { 'application/json': { schema: fields } } } } }),
    })
  }
}
