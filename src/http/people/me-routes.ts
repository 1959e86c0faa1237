// Who I am here: what the page asks first.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { roles } from '../../domain/access.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { json } from '../schemas.ts'
import type { Auth } from '../sign-in/auth.ts'
import { findSession } from '../sign-in/session.ts'

const me = z
  .object({
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.enum(roles)),
    clientId: z.string().nullable().describe('my own record as a client'),
    hasTotp: z.boolean(),
    passkeys: z.number().int(),
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

export function meRoutes({ store, nowMs }: AppContext, authFor: (c: Context) => Auth) {
  return newRouter().openapi(show, async (c) => {
    const session = await findSession(store.db, authFor(c), c.req.raw.headers, nowMs())
    if (session === null) throw new ProblemError('SIGNED_OUT')
    const { person, strong, graceUntilMs, freshUntilMs } = session
    const { id, name, email, clientId, hasTotp, passkeys } = person
    const roles = [...person.roles]
    return c.json(
      { personId: id, name, email, roles, clientId, hasTotp, passkeys, strong, freshUntilMs, graceUntilMs },
      200,
    )
  })
}
