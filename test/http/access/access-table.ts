// Who gets what, written down by hand: each route of the API times each standing to Noor, and the lines that the log gains.
// Nothing here is computed from the policy: a change of it must be made here too, by somebody who means it.
import { strToU8, zipSync } from 'fflate'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, DATA_PATH } from '../../../src/formats/archive/client-archive.ts'
import { START } from '../../../fixtures/fit/made-runs.ts'
import { finishPath, newPart, requestOf } from '../../support/phone.ts'
import { PASSWORD, send } from '../../support/sign-in.ts'
import { runForm, type Standing, type World } from '../../support/world.ts'

/** A line of the log that an allowed request adds. */
export interface Line {
  readonly action: string
  readonly about: 'noor' | 'fay' | 'sten' | 'new' | null
  /** Which of a standing's rules allows it; nobody's for what was refused within an answer; a stranger's for what is done without
   *  being anybody; `struck`: the client's rule, and who it was is struck out. */
  readonly by: 'client' | 'clinic' | 'nobody' | 'stranger' | 'struck'
}
export interface Row {
  /** Statuses in the order of `standings`, without those of `sameAs`. */
  readonly cells: string
  /** Where other rules than `clientRules` let somebody at Noor's data. */
  readonly rules?: Partial<Record<Standing, string>>
  readonly lines: readonly Line[] | Partial<Record<Standing, readonly Line[]>>
  /** The line of a refusal to somebody signed in: it names the client whose data was asked for, or none. */
  readonly refusals: 'logged' | 'unnamed'
  /** A password is given and no code: whoever has a second factor set up is refused. */
  readonly guesses?: true
  /** Whether who is let in must have signed in within ten minutes. */
  readonly fresh?: true
  readonly ask: (world: World) => readonly [path: string, init?: RequestInit]
}

const onNoor = (...actions: string[]): Pick<Row, 'lines' | 'refusals'> => ({
  lines: actions.map((action) => ({ action, about: 'noor', by: 'client' })),
  refusals: 'logged',
})
const inClinic = (action: string, about: Line['about'] = null): Pick<Row, 'lines' | 'refusals'> => ({
  lines: [{ action, about, by: 'clinic' }],
  refusals: 'unnamed',
})
/** Of those who set an app up, and did not say that they keep its backup codes. */
const ofSecured = (action: string): Partial<Record<Standing, readonly Line[]>> => {
  const lines: readonly Line[] = [{ action, about: null, by: 'nobody' }]
  return { administratorGlass: lines, supervisorGlass: lines, therapistGlass: lines }
}
/** Of whom it was is struck out of the line of an erasure, and who it was where they did it themselves. */
const erased = (by: Line['by']): readonly Line[] => [
  { action: 'data.erase', about: null, by },
  { action: 'log.struck', about: null, by: 'stranger' },
]
const unlogged: Pick<Row, 'lines' | 'refusals'> = { lines: [], refusals: 'unnamed' }
const listed = (...names: ('noor' | 'fay' | 'sten')[]): readonly Line[] =>
  names.map((about) => ({ action: 'zone.view', about, by: 'client' }))

const flagged: readonly Line[] = [{ action: 'flag.view', about: 'noor', by: 'client' }]
const patterned: readonly Line[] = (['fay', 'noor'] as const).map((about) => ({
  action: 'flag.view',
  about,
  by: 'client',
}))
const lookedAt = (...names: ('noor' | 'fay' | 'sten')[]): readonly Line[] =>
  names.map((about) => ({ action: 'flag.view', about, by: 'client' }))
const refusedWithin: readonly Line[] = [{ action: 'refused', about: 'noor', by: 'nobody' }]
const partOf = ({ noor, groupRunId, participationId }: World) => newPart(noor, { groupRunId, participationId })

export const handOverOf = ({ noor }: World) => ({
  id: crypto.randomUUID(),
  groupRun: { groupId: null, madeAtMs: 1 },
  fromPersonId: null,
  toPersonId: 'somebody',
  happenedAtMs: 1,
  sentAtMs: 1,
  withoutNetwork: false,
  clientIds: [noor],
})

const settings = { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: {}, seenVersion: 0, reason: 'besluit' }
const zone = { inputs: { manualCeilingBpm: 138 }, reason: 'praattest' }
const newClient = { firstName: 'Kim', birthYear: 1990 }
const reason = 'gevallen, wat is de rustige grens?'

