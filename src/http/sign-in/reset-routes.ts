// Routes of a new way in by an administrator's link: open it, choose a password, and tell the owner of the account that
// such a link exists or was used.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { logAccount } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { findPerson, type Person } from '../../store/people/people.ts'
import { endReset, findReset, markKnown, openReset, useReset, type Reset } from '../../store/sign-in/resets.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, epochMs, json } from '../schemas.ts'
import { MIN_PASSWORD, type Auth } from './auth.ts'
import { logIfUnusable, nextToken, signInBy, tokenBody } from './by-link.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { SignInLog } from './sign-in-log.ts'

const shown = z
  .object({
    name: z.string().describe('of whoever the account is'),
    email: z.string().describe('by which they sign in'),
    expiresAtMs: epochMs,
  })
  .openapi('OpenedReset')

const look = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/resets/look',
  request: { body: body(tokenBody) },
  responses: { 200: json(shown, 'Whose new way in this is') },
})
const open = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/resets/open',
  request: { body: body(tokenBody.extend({ next: nextToken })) },
  responses: { 200: json(shown, 'Whose it is. The token of the link, which browsers keep, works no longer') },
})
const use = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/resets/use',
  request: { body: body(tokenBody.extend({ password: z.string().min(MIN_PASSWORD).max(200) })) },
  responses: {
    200: json(
      z.object({ personId: z.string() }),
      'Signed in by the new password. Everything that opened the account before is gone: sessions, app and backup codes, passkeys',
    ),
  },
})
const params = z.object({ resetId: z.string() })
const know = createRoute({
  ...guarded('signed-in'),
  method: 'post',
  path: '/api/me/resets/{resetId}/known',
  request: { params },
  responses: { 204: { description: 'I know that my sign-in was made new; it is not told again' } },
})
const stop = createRoute({
  ...guarded('signed-in'),
  method: 'delete',
  path: '/api/me/resets/{resetId}',
  request: { params },
  responses: { 204: { description: 'The link to my account works no longer' } },
})

export function resetRoutes(context: AppContext, authFor: (c: Context) => Auth, log: SignInLog) {
  const { store, nowMs, addressOf } = context
  const requireOwner = async (db: Database, found: Reset | null): Promise<Person> => {
    const person = found && (await findPerson(db, found.personId))
    if (person === null) throw new ProblemError('RESET_GONE')
    return person
  }
  const logged = logIfUnusable(log)
  const write = (
    db: Database,
    c: Context,
    action: string,
    personId: string | null,
    { id, madeBy, personId: of }: Reset,
  ) => logAccount(db, { personId, cameFrom: addressOf(c), nowMs: nowMs() }, action, { resetId: id, madeBy, of })
  return newRouter()
    .openapi(look, async (c) => {
      const work = async () => {
        const found = await findReset(store.db, c.req.valid('json').token, nowMs())
        return toShown(await requireOwner(store.db, found), found)
      }
      return c.json(await logged(c, 'reset.look', work), 200)
    })
    .openapi(open, async (c) => {
      const { token, next } = c.req.valid('json')
      const work = async (db: Database) => {
        const opened = await openReset(db, token, next, nowMs())
        const person = await requireOwner(db, opened?.reset ?? null)
        if (opened?.isNew === true) await write(db, c, 'account.reset-opened', null, opened.reset)
        return toShown(person, opened?.reset ?? null)
      }
      return c.json(await logged(c, 'account.reset-opened', () => store.atomically(work)), 200)
    })
    .openapi(use, async (c) => {
      const { token, password } = c.req.valid('json')
      const auth = authFor(c)
      const { password: hashing } = await auth.$context
      const find = (db: Database) => findReset(db, token, nowMs())
      const person = await logged(c, 'account.reset', async () => requireOwner(store.db, await find(store.db)))
      requireGoodPassword(password, person)
      const passwordHash = await hashing.hash(password)
      // Of two at once one comes in.
      const change = async (db: Database) => {
        const found = await find(db)
        if (found === null || found.personId !== person.id) throw new ProblemError('RESET_GONE')
        await useReset(db, found, passwordHash, nowMs())
        await write(db, c, 'account.reset', person.id, found)
      }
      await logged(c, 'account.reset', () => store.atomically(change))
      await signInBy(context, c, auth, person, password)
      return c.json({ personId: person.id }, 200)
    })
    .openapi(know, async (c) => {
      const { personId } = c.var.access
      const { resetId } = c.req.valid('param')
      await store.atomically(async (db) => {
        if (!(await markKnown(db, resetId, personId, nowMs()))) throw new ProblemError('NOT_FOUND')
        await logAccount(db, c.var.access, 'account.reset-known', { resetId })
      })
      return c.body(null, 204)
    })
    .openapi(stop, async (c) => {
      const { personId } = c.var.access
      const { resetId } = c.req.valid('param')
      await store.atomically(async (db) => {
        if (!(await endReset(db, resetId, personId, nowMs()))) throw new ProblemError('NOT_FOUND')
        await logAccount(db, c.var.access, 'account.reset-stopped', { resetId })
      })
      return c.body(null, 204)
    })
}

const toShown = ({ name, email }: Person, reset: Reset | null) => ({
  name,
  email,
  expiresAtMs: reset?.expiresAtMs ?? 0,
})
