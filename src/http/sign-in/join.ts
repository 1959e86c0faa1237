// Joining by an invitation, the only way to get an account. The first administrator joins with the code that the start
// prints.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { groupRoles } from '../../domain/access.ts'
import { logAccount } from '../../store/people/access.ts'
import { insertGroup, listGroups, setGroupStaff } from '../../store/people/groups.ts'
import {
  deleteFirstInvitations,
  endInvitationsOf,
  findInvitation,
  insertInvitation,
  openInvitation,
  useInvitation,
  type Invitation,
} from '../../store/people/invitations.ts'
import type { Database, Store } from '../../store/database.ts'
import { insertPerson, setRoles } from '../../store/people/people.ts'
import { hasAdministrator } from '../../store/people/relations.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireReadableName } from '../readable-name.ts'
import { body, json } from '../schemas.ts'
import { MIN_PASSWORD, type Auth } from './auth.ts'
import { logIfUnusable, nextToken, signInBy, tokenBody } from './by-link.ts'
import { requireGoodPassword } from './password-rules.ts'
import type { SignInLog } from './sign-in-log.ts'

const invited = z
  .object({
    roles: z.array(z.string()),
    forClient: z.boolean(),
    first: z.boolean().describe('the first administrator of this clinic'),
  })
  .openapi('Invited')

const look = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/invitations/look',
  request: { body: body(tokenBody) },
  responses: { 200: json(invited, 'What the invitation is for') },
})
const open = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/invitations/open',
  request: {
    body: body(tokenBody.extend({ next: nextToken })),
  },
  responses: {
    200: json(invited, 'What the invitation is for. The token of the link, which browsers keep, works no longer'),
  },
})
const join = createRoute({
  ...guarded('public'),
  method: 'post',
  path: '/api/join',
  request: {
    body: body(
      tokenBody.extend({
        name: z.string().trim().min(1).max(80),
        email: z.string().trim().min(3).max(200),
        password: z.string().min(MIN_PASSWORD).max(200),
        alsoTherapist: z.boolean().default(false).describe('of the first administrator: I guide runners myself'),
      }),
    ),
  },
  responses: { 200: json(z.object({ personId: z.string() }), 'The new account, signed in') },
})

/** Once, until somebody used it: a code for the first administrator. @returns null where there is one */
export async function inviteFirstAdministrator(
  store: Store,
  newId: () => string,
  nowMs: number,
): Promise<string | null> {
  return store.atomically(async (db) => {
    if (await hasAdministrator(db)) return null
    await deleteFirstInvitations(db)
    const first = { id: newId(), roles: ['administrator'] as const, groupIds: [], clientId: null, invitedBy: null }
    return (await insertInvitation(db, first, nowMs)).token
  })
}

export function joinRoutes(context: AppContext, authFor: (c: Context) => Auth, log: SignInLog) {
  const { store, nowMs, newId, addressOf } = context
  const requireInvitation = async (db: Database, token: string): Promise<Invitation> => {
    const invitation = await findInvitation(db, token, nowMs())
    if (invitation === null) throw new ProblemError('INVITATION_GONE')
    return invitation
  }
  const logged = logIfUnusable(log)
  return newRouter()
    .openapi(look, async (c) => {
      const found = await logged(c, 'invitation.look', () => requireInvitation(store.db, c.req.valid('json').token))
      return c.json(toInvited(found), 200)
    })
    .openapi(open, async (c) => {
      const { token, next } = c.req.valid('json')
      const work = async (db: Database) => {
        const done = await openInvitation(db, token, next, nowMs())
        if (done?.isNew) {
          const { id: invitationId, invitedBy, clientId } = done.invitation
          const nobody = { personId: null, cameFrom: addressOf(c), nowMs: nowMs() }
          await logAccount(db, nobody, 'account.link-opened', { invitationId, invitedBy }, clientId)
        }
        if (done === null) throw new ProblemError('INVITATION_GONE')
        return done
      }
      const opened = await logged(c, 'account.link-opened', () => store.atomically(work))
      return c.json(toInvited(opened.invitation), 200)
    })
    .openapi(join, async (c) => {
      const { token, name, email, password, alsoTherapist } = c.req.valid('json')
      await logged(c, 'account.joined', () => requireInvitation(store.db, token))
      requireReadableName(name)
      // As the library looks at it when they sign in.
      if (!z.email().safeParse(email).success) throw new ProblemError('EMAIL_REFUSED')
      requireGoodPassword(password, { name, email })
      const auth = authFor(c)
      const { password: hashing } = await auth.$context
      const account = { id: newId(), name, email: email.toLowerCase(), passwordHash: await hashing.hash(password) }
      // All of it or nothing: of two at once one joins, and where the account cannot be the invitation stays open.
      const make = async (db: Database) => {
        const invitation = await requireInvitation(db, token)
        if (!(await useInvitation(db, invitation.id, nowMs()))) throw new ProblemError('INVITATION_GONE')
        if (!(await insertPerson(db, account, nowMs()))) throw new ProblemError('ACCOUNT_REFUSED')
        await grant(db, account.id, invitation, alsoTherapist)
        const { id: invitationId, invitedBy, roles, groupIds, clientId } = invitation
        const who = { personId: account.id, cameFrom: addressOf(c), nowMs: nowMs() }
        await logAccount(db, who, 'account.joined', { invitationId, invitedBy, roles, groupIds }, clientId)
      }
      await logged(c, 'account.joined', () => store.atomically(make))
      await signInBy(context, c, auth, account, password)
      return c.json({ personId: account.id }, 200)
    })

  async function grant(db: Database, personId: string, invitation: Invitation, alsoTherapist: boolean): Promise<void> {
    const first = invitation.invitedBy === null
    const guides = first && alsoTherapist
    await setRoles(db, personId, guides ? ['administrator', 'supervisor', 'therapist'] : invitation.roles, nowMs())
    if (guides) {
      const groupId = newId()
      await insertGroup(db, groupId, 'Groep 1', nowMs())
      const places = groupRoles.map((role) => ({ personId, role }))
      await setGroupStaff(db, groupId, places, nowMs())
    }
    for (const group of await listGroups(db, null)) {
      if (!invitation.groupIds.includes(group.id)) continue
      const added = groupRoles.filter((role) => invitation.roles.includes(role))
      await setGroupStaff(db, group.id, [...group.staff, ...added.map((role) => ({ personId, role }))], nowMs())
    }
    if (invitation.clientId === null) return
    const own = await db
      .updateTable('client')
      .set({ person_id: personId })
      .where('id', '=', invitation.clientId)
      .where('person_id', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (own === undefined) throw new ProblemError('INVITATION_GONE')
    await endInvitationsOf(db, invitation.clientId, 'account_made', nowMs())
  }
}

const toInvited = ({ roles, clientId, invitedBy }: Invitation) => ({
  roles: [...roles],
  forClient: clientId !== null,
  first: invitedBy === null,
})