/** The smallest archive that can be taken in: nothing but who it is about. */
function archiveForm(): FormData {
  const client = { id: 'elsewhere', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 }
  const none = { zones: [], files: [], runs: [], assessments: [], combinations: [], groups: [], log: [] }
  const data = { format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, exportedAtMs: 1, client, account: null, ...none }
  const zip = zipSync({ [DATA_PATH]: strToU8(JSON.stringify(data)) })
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(zip)], 'data.zip'))
  return form
}

/** Which rule lets somebody of this standing at Noor's data. */
export const clientRules: Partial<Record<Standing, string>> = {
  administratorGlass: 'break-glass-administrator',
  supervisor: 'supervisor-group',
  supervisorOther: 'supervisor-group',
  supervisorGlass: 'break-glass-supervisor',
  therapist: 'therapist-group',
  therapistOther: 'therapist-group',
  therapistGlass: 'break-glass-therapist',
  self: 'client-self',
  fellow: 'client-self',
  stranger: 'client-self',
}
/** Who gets what another standing gets, line by line: rights that ended leave nothing of themselves. */
export const sameAs: Partial<Record<Standing, Standing>> = {
  therapistLeft: 'therapistOther',
  therapistAgain: 'therapistOther',
}
/** An administrator erases on a written request, without looking. */
const eraseRules: Partial<Record<Standing, string>> = {
  self: 'client-self',
  administrator: 'administrator-erase',
  administratorGlass: 'administrator-erase',
}
/** In the list of clients a broken glass shows nobody: those of Friday's group see Sten by their own rule. */
export const listRules: Partial<Record<Standing, string>> = {
  ...clientRules,
  supervisorGlass: 'supervisor-group',
  therapistGlass: 'therapist-group',
}
export const clinicRuleOf = (standing: Standing): string =>
  `${/^(administrator|supervisor|therapist)/.exec(standing)?.[0] ?? 'client'}-clinic`

