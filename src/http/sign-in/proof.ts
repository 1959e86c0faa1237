// Proves again, inside a session, who the person is; a change of a factor needs this. The proof is the password, plus a
// code of the app if there is one, or a backup code if the phone with the app is gone. A person with only a passkey
// signs in with it again.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { findPasswordHash } from '../../store/people/people.ts'
import { markProved } from '../../store/sign-in/sessions.ts'
import { freeCode, useCode } from '../../store/sign-in/used-codes.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, type GuardEnv } from '../guard.ts'
import { findCode, ProblemError, type ProblemCode } from '../problem.ts'
import { body } from '../schemas.ts'
import type { Auth } from './auth.ts'
import { readBackupCode } from './backup-codes.ts'
import { beginAttempt, forgetAttempts } from './lock-out.ts'
import { findSession, usedOwnFactor, type SignInSession } from './session.ts'
import type { SignInLog } from './sign-in-log.ts'

const prove = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/me/proof',
  request: {
    body: body(
      z
        .strictObject({
          password: z.string().max(200),
          code: z
            .string()
            .regex(/^\d{6}$/)
            .optional()
            .describe('of the app, where there is one'),
          backupCode: z.string().max(100).optional().describe('in its place: the app may be on a phone that is gone'),
        })
        .refine(({ code, backupCode }) => code === undefined || backupCode === undefined, 'one of the two'),
    ),
  },
  responses: { 204: { description: 'It is you: ways to sign in may be changed for ten minutes' } },
})

const notLookedAt: readonly ProblemCode[] = ['INVALID_REQUEST', 'UNSUPPORTED_MEDIA_TYPE', 'SECOND_FACTOR_REQUIRED']

/** The line of a proof that was not looked at: not understood, or of somebody who has not shown the second factor. What was looked
 *  at and was wrong has its own. */
export const logRefusedProof =
  (context: AppContext, authFor: (c: Context) => Auth, log: Pick<SignInLog, 'refused'>): MiddlewareHandler<GuardEnv> =>
  async (c, next) => {
    const { headers } = c.req.raw
    let thrown: unknown = null
    try {
      await next()
    } catch (error) {
      thrown = error
    }
    const code = findCode(thrown ?? c.error)
    if (code !== null && notLookedAt.includes(code)) {
      const session = await findSession(context, authFor(c), headers)
      if (session !== null) await log.refused(c, session.person.id, 'sign-in.again', code)
    }
    if (thrown !== null) throw thrown
  }

export function proofRoutes(context: AppContext, authFor: (c: Context) => Auth, log: SignInLog) {
  const { store, nowMs, addressOf, secret } = context
  return newRouter().openapi(prove, async (c) => {
    const session = await findSession(context, authFor(c), c.req.raw.headers)
    if (session === null) throw new ProblemError('SIGNED_OUT')
    if (!usedOwnFactor(session)) throw new ProblemError('SECOND_FACTOR_REQUIRED')
    const { person } = session
    // Counted where sign-ins are: a stolen session guesses no further than anybody.
    // Within a session the person is known: it counts as a try from where they are.
    const attempt = { name: person.email, cameFrom: addressOf(c), browser: null }
    const mayTry = await store.atomically((db) => beginAttempt(db, secret, attempt, nowMs()))
    const given = c.req.valid('json')
    const isProved = mayTry && (await proves(authFor(c), session, given, c.req.raw.headers))
    if (!isProved) {
      await log.refused(c, person.id, 'sign-in.again', mayTry ? 'SIGN_IN_REFUSED' : 'LOCKED')
      throw new ProblemError('SIGN_IN_REFUSED')
    }
    await store.atomically(async (db) => {
      await forgetAttempts(db, secret, attempt)
      await markProved(db, session.id, nowMs())
    })
    // Its owner has one less of them now, and reads in the log when that was.
    if (person.hasTotp && given.backupCode !== undefined) await log.done(c, 'sign-in.backup-code', person.id)
    await log.done(c, 'sign-in.again', person.id)
    return c.body(null, 204)
  })

  async function proves(
    auth: Auth,
    { person }: SignInSession,
    { password, code, backupCode }: Given,
    headers: Headers,
  ): Promise<boolean> {
    // A person with a passkey and no app has no second factor to show here.
    if (person.passkeys > 0 && !person.hasTotp) return false
    const { password: hashing } = await auth.$context
    const hash = await findPasswordHash(store.db, person.id)
    if (hash === null || !(await hashing.verify({ hash, password }))) return false
    if (!person.hasTotp) return true
    // The library takes it off the list in the same step, so that of two at one moment one wins.
    if (backupCode !== undefined) {
      const meant = await readBackupCode(auth, store.db, person.id, backupCode)
      return isTaken(auth.api.verifyBackupCode({ body: { code: meant, disableSession: true }, headers }))
    }
    if (code === undefined || !(await useCode(store.db, person.id, code, nowMs()))) return false
    const isRight = await isTaken(auth.api.verifyTOTP({ body: { code }, headers }))
    if (!isRight) await freeCode(store.db, person.id, code)
    return isRight
  }
}

interface Given {
  readonly password: string
  readonly code?: string | undefined
  readonly backupCode?: string | undefined
}

const isTaken = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  )
