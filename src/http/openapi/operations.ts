// One row for each operation of the API: its name for a generated client, its heading, its summary, and its own
// problems. problems-of.ts adds the problems that many operations share. The shapes are in the routes.
import type { ProblemCode } from '../problem.ts'

/** Headings, in the order in which they stand. */
export const tags = {
  Service: 'Whether calmpace lives, and what its API is.',
  'Signing in': 'Ways in, second factors and sessions: the session is a cookie that these set and take away.',
  Me: 'Whoever is signed in.',
  People: 'Who can sign in, links for new people, groups.',
  Clients: 'Runners, as those who guide them see them.',
  Zones: 'Limits of calm running, version by version, and what they rest on.',
  Runs: 'Recordings and their assessments; uploads, and files for other systems.',
  'Group runs': 'What phones record of several runners, batch by batch.',
  Flags: 'What a person should look at, and patterns over weeks.',
  Telling: 'What runners tell, ask and agree.',
  Emergencies: 'Looking at a client whom one does not guide.',
  'Log and settings': 'Who did what, and what the clinic has set.',
  'Own data': 'Taking everything along, and erasing it.',
} as const
export type Tag = keyof typeof tags

export interface Operation {
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  readonly problems: readonly ProblemCode[]
}

const op = (operationId: string, tag: Tag, summary: string, ...problems: ProblemCode[]): Operation => ({
  operationId,
  tag,
  summary,
  problems,
})

