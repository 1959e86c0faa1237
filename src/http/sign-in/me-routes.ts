// The signed-in person. The page asks this first.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { roles } from '../../domain/access.ts'
import { findNames } from '../../store/people/people.ts'
import { listUntoldResets } from '../../store/sign-in/resets.ts'
import { hasUnkept } from '../../store/sign-in/unkept-codes.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { epochMs, json } from '../schemas.ts'
import type { Auth } from './auth.ts'
import { listBackupCodes } from './backup-codes.ts'
import { findSession } from './session.ts'

const me = z
  .object({
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.enum(roles)),
    clientId: z.string().nullable().describe('my own record as a client'),
    hasTotp: z.boolean(),
    passkeys: z.number().int(),
    backupCodes: z
      .object({ left: z.number().int(), unkept: z.boolean().describe('nobody said yet that they keep them') })
      .nullable()
      .describe('null where there is no app, or I did not show it'),
    resets: z
      .array(
        z.object({
          id: z.string(),
          madeByName: z.string().nullable().describe('null where the account is gone'),
          onMachine: z.boolean().describe("made by whoever keeps the clinic's machine"),
          madeAtMs: epochMs,
          usedAtMs: epochMs.nullable().describe('null where somebody could still use it'),
          expiresAtMs: epochMs,
        }),
      )
      .describe('links to my account that I have not answered for yet, oldest first'),
    strong: z.boolean().describe('signed in with two factors'),
    freshUntilMs: z
      .number()
      .int()
      .describe('until when ways to sign in may be changed without showing once more who I am'),
    graceUntilMs: z.number().int().nullable().describe('staff without a second factor may go on until then'),
  })
  .openapi('Me')

const show = createRoute({
  ...guarded('public'),
  method: 'get',
  path: '/api/me',
  responses: { 200: json(me, 'Whoever is signed in; 401 where nobody is') },
})

export function meRoutes(context: AppContext, authFor: (c: Context) => Auth) {
  const { store, nowMs } = context
  return newRouter().openapi(show, async (c) => {
    const session = await findSession(context, authFor(c), c.req.raw.headers)
    if (session === null) throw new ProblemError('SIGNED_OUT')
    const { person, strong, graceUntilMs, freshUntilMs } = session
    const { id, name, email, clientId, hasTotp, passkeys } = person
    const roles = [...person.roles]
    const backupCodes = hasTotp && strong ? await countCodes(authFor(c), id) : null
    return c.json(
      {
        personId: id,
        name,
        email,
        roles,
        clientId,
        hasTotp,
        passkeys,
        backupCodes,
        resets: await tellResets(id),
        strong,
        freshUntilMs,
        graceUntilMs,
      },
      200,
    )
  })

  async function tellResets(personId: string) {
    const resets = await listUntoldResets(store.db, personId, nowMs())
    const names = await findNames(
      store.db,
      resets.flatMap(({ madeBy }) => madeBy ?? []),
    )
    return resets.map(({ id, madeBy, madeAtMs, usedAtMs, expiresAtMs }) => ({
      id,
      madeByName: madeBy === null ? null : (names.get(madeBy) ?? null),
      onMachine: madeBy === null,
      madeAtMs,
      usedAtMs,
      expiresAtMs,
    }))
  }

  async function countCodes(auth: Auth, personId: string) {
    const left = (await listBackupCodes(auth, store.db, personId)).length
    return { left, unkept: await hasUnkept(store.db, personId, nowMs()) }
  }
}