/** By method and path of the document, and a query where one opens or closes something. */
// prettier-ignore
//                                    nobody, no role | administrator: plain, glass | supervisor: own group, other group,
//                                    glass | therapist: own, other, glass | client: self, same group, other group
export const accessTable: Readonly<Record<string, Row>> = {
  'GET /api/me':                                { cells: '401 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, ask: () => ['/api/me'] },
  'GET /api/me/drafts':                         { cells: '401 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, ask: () => ['/api/me/drafts'] },
  'POST /api/me/proof':                         { cells: '401 204 | 204 401 | 204 204 401 | 204 204 401 | 204 204 204', lines: [{ action: 'sign-in.again', about: null, by: 'nobody' }], refusals: 'unnamed', guesses: true, ask: () => ['/api/me/proof', send('POST', { password: PASSWORD })] },
  'POST /api/me/backup-codes/look':             { cells: '401 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', refusals: 'unnamed', fresh: true, ask: () => ['/api/me/backup-codes/look', { method: 'POST' }],
    lines: ofSecured('account.backup-codes-shown') },
  'POST /api/me/backup-codes/kept':             { cells: '401 204 | 204 204 | 204 204 204 | 204 204 204 | 204 204 204', refusals: 'unnamed', ask: () => ['/api/me/backup-codes/kept', { method: 'POST' }],
    lines: ofSecured('account.backup-codes-kept') },
  'DELETE /api/people/{personId}/passkeys/{passkeyId}': { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), fresh: true, ask: ({ keyHolderId, passkeyId }) => [`/api/people/${keyHolderId}/passkeys/${passkeyId}`, { method: 'DELETE' }] },
  'GET /api/people/{personId}/passkeys':        { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.view'), ask: ({ keyHolderId }) => [`/api/people/${keyHolderId}/passkeys`] },
  'POST /api/people/{personId}/resets':         { cells: '401 404 | 403 201 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), fresh: true, ask: ({ personIds }) => [`/api/people/${personIds.noRole}/resets`, { method: 'POST' }] },
  'GET /api/people/{personId}/resets':          { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.view'), ask: ({ personIds }) => [`/api/people/${personIds.noRole}/resets`] },
  'DELETE /api/people/{personId}/resets/{resetId}': { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ personIds, resetId }) => [`/api/people/${personIds.noRole}/resets/${resetId}`, { method: 'DELETE' }] },
  'DELETE /api/me/resets/{resetId}':            { cells: '401 204 | 404 404 | 404 404 404 | 404 404 404 | 404 404 404', refusals: 'unnamed', lines: [{ action: 'account.reset-stopped', about: null, by: 'nobody' }], ask: ({ resetId }) => [`/api/me/resets/${resetId}`, { method: 'DELETE' }] },
  'POST /api/me/resets/{resetId}/known':        { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 404 404 404', ...unlogged, ask: ({ resetId }) => [`/api/me/resets/${resetId}/known`, { method: 'POST' }] },
  'POST /api/resets/look':                      { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, ask: ({ resetToken: token }) => ['/api/resets/look', send('POST', { token })] },
  'POST /api/resets/open':                      { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, lines: [{ action: 'account.reset-opened', about: null, by: 'stranger' }], ask: ({ resetToken: token }) => ['/api/resets/open', send('POST', { token, next: 'A'.repeat(32) })] },
  'POST /api/resets/use':                       { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, lines: [], ask: ({ resetToken: token }) => ['/api/resets/use', send('POST', { token, password: 'een heel ander wachtwoord' })] },
  'POST /api/invitations/look':                 { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, ask: ({ openToken: token }) => ['/api/invitations/look', send('POST', { token })] },
  'POST /api/invitations/open':                { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, lines: [{ action: 'account.link-opened', about: null, by: 'stranger' }], ask: ({ openToken: token }) => ['/api/invitations/open', send('POST', { token, next: 'A'.repeat(32) })] },
  'POST /api/join':                             { cells: '200 200 | 200 200 | 200 200 200 | 200 200 200 | 200 200 200', ...unlogged, lines: [], ask: ({ openToken: token }) => ['/api/join', send('POST', { token, name: 'Nel', email: 'nel@example.org', password: PASSWORD })] },

  'GET /api/people':                            { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.view'), ask: () => ['/api/people'] },
  'PUT /api/people/{personId}/roles':           { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ personIds }) => [`/api/people/${personIds.noRole}/roles`, send('PUT', { roles: ['therapist'] })] },
  'DELETE /api/people/{personId}':              { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ personIds }) => [`/api/people/${personIds.noRole}`, { method: 'DELETE' }] },
  'DELETE /api/people/{personId}/sessions':     { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ personIds }) => [`/api/people/${personIds.noRole}/sessions`, { method: 'DELETE' }] },
  'POST /api/invitations':                      { cells: '401 404 | 201 201 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ groupId }) => ['/api/invitations', send('POST', { roles: ['therapist'], groupIds: [groupId] })] },
  'GET /api/invitations':                       { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.view'), ask: () => ['/api/invitations'] },
  'DELETE /api/invitations/{invitationId}':     { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('people.manage'), ask: ({ openLinkId }) => [`/api/invitations/${openLinkId}`, { method: 'DELETE' }] },
  'GET /api/clients/{clientId}/invitations':    { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('client.invite'), ask: ({ noor }) => [`/api/clients/${noor}/invitations`] },
  'DELETE /api/clients/{clientId}/invitations/{invitationId}': { cells: '401 404 | 404 404 | 404 404 404 | 204 404 404 | 404 404 404', ...onNoor('client.invite'), ask: ({ noor, noorLinkId }) => [`/api/clients/${noor}/invitations/${noorLinkId}`, { method: 'DELETE' }] },
  'POST /api/clients/{clientId}/invitations':   { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 404 404 404', ...onNoor('client.invite'), ask: ({ noor }) => [`/api/clients/${noor}/invitations`, { method: 'POST' }] },

  'GET /api/groups':                            { cells: '401 404 | 200 200 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/groups'] },
  'GET /api/groups?mine=true':                  { cells: '401 404 | 200 200 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/groups?mine=true'] },
  'POST /api/groups':                           { cells: '401 404 | 201 201 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('groups.manage'), ask: () => ['/api/groups', send('POST', { name: 'Zondag' })] },
  'PATCH /api/groups/{groupId}':                { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('groups.manage'), ask: ({ groupId }) => [`/api/groups/${groupId}`, send('PATCH', { name: 'Maandag' })] },
  'PUT /api/groups/{groupId}/staff':            { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('groups.manage'), ask: ({ groupId, personIds }) => [`/api/groups/${groupId}/staff`, send('PUT', { staff: [{ personId: personIds.therapistOther, role: 'therapist' }] })] },
  'PUT /api/clients/{clientId}/groups':         { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('groups.manage', 'noor'), ask: ({ noor, otherGroupId }) => [`/api/clients/${noor}/groups`, send('PUT', { groupIds: [otherGroupId] })] },

  'GET /api/audit':                             { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('audit.view'), ask: () => ['/api/audit'] },
  'GET /api/audit/check':                       { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('audit.view'), ask: () => ['/api/audit/check'] },
  'GET /api/clients/{clientId}/log':            { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 200 404 404', ...onNoor('log.view'), ask: ({ noor }) => [`/api/clients/${noor}/log`] },
  'POST /api/break-glass/search':               { cells: '401 404 | 403 200 | 403 403 200 | 403 403 200 | 404 404 404', ...inClinic('glass.break'), ask: () => ['/api/break-glass/search', send('POST', { firstName: 'Noor' })] },
  'POST /api/break-glass':                      { cells: '401 404 | 403 201 | 403 403 201 | 403 403 201 | 404 404 404', ...inClinic('glass.break', 'noor'), ask: ({ noor }) => ['/api/break-glass', send('POST', { clientId: noor, reason })] },
  'GET /api/break-glass/mine':                  { cells: '401 404 | 200 200 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/break-glass/mine'] },
  'DELETE /api/break-glass/{glassId}':          { cells: '401 404 | 404 404 | 404 404 404 | 404 404 204 | 404 404 404', ...inClinic('glass.break', 'noor'), ask: ({ glassId }) => [`/api/break-glass/${glassId}`, { method: 'DELETE' }] },
  'GET /api/break-glass':                       { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('glass.view'), ask: () => ['/api/break-glass'] },

  'GET /api/clients':                           { cells: '401 404 | 404 404 | 200 200 200 | 200 200 200 | 200 200 200', refusals: 'unnamed', ask: () => ['/api/clients'],
    lines: { supervisor: listed('fay', 'noor'), supervisorOther: listed('sten'), supervisorGlass: listed('sten'), therapist: listed('fay', 'noor'), therapistOther: listed('sten'), therapistGlass: listed('sten'), self: listed('noor'), fellow: listed('fay'), stranger: listed('sten') } },
  'POST /api/clients':                          { cells: '401 404 | 404 404 | 404 404 404 | 201 201 201 | 404 404 404', refusals: 'unnamed', ask: () => ['/api/clients', send('POST', newClient)],
    lines: [{ action: 'client.add', about: 'new', by: 'clinic' }, { action: 'client.view', about: 'new', by: 'client' }] },
  'GET /api/clients/{clientId}':                { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('client.view'), ask: ({ noor }) => [`/api/clients/${noor}`] },
  'PATCH /api/clients/{clientId}':              { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('client.change'), ask: ({ noor }) => [`/api/clients/${noor}`, send('PATCH', { watchLevel: 'extra' })] },
  'POST /api/clients/{clientId}/zones':         { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 404 404 404', ...onNoor('zone.set'), ask: ({ noor }) => [`/api/clients/${noor}/zones`, send('POST', zone)] },
  'POST /api/clients/{clientId}/zones/preview': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('zone.set'), ask: ({ noor }) => [`/api/clients/${noor}/zones/preview`, send('POST', zone)] },
  'POST /api/clients/{clientId}/zones/{zoneId}/withdrawal': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('zone.set'), ask: ({ noor, zoneId }) => [`/api/clients/${noor}/zones/${zoneId}/withdrawal`, send('POST', { reason: 'typefout', confirmed: ['CEILING_RISES', 'HARD_RISES'] })] },
  'POST /api/clients/{clientId}/zones/judgements': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('run.judge'), ask: ({ noor }) => [`/api/clients/${noor}/zones/judgements`, { method: 'POST' }] },
  'GET /api/clients/{clientId}/zones':          { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('zone.view'), ask: ({ noor }) => [`/api/clients/${noor}/zones`] },
  'GET /api/clients/{clientId}/patterns':       { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('patterns.view'), ask: ({ noor }) => [`/api/clients/${noor}/patterns`] },

  'GET /api/flags':                             { cells: '401 404 | 404 404 | 200 200 200 | 200 200 200 | 404 404 404', refusals: 'unnamed', ask: () => ['/api/flags'],
    lines: { supervisor: flagged, therapist: flagged } },
  'GET /api/flags/news':                        { cells: '401 404 | 404 404 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/flags/news'] },
  'GET /api/flags/rules':                       { cells: '401 404 | 404 404 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/flags/rules'] },
  'GET /api/flags/upkeep':                      { cells: '401 404 | 404 404 | 200 200 200 | 200 200 200 | 404 404 404', refusals: 'unnamed', ask: () => ['/api/flags/upkeep'],
    lines: { supervisor: lookedAt('fay', 'noor'), supervisorOther: lookedAt('sten'), supervisorGlass: lookedAt('sten'), therapist: lookedAt('fay', 'noor'), therapistOther: lookedAt('sten'), therapistGlass: lookedAt('sten') } },
  'GET /api/clients/{clientId}/flags':           { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 404 404 404', ...onNoor('flag.view'), ask: ({ noor }) => [`/api/clients/${noor}/flags`] },
  'GET /api/clients/{clientId}/rest-notes':      { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 404 404 404', ...onNoor('flag.view'), ask: ({ noor }) => [`/api/clients/${noor}/rest-notes`] },
  'POST /api/clients/{clientId}/rest-notes':     { cells: '401 404 | 404 404 | 201 404 404 | 201 404 404 | 404 404 404', ...onNoor('flag.review'), ask: ({ noor }) => [`/api/clients/${noor}/rest-notes`, send('POST', { kind: 'score', score: 24 })] },
  'DELETE /api/clients/{clientId}/rest-notes/{restNoteId}': { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 404 404 404', ...onNoor('flag.review'), ask: ({ noor, restNoteId }) => [`/api/clients/${noor}/rest-notes/${restNoteId}`, { method: 'DELETE' }] },
  'GET /api/flags/{flagId}':                    { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 404 404 404', ...onNoor('flag.view'), ask: ({ flagId }) => [`/api/flags/${flagId}`] },
  'POST /api/flags/{flagId}/steps':             { cells: '401 404 | 404 404 | 201 404 404 | 201 404 404 | 404 404 404', ...onNoor('flag.review'), ask: ({ flagId }) => [`/api/flags/${flagId}/steps`, send('POST', { act: 'acknowledge', seenVersion: 0 })] },

  'GET /api/clients/{clientId}/plans':          { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('plan.view'), ask: ({ noor }) => [`/api/clients/${noor}/plans`] },
  'POST /api/clients/{clientId}/plans':         { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 404 404 404', ...onNoor('plan.set'), ask: ({ noor }) => [`/api/clients/${noor}/plans`, send('POST', { weekdays: [2, 4], runMin: 30, intervals: null, reason: null })] },
  'GET /api/clients/{clientId}/after-runs':     { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 200 404 404', ...onNoor('check_in.view'), ask: ({ noor }) => [`/api/clients/${noor}/after-runs`] },
  'PUT /api/clients/{clientId}/sharing':        { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 200 404 404', ...onNoor('check_in.write'), ask: ({ noor }) => [`/api/clients/${noor}/sharing`, send('PUT', { agreed: false })] },
  'POST /api/clients/{clientId}/after-runs':    { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 201 404 404', ...onNoor('check_in.write'), ask: ({ noor }) => [`/api/clients/${noor}/after-runs`, send('POST', { sleepH: 7 })] },
  'PUT /api/runs/{runId}/after-run':            { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 200 404 404', ...onNoor('check_in.write'), ask: ({ runId }) => [`/api/runs/${runId}/after-run`, send('PUT', { rpe: 3 })] },
  'DELETE /api/clients/{clientId}/after-runs/{afterRunId}': { cells: '401 404 | 404 404 | 404 404 404 | 404 404 404 | 200 404 404', ...onNoor('check_in.write'), ask: ({ noor, afterRunId }) => [`/api/clients/${noor}/after-runs/${afterRunId}`, { method: 'DELETE' }] },
  'GET /api/clients/{clientId}/notes':          { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 200 404 404', ...onNoor('note.view'), ask: ({ noor }) => [`/api/clients/${noor}/notes`] },
  'POST /api/clients/{clientId}/notes':         { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 201 404 404', ...onNoor('note.write'), ask: ({ noor }) => [`/api/clients/${noor}/notes`, send('POST', { text: 'hoe gaat het?' })] },

  'POST /api/clients/{clientId}/runs':          { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 200 404 404', ...onNoor('run.add'), ask: ({ noor }) => [`/api/clients/${noor}/runs`, { method: 'POST', body: runForm(START + 500_000) }] },
  'GET /api/clients/{clientId}/imports':        { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 200 404 404', lines: [], refusals: 'logged', ask: ({ noor }) => [`/api/clients/${noor}/imports`] },
  // Of her therapist: who may bring in her files did not begin every import.
  'GET /api/clients/{clientId}/imports/{importId}': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', lines: [], refusals: 'logged', ask: ({ noor, importId }) => [`/api/clients/${noor}/imports/${importId}`] },
  'DELETE /api/clients/{clientId}/imports/{importId}': { cells: '401 404 | 404 404 | 404 404 404 | 204 404 404 | 404 404 404', lines: [], refusals: 'logged', ask: ({ noor, importId }) => [`/api/clients/${noor}/imports/${importId}`, { method: 'DELETE' }] },
  'GET /api/clients/{clientId}/runs':           { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('run.view'), ask: ({ noor }) => [`/api/clients/${noor}/runs`] },
  'GET /api/runs/{runId}':                      { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('run.view'), ask: ({ runId }) => [`/api/runs/${runId}`] },
  'GET /api/runs/{runId}/series':               { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('run.view'), ask: ({ runId }) => [`/api/runs/${runId}/series`] },
  'GET /api/runs/{runId}/file':                 { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 200 404 404', ...onNoor('run.export'), ask: ({ runId }) => [`/api/runs/${runId}/file`] },
  'GET /api/runs/{runId}/exports/{format}':     { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 200 404 404', ...onNoor('run.export'), ask: ({ runId }) => [`/api/runs/${runId}/exports/csv`] },
  'POST /api/runs/{runId}/assessments':         { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 404 404 404', ...onNoor('run.judge'), ask: ({ runId }) => [`/api/runs/${runId}/assessments`, { method: 'POST' }] },
  'PATCH /api/runs/{runId}':                    { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('run.decide'), ask: ({ nearId }) => [`/api/runs/${nearId}`, send('PATCH', { nearDuplicateOf: null })] },
  'PUT /api/runs/{runId}/start':                { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 200 404 404', ...onNoor('run.date'), ask: ({ undatedId }) => [`/api/runs/${undatedId}/start`, send('PUT', { startedAtMs: Date.now() - 7_200_000 })] },
  'DELETE /api/runs/{runId}':                   { cells: '401 404 | 404 404 | 404 404 404 | 204 404 404 | 204 404 404', ...onNoor('run.remove'), ask: ({ runId }) => [`/api/runs/${runId}`, { method: 'DELETE' }] },
  'PUT /api/runs/{runId}/twin':                 { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 200 404 404', ...onNoor('run.same'), ask: ({ runId, nearId: otherRunId }) => [`/api/runs/${runId}/twin`, send('PUT', { otherRunId, oneRun: false })] },
  'POST /api/runs/{runId}/combination':         { cells: '401 404 | 404 404 | 404 404 404 | 201 404 404 | 404 404 404', ...onNoor('run.decide'), ask: ({ runId, nearId: otherRunId }) => [`/api/runs/${runId}/combination`, send('POST', { otherRunId })] },
  'DELETE /api/runs/{runId}/combination':       { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('run.decide'), ask: ({ combinedId }) => [`/api/runs/${combinedId}/combination`, { method: 'DELETE' }] },

  'GET /api/groups/{groupId}/roster':           { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', refusals: 'unnamed', ask: ({ groupId }) => [`/api/groups/${groupId}/roster`],
    lines: { therapist: (['fay', 'noor'] as const).map((about) => ({ action: 'run.record', about, by: 'client' })) } },
  'GET /api/groups/{groupId}/patterns':         { cells: '401 404 | 404 404 | 200 404 404 | 200 404 404 | 404 404 404', refusals: 'unnamed', ask: ({ groupId }) => [`/api/groups/${groupId}/patterns`],
    lines: { supervisor: patterned, therapist: patterned } },
  'POST /api/group-runs/{groupRunId}/batches':  { cells: '401 404 | 404 404 | 404 404 404 | 200 200 200 | 404 404 404', refusals: 'logged', ask: (world) => [`/api/group-runs/${world.groupRunId}/batches`, send('POST', requestOf(partOf(world), []))],
    lines: { therapist: [{ action: 'run.record', about: 'noor', by: 'client' }], therapistOther: refusedWithin, therapistGlass: refusedWithin } },
  'POST /api/group-runs/{groupRunId}/hand-overs': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('run.take_over'), ask: (world) => [`/api/group-runs/${world.groupRunId}/hand-overs`, send('POST', handOverOf(world))] },
  'GET /api/group-runs/{groupRunId}':           { cells: '401 404 | 404 200 | 200 404 200 | 200 404 200 | 200 404 404', ...onNoor('run.view'), ask: ({ groupRunId }) => [`/api/group-runs/${groupRunId}`] },
  'POST /api/group-runs/{groupRunId}/participations/{participationId}/finish': { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('run.record'), ask: (world) => [finishPath(partOf(world)), { method: 'POST' }] },

  'GET /api/clients/{clientId}/data.zip':       { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 200 404 404', ...onNoor('data.export'), ask: ({ noor }) => [`/api/clients/${noor}/data.zip`] },
  'POST /api/clients/{clientId}/import':        { cells: '401 404 | 404 404 | 404 404 404 | 200 404 404 | 404 404 404', ...onNoor('data.import', 'data.import'), ask: ({ noor }) => [`/api/clients/${noor}/import`, { method: 'POST', body: archiveForm() }] },
  'POST /api/erasures/search':                  { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('erase.find'), ask: () => ['/api/erasures/search', send('POST', { firstName: 'Noor' })] },
  'DELETE /api/clients/{clientId}':             { cells: '401 404 | 204 204 | 404 404 404 | 404 404 404 | 204 404 404', refusals: 'logged', rules: eraseRules, lines: { administrator: erased('client'), administratorGlass: erased('client'), self: erased('struck') }, ask: ({ noor }) => [`/api/clients/${noor}`, send('DELETE', { confirmation: 'Noor' })] },

  'GET /api/settings':                          { cells: '401 404 | 200 200 | 200 200 200 | 200 200 200 | 404 404 404', ...unlogged, ask: () => ['/api/settings'] },
  'POST /api/settings/preview':                 { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('settings.change'), ask: () => ['/api/settings/preview', send('POST', { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: {} })] },
  'PUT /api/settings':                          { cells: '401 404 | 200 200 | 404 404 404 | 404 404 404 | 404 404 404', ...inClinic('settings.change'), ask: () => ['/api/settings', send('PUT', settings)] },
}

/** Routes that answer to whose it is alone: the table asks for one person's. */
export const ownRoutes = [
  'DELETE /api/break-glass/{glassId}',
  'DELETE /api/me/resets/{resetId}',
  // Of no standing's: nobody of them came in by a reset.
  'POST /api/me/resets/{resetId}/known',
]

/** Routes by which somebody comes in whom no cookie tells. */
export const entranceRoutes = [
  'GET /api/me',
  'POST /api/invitations/look',
  'POST /api/invitations/open',
  'POST /api/join',
  'POST /api/resets/look',
  'POST /api/resets/open',
  'POST /api/resets/use',
]

/** How somebody comes who is not simply signed in, and whom they are worth as much as: nobody, or a therapist of Noor's who gets
 *  one code everywhere. */
export const barredStandings = {
  /** Password given, second factor not. */
  halfSignedIn: 'SIGNED_OUT',
  /** The same, with the cookie of a browser that skipped the second factor once. */
  trustedBrowser: 'SIGNED_OUT',
  unusedForAnHour: 'SIGNED_OUT',
  signedInTwelveHoursAgo: 'SIGNED_OUT',
  /** A password alone, a quarter of an hour after joining. */
  graceOver: 'SECOND_FACTOR_REQUIRED',
  /** A password alone, of somebody with a passkey, and a moment after joining. */
  passkeyNotShown: 'SECOND_FACTOR_REQUIRED',
  passkeyNotShownInGrace: 'SECOND_FACTOR_REQUIRED',
  /** A session of before the app was set up, a moment after joining. */
  appNotShownInGrace: 'SECOND_FACTOR_REQUIRED',
} as const

/** Of the document, and the same to everybody: the document itself, and whether the service lives. */
export const routesOfNobody = ['GET /healthz', 'GET /readyz', 'GET /api/openapi.json', 'GET /api/docs']

/** Under /api, but not of the table: better-auth's own (its list stands in auth-paths.ts). */
export const routesBesideTheTable = ['ALL /api/auth/*']
