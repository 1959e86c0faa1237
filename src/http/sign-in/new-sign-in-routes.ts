// Routes to make a link for a person who lost password and second factor. Only an administrator makes it, and gives it
// to a person they know.
import { createRoute, z } from '@hono/zod-openapi'
import { logClinic } from '../../store/people/access.ts'
import { findNames, findPerson } from '../../store/people/people.ts'
import { endReset, findOpenReset, insertReset } from '../../store/sign-in/resets.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, requireTwoFactors } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { epochMs, json } from '../schemas.ts'
import { requireFresh } from './session.ts'

const reset = z
  .object({
    id: z.string(),
    token: z.string().describe('told once, kept nowhere: the link is /reset#TOKEN'),
    expiresAtMs: epochMs,
  })
  .openapi('Reset')
const openReset = z.object({
  open: z
    .object({
      id: z.string(),
      madeBy: z.string().nullable().describe("null where it was made on the clinic's own machine"),
      madeByName: z.string().nullable(),
      madeAtMs: epochMs,
      openedAtMs: epochMs.nullable().describe('when a page read it: it works on that page alone since, for an hour'),
      expiresAtMs: epochMs,
    })
    .nullable(),
})
const params = z.object({ personId: z.string() })

const make = createRoute({
  ...guarded('people.manage'),
  method: 'post',
  path: '/api/people/{personId}/resets',
  request: { params },
  responses: { 201: json(reset, 'A link that works once, for a day; one of before that nobody used ends') },
})
const show = createRoute({
  ...guarded('people.view'),
  method: 'get',
  path: '/api/people/{personId}/resets',
  request: { params },
  responses: { 200: json(openReset, 'The link that could still be used') },
})
const takeBack = createRoute({
  ...guarded('people.manage'),
  method: 'delete',
  path: '/api/people/{personId}/resets/{resetId}',
  request: { params: params.extend({ resetId: z.string() }) },
  responses: { 204: { description: 'It works no longer' } },
})

export function newSignInRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(make, async (c) => {
      const access = requireTwoFactors(requireInClinic(c, make))
      requireFresh(c.var, nowMs())
      const { personId } = c.req.valid('param')
      // Otherwise anybody at an administrator's open page could take the account.
      if (personId === access.personId) throw new ProblemError('RESET_OF_ONESELF')
      const made = await store.atomically(async (db) => {
        if ((await findPerson(db, personId)) === null) throw new ProblemError('NOT_FOUND')
        const id = newId()
        const link = await insertReset(db, { id, personId, madeBy: access.personId }, nowMs())
        await logClinic(db, access, 'people.manage', { personId, resetId: id })
        return { id, ...link }
      })
      return c.json(made, 201)
    })
    .openapi(show, async (c) => {
      const access = requireInClinic(c, show)
      const { personId } = c.req.valid('param')
      const open = await store.atomically(async (db) => {
        if ((await findPerson(db, personId)) === null) throw new ProblemError('NOT_FOUND')
        await logClinic(db, access, 'people.view', { personId, resets: true })
        return findOpenReset(db, personId, nowMs())
      })
      if (open === null) return c.json({ open }, 200)
      const { id, madeBy, madeAtMs, openedAtMs, expiresAtMs } = open
      const names = await findNames(store.db, madeBy === null ? [] : [madeBy])
      const madeByName = madeBy === null ? null : (names.get(madeBy) ?? null)
      return c.json({ open: { id, madeBy, madeByName, madeAtMs, openedAtMs, expiresAtMs } }, 200)
    })
    .openapi(takeBack, async (c) => {
      const access = requireInClinic(c, takeBack)
      const { personId, resetId } = c.req.valid('param')
      await store.atomically(async (db) => {
        if (!(await endReset(db, resetId, personId, nowMs()))) throw new ProblemError('NOT_FOUND')
        await logClinic(db, access, 'people.manage', { personId, resetId, takenBack: true })
      })
      return c.body(null, 204)
    })
}
