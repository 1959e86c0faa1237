// Showing once more who somebody is, within their session: what a change of a factor asks for. By password, and by a code of the
// app where there is one; who has a passkey alone signs in by it anew.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findPasswordHash } from '../../store/people.ts'
import { markProved } from '../../store/sessions.ts'
import { freeCode, useCode } from '../../store/used-codes.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body } from '../schemas.ts'
import type { Auth } from './auth.ts'
import { beginAttempt, forgetAttempts } from './lock-out.ts'
import { findSession, requireOwnFactor, type Session } from './session.ts'
import type { SignInLog } from './sign-in-log.ts'

const prove = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/me/proof',
  request: {
    body: body(
      z.strictObject({
        password: z.string().max(200),
        code: z
          .string()
          .regex(/^\d{6}$/)
          .optional()
          .describe('of the app, where there is one'),
      }),
    ),
  },
  responses: { 204: { description: 'It is you: ways to sign in may be changed for ten minutes' } },
})

export function proofRoutes(
  { store, nowMs, addressOf, secret }: AppContext,
  authFor: (c: Context) => Auth,
  log: SignInLog,
) {
  return newRouter().openapi(prove, async (c) => {
    const session = await findSession(store.db, authFor(c), c.req.raw.headers, nowMs())
    if (session === null) throw new ProblemError('SIGNED_OUT')
    requireOwnFactor(session)
    const { person } = session
    // Counted where sign-ins are: a stolen session guesses no further than anybody.
    // Within a session the person is known: it counts as a try from where they are.
    const attempt = { name: person.email, cameFrom: addressOf(c), browser: null }
    const mayTry = await store.atomically((db) => beginAttempt(db, secret, attempt, nowMs()))
    const { password, code } = c.req.valid('json')
    const isProved = mayTry && (await proves(authFor(c), session, password, code, c.req.raw.headers))
    if (!isProved) {
      await log.refused(c, person.id, 'sign-in.again', mayTry ? 'SIGN_IN_REFUSED' : 'LOCKED')
      throw new ProblemError('SIGN_IN_REFUSED')
    }
    await store.atomically(async (db) => {
      await forgetAttempts(db, secret, attempt)
      await markProved(db, session.id, nowMs())
    })
    await log.done(c, 'sign-in.again', person.id)
    return c.body(null, 204)
  })

  async function proves(
    auth: Auth,
    { person }: Session,
    password: string,
    code: string | undefined,
    headers: Headers,
  ): Promise<boolean> {
    // Who has a passkey and no app has no second factor that could be shown here.
    if (person.passkeys > 0 && !person.hasTotp) return false
    const { password: hashing } = await auth.$context
    const hash = await findPasswordHash(store.db, person.id)
    if (hash === null || !(await hashing.verify({ hash, password }))) return false
    if (!person.hasTotp) return true
    if (code === undefined || !(await useCode(store.db, person.id, code, nowMs()))) return false
    const isRight = await auth.api.verifyTOTP({ body: { code }, headers }).then(
      () => true,
      () => false,
    )
    if (!isRight) await freeCode(store.db, person.id, code)
    return isRight
  }
}