/** By method and path of the document. */
// prettier-ignore
export const operations: Readonly<Record<string, Operation>> = {
  'GET /healthz': op('getHealth', 'Service', 'Whether the process answers'),
  'GET /readyz': op('getReadiness', 'Service', 'Whether the database is there and migrated'),
  'GET /api/openapi.json': op('getOpenApi', 'Service', 'This document'),
  'GET /api/docs': op('getDocs', 'Service', 'This document as a page to read'),

  'GET /api/auth/get-session': op('getSession', 'Signing in', 'The session of this browser, or null'),
  'GET /api/auth/list-sessions': op('listSessions', 'Signing in', 'Where I am signed in'),
  'POST /api/auth/sign-in/email': op('signIn', 'Signing in', 'Sign in by e-mail address and password', 'SIGN_IN_REFUSED'),
  'POST /api/auth/sign-out': op('signOut', 'Signing in', 'End the session of this browser'),
  'POST /api/auth/revoke-session': op('endSession', 'Signing in', 'End one session of mine'),
  'POST /api/auth/revoke-other-sessions': op('endOtherSessions', 'Signing in', 'End every session of mine but this one'),
  'POST /api/auth/change-password': op('changePassword', 'Signing in', 'Choose another password', 'PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_COMMON', 'PASSWORD_REPEATS', 'PASSWORD_SEQUENCE', 'PASSWORD_PERSONAL'),
  'POST /api/auth/two-factor/enable': op('beginTotp', 'Signing in', 'Set up an app with codes; the first code makes it count', 'TOTP_ALREADY_ENABLED'),
  'POST /api/auth/two-factor/verify-totp': op('verifyTotp', 'Signing in', 'Give the code of the app, to sign in or to end setting it up', 'INVALID_CODE', 'CODE_USED', 'INVALID_TWO_FACTOR_COOKIE', 'TWO_FACTOR_NOT_ENABLED', 'SECOND_FACTOR_UNREADABLE'),
  'POST /api/auth/two-factor/verify-backup-code': op('verifyBackupCode', 'Signing in', 'Sign in by a backup code in place of the app', 'INVALID_BACKUP_CODE', 'INVALID_TWO_FACTOR_COOKIE', 'TWO_FACTOR_NOT_ENABLED', 'SECOND_FACTOR_UNREADABLE'),
  'POST /api/auth/two-factor/generate-backup-codes': op('makeBackupCodes', 'Signing in', 'Make new backup codes; those of before work no longer', 'TWO_FACTOR_NOT_ENABLED'),
  'POST /api/auth/two-factor/disable': op('endTotp', 'Signing in', 'Remove the app with codes'),
  'GET /api/auth/passkey/list-user-passkeys': op('listPasskeys', 'Signing in', 'Passkeys of mine'),
  'GET /api/auth/passkey/generate-authenticate-options': op('beginPasskeySignIn', 'Signing in', 'What a browser needs to sign in by passkey'),
  'POST /api/auth/passkey/verify-authentication': op('signInByPasskey', 'Signing in', 'Sign in by passkey', 'SIGN_IN_REFUSED', 'CHALLENGE_NOT_FOUND', 'PASSKEY_NOT_FOUND'),
  'GET /api/auth/passkey/generate-register-options': op('beginPasskey', 'Signing in', 'What a browser needs to make a passkey', 'LIST_FULL'),
  'POST /api/auth/passkey/verify-registration': op('addPasskey', 'Signing in', 'Add the passkey that a browser made', 'LIST_FULL', 'CHALLENGE_NOT_FOUND', 'PASSKEY_REFUSED', 'PASSKEY_NOT_FOUND'),
  'POST /api/auth/passkey/update-passkey': op('renamePasskey', 'Signing in', 'Give a passkey of mine another name', 'PASSKEY_NOT_FOUND'),
  'POST /api/auth/passkey/delete-passkey': op('removeMyPasskey', 'Signing in', 'Remove a passkey of mine', 'PASSKEY_NOT_FOUND'),
  'POST /api/invitations/look': op('lookAtInvitation', 'Signing in', 'What an invitation is for', 'INVITATION_GONE'),
  'POST /api/invitations/open': op('openInvitation', 'Signing in', 'Take an invitation: its link works in this tab alone from now on', 'INVITATION_GONE'),
  'POST /api/join': op('join', 'Signing in', 'Make an account by an invitation, and sign in', 'INVITATION_GONE', 'ACCOUNT_REFUSED', 'EMAIL_REFUSED', 'NAME_UNREADABLE', 'PASSWORD_COMMON', 'PASSWORD_REPEATS', 'PASSWORD_SEQUENCE', 'PASSWORD_PERSONAL'),
  'POST /api/resets/look': op('lookAtReset', 'Signing in', 'Whose new way in a link is', 'RESET_GONE'),
  'POST /api/resets/open': op('openReset', 'Signing in', 'Take a link to a new way in: it works in this tab alone from now on', 'RESET_GONE'),
  'POST /api/resets/use': op('useReset', 'Signing in', 'Choose a new password by such a link, and sign in', 'RESET_GONE', 'PASSWORD_COMMON', 'PASSWORD_REPEATS', 'PASSWORD_SEQUENCE', 'PASSWORD_PERSONAL'),

  'GET /api/me': op('getMe', 'Me', 'Who is signed in', 'SIGNED_OUT'),
  'GET /api/me/drafts': op('getDraftKey', 'Me', 'What my drafts are kept with on this browser'),
  'POST /api/me/proof': op('proveMyself', 'Me', 'Show once more who I am, before changing how I sign in', 'SIGNED_OUT', 'SIGN_IN_REFUSED', 'SECOND_FACTOR_REQUIRED'),
  'POST /api/me/backup-codes/look': op('lookAtBackupCodes', 'Me', 'Read backup codes that I did not say yet that I keep', 'FRESH_SIGN_IN_REQUIRED'),
  'POST /api/me/backup-codes/kept': op('keepBackupCodes', 'Me', 'Say that I keep my backup codes'),
  'POST /api/me/resets/{resetId}/known': op('acknowledgeReset', 'Me', 'Say that I know of a new way in to my account', 'NOT_FOUND'),
  'DELETE /api/me/resets/{resetId}': op('stopReset', 'Me', 'Stop a link to my account', 'NOT_FOUND'),

  'GET /api/people': op('listPeople', 'People', 'Everybody who can sign in'),
  'PUT /api/people/{personId}/roles': op('setRoles', 'People', 'Give somebody these roles', 'LAST_ADMINISTRATOR'),
  'DELETE /api/people/{personId}': op('removePerson', 'People', "Remove somebody's account", 'LAST_ADMINISTRATOR'),
  'DELETE /api/people/{personId}/sessions': op('endSessionsOf', 'People', 'Sign somebody out everywhere'),
  'GET /api/people/{personId}/passkeys': op('listPasskeysOf', 'People', "Somebody's passkeys"),
  'DELETE /api/people/{personId}/passkeys/{passkeyId}': op('removePasskeyOf', 'People', "Remove somebody's passkey", 'FRESH_SIGN_IN_REQUIRED'),
  'POST /api/people/{personId}/resets': op('makeReset', 'People', 'Make a link by which somebody gets in anew', 'FRESH_SIGN_IN_REQUIRED', 'RESET_OF_ONESELF'),
  'GET /api/people/{personId}/resets': op('findReset', 'People', 'The link to a new way in that could still be used'),
  'DELETE /api/people/{personId}/resets/{resetId}': op('takeBackReset', 'People', 'Take such a link back'),
  'POST /api/invitations': op('invite', 'People', 'Make a link by which somebody of the staff joins', 'LIST_FULL'),
  'GET /api/invitations': op('listInvitations', 'People', 'Links for staff of the last 30 days'),
  'DELETE /api/invitations/{invitationId}': op('takeBackInvitation', 'People', 'Take a link for staff back'),
  'POST /api/clients/{clientId}/invitations': op('inviteClient', 'People', "Make a link to the client's own account", 'LIST_FULL'),
  'GET /api/clients/{clientId}/invitations': op('listClientInvitations', 'People', "Links to the client's own account"),
  'DELETE /api/clients/{clientId}/invitations/{invitationId}': op('takeBackClientInvitation', 'People', "Take a link to the client's account back"),
  'GET /api/groups': op('listGroups', 'People', 'Groups: my own, or all to an administrator'),
  'POST /api/groups': op('addGroup', 'People', 'Make a group of clients and staff', 'LIST_FULL'),
  'PATCH /api/groups/{groupId}': op('renameGroup', 'People', 'Give a group another name'),
  'PUT /api/groups/{groupId}/staff': op('setGroupStaff', 'People', 'Say who works in a group'),
  'PUT /api/clients/{clientId}/groups': op('setClientGroups', 'People', 'Say in which groups a client runs'),

  'GET /api/clients': op('listClients', 'Clients', 'Clients whom I may see'),
  'POST /api/clients': op('addClient', 'Clients', 'Add a client to a group of mine', 'NAME_UNREADABLE', 'LIST_FULL'),
  'GET /api/clients/{clientId}': op('getClient', 'Clients', 'One client whom I may see'),
  'PATCH /api/clients/{clientId}': op('changeClient', 'Clients', 'Change name, birth year or watch level', 'NAME_UNREADABLE'),
  'DELETE /api/clients/{clientId}': op('eraseClient', 'Own data', 'Erase a client and everything of theirs', 'NOT_CONFIRMED'),
  'GET /api/clients/{clientId}/log': op('listMyLog', 'Clients', 'Who did what with my data'),

  'GET /api/clients/{clientId}/zones': op('listZones', 'Zones', 'All versions of the zone'),
  'POST /api/clients/{clientId}/zones': op('setZone', 'Zones', 'Set a new version of the zone', 'ZONE_UNCONFIRMED', 'ZONE_REJECTED', 'REASON_REQUIRED', 'RULE_SET_OFF', 'LIST_FULL'),
  'POST /api/clients/{clientId}/zones/preview': op('previewZone', 'Zones', 'How runs would be judged by another zone', 'ZONE_REJECTED', 'RULE_SET_OFF', 'TOO_MANY_REQUESTS'),
  'POST /api/clients/{clientId}/zones/{zoneId}/withdrawal': op('withdrawZone', 'Zones', 'Withdraw a version that was saved by mistake', 'ZONE_UNCONFIRMED'),
  'POST /api/clients/{clientId}/zones/judgements': op('judgeMisjudged', 'Zones', 'Judge runs again that another version holds for', 'TOO_MANY_REQUESTS'),

  'POST /api/clients/{clientId}/runs': op('uploadRuns', 'Runs', 'Upload watch files', 'UPLOAD_TOO_LARGE', 'TOO_MANY_ITEMS', 'BODY_TOO_SLOW', 'TOO_MANY_REQUESTS'),
  'GET /api/clients/{clientId}/imports': op('listImports', 'Runs', 'Imports that I began, and did not get the answer of'),
  'GET /api/clients/{clientId}/imports/{importId}': op('getImport', 'Runs', 'How far an import is, and what came of it'),
  'DELETE /api/clients/{clientId}/imports/{importId}': op('endImport', 'Runs', 'Stop an import, or forget what came of it'),
  'GET /api/clients/{clientId}/runs': op('listRuns', 'Runs', "A client's runs, newest first"),
  'GET /api/runs/{runId}': op('getRun', 'Runs', 'One run with its assessment'),
  'PATCH /api/runs/{runId}': op('decideRun', 'Runs', 'Say what a run is, or that it is no near duplicate', 'SAMPLES_GONE', 'LIST_FULL'),
  'DELETE /api/runs/{runId}': op('removeRun', 'Runs', 'Remove a run with its file'),
  'GET /api/runs/{runId}/series': op('getSeries', 'Runs', 'Heart rate over time', 'SAMPLES_GONE'),
  'GET /api/runs/{runId}/file': op('getRunFile', 'Runs', 'The original file', 'SAMPLES_GONE', 'TOO_MANY_REQUESTS'),
  'POST /api/runs/{runId}/assessments': op('judgeRun', 'Runs', "Judge a run again by today's rules", 'SAMPLES_GONE', 'LIST_FULL', 'TOO_MANY_REQUESTS'),
  'PUT /api/runs/{runId}/start': op('setRunStart', 'Runs', 'Say when a run was whose device had no date', 'DATE_REFUSED'),
  'POST /api/runs/{runId}/combination': op('combineRuns', 'Runs', 'Show two recordings of one run as one', 'NOT_ONE_RUN', 'ALREADY_COMBINED', 'SAMPLES_GONE', 'LIST_FULL'),
  'DELETE /api/runs/{runId}/combination': op('separateRuns', 'Runs', 'Take two recordings apart again', 'SAMPLES_GONE'),
  'PUT /api/runs/{runId}/twin': op('answerTwin', 'Runs', 'Say whether two recordings are one run'),
  'GET /api/runs/{runId}/exports/{format}': op('exportRun', 'Runs', 'A run as a file for other systems', 'SAMPLES_GONE', 'DATE_UNKNOWN', 'TOO_MANY_REQUESTS'),

  'GET /api/groups/{groupId}/roster': op('getRoster', 'Group runs', 'All that a phone needs to guide a group'),
  'POST /api/group-runs/{groupRunId}/batches': op('sendBatches', 'Group runs', 'Send what a phone recorded'),
  'GET /api/group-runs/{groupRunId}': op('getGroupRun', 'Group runs', 'How far each runner of a group run is'),
  'POST /api/group-runs/{groupRunId}/participations/{participationId}/finish': op('finishParticipation', 'Group runs', 'Make a run of what is there'),
  'POST /api/group-runs/{groupRunId}/hand-overs': op('handOver', 'Group runs', 'Say that somebody else took a run over', 'LIST_FULL'),

  'GET /api/flags': op('listFlags', 'Flags', 'Flags that wait, and those that were worked on'),
  'GET /api/flags/news': op('getFlagNews', 'Flags', 'How many flags wait, and which changed since'),
  'GET /api/flags/rules': op('listRulePrecision', 'Flags', 'How often each rule was right'),
  'GET /api/flags/upkeep': op('listUpkeep', 'Flags', 'What is to be put right of clients whom I guide'),
  'GET /api/flags/{flagId}': op('getFlag', 'Flags', 'One flag with its story'),
  'POST /api/flags/{flagId}/steps': op('stepFlag', 'Flags', 'Take a step with a flag', 'CHANGED_MEANWHILE', 'STEP_REFUSED', 'LIST_FULL'),
  'GET /api/clients/{clientId}/flags': op('listClientFlags', 'Flags', 'What was raised of one client'),
  'GET /api/clients/{clientId}/patterns': op('getPatterns', 'Flags', 'Eight weeks of one client'),
  'GET /api/groups/{groupId}/patterns': op('getGroupPatterns', 'Flags', 'Eight weeks of each client of a group'),

  'GET /api/clients/{clientId}/plans': op('listPlans', 'Telling', 'What was agreed, and how the weeks went'),
  'POST /api/clients/{clientId}/plans': op('addPlan', 'Telling', 'Write down what was agreed', 'LIST_FULL'),
  'GET /api/clients/{clientId}/after-runs': op('listAfterRuns', 'Telling', 'What the client told after running'),
  'POST /api/clients/{clientId}/after-runs': op('tellOfDay', 'Telling', 'Tell of a day without a run', 'NOT_AGREED', 'LIST_FULL'),
  'PUT /api/clients/{clientId}/sharing': op('setSharing', 'Telling', 'Share what I tell, or no longer', 'LIST_FULL'),
  'PUT /api/runs/{runId}/after-run': op('tellOfRun', 'Telling', 'Tell of a run', 'NOT_AGREED', 'LIST_FULL'),
  'DELETE /api/clients/{clientId}/after-runs/{afterRunId}': op('removeAfterRun', 'Telling', 'Take back what I told'),
  'GET /api/clients/{clientId}/notes': op('listNotes', 'Telling', 'Questions, answers and shared notes'),
  'POST /api/clients/{clientId}/notes': op('addNote', 'Telling', 'Ask, answer or share a note', 'LIST_FULL'),
  'GET /api/clients/{clientId}/rest-notes': op('listRestNotes', 'Telling', 'What was written down about rest days'),
  'POST /api/clients/{clientId}/rest-notes': op('addRestNote', 'Telling', 'Write down something about rest days', 'LIST_FULL'),
  'DELETE /api/clients/{clientId}/rest-notes/{restNoteId}': op('removeRestNote', 'Telling', 'Remove a note about rest days'),

  'POST /api/break-glass/search': op('searchEmergency', 'Emergencies', 'Find a client by first name'),
  'POST /api/break-glass': op('breakGlass', 'Emergencies', 'Look at a client for an hour, with a reason', 'LIST_FULL'),
  'GET /api/break-glass': op('listEmergencies', 'Emergencies', 'Every look in an emergency'),
  'GET /api/break-glass/mine': op('listMyEmergencies', 'Emergencies', 'Emergencies of mine that still hold'),
  'DELETE /api/break-glass/{glassId}': op('endEmergency', 'Emergencies', 'End an emergency of mine'),

  'GET /api/audit': op('listAudit', 'Log and settings', 'The log, newest first'),
  'GET /api/audit/check': op('checkAudit', 'Log and settings', 'Whether the chain of the log is whole'),
  'GET /api/settings': op('getSettings', 'Log and settings', 'What the clinic has set'),
  'PUT /api/settings': op('changeSettings', 'Log and settings', 'Set a new version of the settings', 'SETTINGS_REJECTED', 'CHANGED_MEANWHILE', 'LIST_FULL'),
  'POST /api/settings/preview': op('previewSettings', 'Log and settings', 'How runs would be judged by other settings', 'SETTINGS_REJECTED', 'TOO_MANY_REQUESTS'),

  'GET /api/clients/{clientId}/data.zip': op('exportData', 'Own data', 'Everything of one client as one zip', 'TOO_MANY_REQUESTS'),
  'POST /api/clients/{clientId}/import': op('importData', 'Own data', 'Take in such a zip', 'ARCHIVE_FOREIGN', 'ARCHIVE_TOO_NEW', 'ARCHIVE_DAMAGED', 'UPLOAD_TOO_LARGE', 'TOO_MANY_ITEMS', 'BODY_TOO_SLOW', 'TOO_MANY_REQUESTS'),
  'POST /api/erasures/search': op('searchErasure', 'Own data', 'Find a client by first name, to erase them'),
}
