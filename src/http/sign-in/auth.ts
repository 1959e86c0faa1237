// Sign-in by better-auth over the clinic's own database: password with TOTP, passkeys, sessions, rate limits. Only
// invitations create accounts (join.ts). auth-paths.ts lists the open paths of the library.
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { logEvent } from '../../live/server-log.ts'
import type { Database } from '../../store/database.ts'
import { makeBackupCodes } from './make-backup-codes.ts'
import { codeOwner } from './code-owner-plugin.ts'

/** Our own word for the caller's address, set by `signInRoutes` and stripped from what comes in. */
export const ADDRESS_HEADER = 'x-calmpace-address'
export const MIN_PASSWORD = 12

/** `__Host-`: bound to this very host, sent over https only, for every path. */
export const cookiePrefix = (secure: boolean): string => (secure ? '__Host-calmpace' : 'calmpace')

/** @param nowMs the clock that sessions are held against
 *  @param origin the public address, e.g. `https://calm.example`: cookies and passkeys belong to it alone */
export function makeAuth(db: Database, secret: string, origin: string, nowMs: () => number) {
  const { protocol, hostname } = new URL(origin)
  const secure = protocol === 'https:'
  return betterAuth({
    appName: 'calmpace',
    database: { db, type: 'sqlite' },
    secret,
    baseURL: origin,
    basePath: '/api/auth',
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    // The beginning of the message alone: behind it the library quotes what was asked, which may name a person.
    // Errors go to our own one place (`renderError`).
    logger: {
      level: 'error',
      log: (_level, message) => logEvent('sign_in.library', `sign-in: ${/^[^:@]{0,200}/.exec(message)?.[0]}`),
    },
    onAPIError: { throw: true },
    user: { modelName: 'person' },
    session: {
      expiresIn: 12 * 3600,
      // It ends when it ends (store/sessions.ts): nothing makes it longer.
      disableSessionRefresh: true,
      additionalFields: {
        method: { type: 'string', required: false, input: false, returned: true },
        beganAtMs: { type: 'number', required: false, input: false, returned: true },
        seenAtMs: { type: 'number', required: false, input: false, returned: true },
        provedAtMs: { type: 'number', required: false, input: false, returned: true },
      },
    },
    emailAndPassword: { enabled: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: 200 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        // Public paths have stricter limits in pace.ts, before a name is looked at. So these limits are never reached.
        '/sign-in/email': { window: 60, max: 120 },
        '/two-factor/verify-totp': { window: 60, max: 120 },
        '/two-factor/verify-backup-code': { window: 60, max: 120 },
      },
    },
    advanced: {
      cookiePrefix: cookiePrefix(secure),
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // How the session came about decides whether it had a second factor. One that takes the place of another goes on from when
    // that one began, and from when somebody showed who they are.
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: {
              ...session,
              method: context?.path ?? null,
              beganAtMs: numberOf(session['beganAtMs']) ?? nowMs(),
              seenAtMs: nowMs(),
              provedAtMs: numberOf(session['provedAtMs']) ?? nowMs(),
            },
          }),
        },
      },
    },
    plugins: [
      codeOwner,
      // No browser may skip the second factor, even if a request asks for it.
      twoFactor({
        issuer: 'calmpace',
        trustDeviceMaxAge: 0,
        backupCodeOptions: { customBackupCodesGenerate: makeBackupCodes },
      }),
      passkey({
        rpID: hostname,
        rpName: 'calmpace',
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    ],
  })
}
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export type Auth = ReturnType<typeof makeAuth>

/** Ways into a session that had two factors; a passkey was held and its holder verified. */
export const strongMethods: readonly string[] = [
  '/passkey/verify-authentication',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
]
export const isStrong = (method: string | null | undefined): boolean => strongMethods.includes(method ?? '')
