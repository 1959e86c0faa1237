// Requests about people, groups, invitations, the log and emergency access.
import type { InferResponseType } from 'hono/client'
import { client, done, quietly, read } from './request.ts'

const { people, groups, invitations, audit, resets } = client.api
const ownResets = client.api.me.resets[':resetId']
const glass = client.api['break-glass']
const oneClient = client.api.clients[':clientId']

export type Me = InferResponseType<typeof client.api.me.$get, 200>
export type Role = Me['roles'][number]
export type StaffRole = Exclude<Role, 'client'>
export type Person = InferResponseType<typeof people.$get, 200>['items'][number]
export type Group = InferResponseType<typeof groups.$get, 200>['items'][number]
export type GroupStaff = Group['staff'][number]
export type Invited = InferResponseType<typeof invitations.look.$post, 200>
export type Invitation = InferResponseType<typeof invitations.$post, 201>
export type ListedInvitation = InferResponseType<typeof invitations.$get, 200>['items'][number]
export type Reset = InferResponseType<(typeof people)[':personId']['resets']['$post'], 201>
export type LogPage = InferResponseType<typeof audit.$get, 200>
export type LogLine = LogPage['items'][number]

/** A network that takes longer is none: the page opens with what this browser kept. */
const PATIENCE_MS = 8000
const patience = () => ({ init: { signal: AbortSignal.timeout(PATIENCE_MS) } })
export const findMe = () => read(client.api.me.$get({}, patience()))
/** Checks whether the same person is still signed in; a quiet request. */
export const findMeQuietly = () => read(client.api.me.$get({}, { ...patience(), ...quietly }))
/** The key for drafts on this browser. */
export const findDraftKey = () => read(client.api.me.drafts.$get({}, { ...patience(), ...quietly }))
export const findInvited = (token: string) => read(invitations.look.$post({ json: { token } }))
export const openInvited = (token: string, next: string) => read(invitations.open.$post({ json: { token, next } }))
export const join = (json: Parameters<typeof client.api.join.$post>[0]['json']) => read(client.api.join.$post({ json }))

export const findReset = (token: string) => read(resets.look.$post({ json: { token } }))
/** @param next the secret that works from now on, in the link's place */
export const openReset = (token: string, next: string) => read(resets.open.$post({ json: { token, next } }))
export const useReset = (token: string, password: string) => done(resets.use.$post({ json: { token, password } }))
export const knowReset = (resetId: string) => done(ownResets.known.$post({ param: { resetId } }))
export const stopReset = (resetId: string) => done(ownResets.$delete({ param: { resetId } }))

export const listPeople = () => read(people.$get())
export const changeRoles = (personId: string, roles: StaffRole[]) =>
  read(people[':personId'].roles.$put({ param: { personId }, json: { roles } }))
export const endSessionsOf = (personId: string) => done(people[':personId'].sessions.$delete({ param: { personId } }))
export const listPasskeysOf = (personId: string) => read(people[':personId'].passkeys.$get({ param: { personId } }))
export const removePasskeyOf = (personId: string, passkeyId: string) =>
  done(people[':personId'].passkeys[':passkeyId'].$delete({ param: { personId, passkeyId } }))
export const makeReset = (personId: string) => read(people[':personId'].resets.$post({ param: { personId } }))
export const findOpenReset = (personId: string) => read(people[':personId'].resets.$get({ param: { personId } }))
export const takeBackReset = (personId: string, resetId: string) =>
  done(people[':personId'].resets[':resetId'].$delete({ param: { personId, resetId } }))
export const removePerson = (personId: string) => done(people[':personId'].$delete({ param: { personId } }))
/** @param name to tell the link apart; '' is nothing */
export const inviteStaff = (roles: StaffRole[], groupIds: string[], name: string) =>
  read(invitations.$post({ json: { roles, groupIds, name } }))
export const listStaffInvitations = () => read(invitations.$get())
export const takeBackStaffInvitation = (invitationId: string) =>
  done(invitations[':invitationId'].$delete({ param: { invitationId } }))
export const inviteClient = (clientId: string, name: string) =>
  read(oneClient.invitations.$post({ param: { clientId }, json: { name } }))
export const listClientInvitations = (clientId: string) => read(oneClient.invitations.$get({ param: { clientId } }))
export const takeBackClientInvitation = (clientId: string, invitationId: string) =>
  done(oneClient.invitations[':invitationId'].$delete({ param: { clientId, invitationId } }))

export const listGroups = () => read(groups.$get({ query: {} }))
export const addGroup = (name: string) => read(groups.$post({ json: { name } }))
export const renameGroup = (groupId: string, name: string) =>
  read(groups[':groupId'].$patch({ param: { groupId }, json: { name } }))
export const changeGroupStaff = (groupId: string, staff: Pick<GroupStaff, 'personId' | 'role'>[]) =>
  read(groups[':groupId'].staff.$put({ param: { groupId }, json: { staff } }))
export const changeClientGroups = (clientId: string, groupIds: string[]) =>
  done(oneClient.groups.$put({ param: { clientId }, json: { groupIds } }))

/** The filter of the log; empty shows everything. */
export interface LogFilter {
  readonly personId: string
  readonly clientId: string
  readonly action: string
}
export const listLog = (filter: LogFilter, beforeSeq: number | null) =>
  read(
    audit.$get({
      query: {
        ...Object.fromEntries(Object.entries(filter).filter(([, wanted]) => wanted !== '')),
        ...paging(beforeSeq),
      },
    }),
  )
export const checkLog = () => read(audit.check.$get())
export const listMyLog = (clientId: string, beforeSeq: number | null) =>
  read(oneClient.log.$get({ param: { clientId }, query: paging(beforeSeq) }))
const paging = (beforeSeq: number | null) => ({
  limit: '50',
  ...(beforeSeq === null ? {} : { beforeSeq: String(beforeSeq) }),
})

export const findByFirstName = (firstName: string) => read(glass.search.$post({ json: { firstName } }))
export const breakGlass = (clientId: string, reason: string) => read(glass.$post({ json: { clientId, reason } }))
export const listBrokenGlass = (cursor: string | null) => read(glass.$get({ query: cursor === null ? {} : { cursor } }))
export const listMyOpenGlass = () => read(glass.mine.$get())
export const endGlass = (glassId: string) => done(glass[':glassId'].$delete({ param: { glassId } }))
