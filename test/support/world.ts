// A clinic with two groups and somebody in each place that a person can have to one client, made over HTTP as people would.
// Noor runs in the first group; everything in the access table is asked about her.
import { encodeRun, kinetics, START } from '../../fixtures/fit/made-runs.ts'
import { enrolPasskey } from './account.ts'
import { openBrowser } from './browser.ts'
import { expectJson } from './expect-json.ts'
import { newPart, sendStream } from './phone.ts'
import { secure } from './secured.ts'
import { madeStream } from './stream.ts'
import { join, send, withCookie, type Ask, type NewClinic } from './sign-in.ts'

/** How somebody stands to Noor. `therapistLeft` worked in her group and works in the other one now; of `therapistAgain` the role was
 *  taken away and given again, with a place in the other group. */
export const standings = [
  'nobody',
  'noRole',
  'administrator',
  'administratorGlass',
  'supervisor',
  'supervisorOther',
  'supervisorGlass',
  'therapist',
  'therapistOther',
  'therapistGlass',
  'self',
  'fellow',
  'stranger',
  'therapistLeft',
  'therapistAgain',
] as const
export type Standing = (typeof standings)[number]

export interface World {
  readonly cookies: Readonly<Record<Standing, string>>
  readonly personIds: Readonly<Record<Standing, string | null>>
  readonly noor: string
  readonly fay: string
  readonly sten: string
  readonly runId: string
  /** Near duplicate of `runId`. */
  readonly nearId: string
  /** Of a watch whose clock stands at 2000. */
  readonly undatedId: string
  /** What her therapist brought in once more, without waiting for the answer. */
  readonly importId: string
  readonly zoneId: string
  /** Shown together with another run. */
  readonly combinedId: string
  /** Of a run of an hour ago that was too hard. */
  readonly flagId: string
  /** What she told, which she shares. */
  readonly afterRunId: string
  /** What her therapist wrote down about rest days. */
  readonly restNoteId: string
  readonly groupId: string
  readonly otherGroupId: string
  /** A group run of Noor's that still arrives. */
  readonly groupRunId: string
  readonly participationId: string
  /** The emergency of `therapistGlass`. */
  readonly glassId: string
  /** Somebody with a passkey. */
  readonly keyHolderId: string
  readonly passkeyId: string
  /** An invitation that nobody used, and its id. */
  readonly openToken: string
  readonly openLinkId: string
  /** A link to a new way in for `noRole` that nobody used, and its id. */
  readonly resetToken: string
  readonly resetId: string
  /** A link to Noor's account that is open though she has one. */
  readonly noorLinkId: string
}

/** Ask as somebody of the world. */
export const askAs = (ask: Ask, world: World, standing: Standing): Ask =>
  standing === 'nobody' ? ask : withCookie(ask, world.cookies[standing])

export async function makeWorld({ ask, firstToken }: NewClinic): Promise<World> {
  const cookies: Record<string, string> = { nobody: '' }
  const remembering =
    (standing: Standing): Ask =>
    (path, init = {}) => {
      cookies[standing] = new Headers(init.headers).get('cookie') ?? cookies[standing] ?? ''
      return ask(path, init)
    }
  const joinAs = async (standing: Standing, token: string): Promise<Ask> => {
    const asking = await join(remembering(standing), token, `${standing.toLowerCase()}@example.org`)
    await asking('/api/me')
    return asking
  }
  /** With a second factor, which an emergency asks for. */
  const joinSecured = async (standing: Standing, token: string): Promise<Ask> => {
    const asking = await secure(remembering(standing), await joinAs(standing, token))
    await asking('/api/me')
    return asking
  }
  const administrator = await joinAs('administrator', firstToken)
  const group = async (name: string) =>
    (await expectJson<{ id: string }>(administrator('/api/groups', send('POST', { name })), 201)).id
  const [groupId, otherGroupId] = [await group('Dinsdag'), await group('Vrijdag')]
  const invite = async (role: string, ...groupIds: string[]) =>
    (
      await expectJson<{ token: string }>(
        administrator('/api/invitations', send('POST', { roles: [role], groupIds })),
        201,
      )
    ).token
  const askers = {
    administratorGlass: await joinSecured('administratorGlass', await invite('administrator')),
    supervisor: await joinAs('supervisor', await invite('supervisor', groupId)),
    supervisorOther: await joinAs('supervisorOther', await invite('supervisor', otherGroupId)),
    supervisorGlass: await joinSecured('supervisorGlass', await invite('supervisor', otherGroupId)),
    therapist: await joinAs('therapist', await invite('therapist', groupId)),
    therapistOther: await joinAs('therapistOther', await invite('therapist', otherGroupId)),
    therapistGlass: await joinSecured('therapistGlass', await invite('therapist', otherGroupId)),
    noRole: await joinAs('noRole', await invite('therapist', groupId)),
    therapistLeft: await joinAs('therapistLeft', await invite('therapist', groupId)),
    therapistAgain: await joinAs('therapistAgain', await invite('therapist', groupId)),
  }
  const { therapist, therapistOther } = askers
  const noor = await addClient(therapist, 'Noor')
  const fay = await addClient(therapist, 'Fay')
  const sten = await addClient(therapistOther, 'Sten')
  const clientAsker = async (standing: Standing, staff: Ask, clientId: string) =>
    joinAs(
      standing,
      (await expectJson<{ token: string }>(staff(`/api/clients/${clientId}/invitations`, post), 201)).token,
    )
  const clients = {
    self: await clientAsker('self', therapist, noor),
    fellow: await clientAsker('fellow', therapist, fay),
    stranger: await clientAsker('stranger', therapistOther, sten),
  }
  const reason = 'valt flauw in het bos, wat is haar grens?'
  for (const standing of ['administratorGlass', 'supervisorGlass', 'therapistGlass'] as const)
    await expectJson(askers[standing]('/api/break-glass', send('POST', { clientId: noor, reason })), 201)
  const runs = await addRuns(therapist, noor)
  await expectJson(clients.self(`/api/clients/${noor}/sharing`, send('PUT', { agreed: true })))
  const told = await expectJson<{ items: { id: string }[] }>(
    clients.self(`/api/clients/${noor}/after-runs`, send('POST', { sleepH: 7.5 })),
    201,
  )
  const part = newPart(noor)
  const entries = madeStream(120, () => 120).slice(0, -1)
  await sendStream(therapist, part, entries)
  const personIds: Record<string, string | null> = { nobody: null }
  for (const [standing, asking] of Object.entries({ administrator, ...askers, ...clients }))
    personIds[standing] = (await expectJson<{ personId: string }>(asking('/api/me'))).personId
  const setRoles = (personId: unknown, ...roles: string[]) =>
    expectJson(administrator(`/api/people/${String(personId)}/roles`, send('PUT', { roles })))
  await setRoles(personIds['noRole'])
  await setRoles(personIds['therapistAgain'])
  await setRoles(personIds['therapistAgain'], 'therapist')
  const { items: groups } = await expectJson<{ items: { id: string; staff: { personId: string; role: string }[] }[] }>(
    administrator('/api/groups'),
  )
  for (const { id, staff } of groups) {
    const moved = [personIds['therapistLeft'], personIds['therapistAgain']]
    const here = staff
      .filter(({ personId }) => !moved.includes(personId))
      .map(({ personId, role }) => ({ personId, role }))
    const come = id === otherGroupId ? moved.map((personId) => ({ personId, role: 'therapist' })) : []
    await expectJson(administrator(`/api/groups/${id}/staff`, send('PUT', { staff: [...here, ...come] })))
  }
  const restNotes = await expectJson<{ items: { id: string }[] }>(
    therapist(`/api/clients/${noor}/rest-notes`, send('POST', { kind: 'upset' })),
    201,
  )
  const { items: glasses } = await expectJson<{ items: { id: string }[] }>(
    askers.therapistGlass('/api/break-glass/mine'),
  )
  const made = await expectJson<{ id: string; token: string }>(
    administrator('/api/invitations', send('POST', { roles: ['therapist'], groupIds: [groupId] })),
    201,
  )
  const reset = await expectJson<{ id: string; token: string }>(
    askers.administratorGlass(`/api/people/${personIds['noRole']}/resets`, post),
    201,
  )
  const noorLink = await expectJson<{ id: string }>(therapist(`/api/clients/${noor}/invitations`, post), 201)
  return {
    cookies: cookies as World['cookies'],
    personIds: personIds as World['personIds'],
    noor,
    fay,
    sten,
    ...runs,
    groupId,
    otherGroupId,
    groupRunId: part.groupRunId,
    participationId: part.participationId,
    afterRunId: told.items[0]?.id ?? '',
    restNoteId: restNotes.items[0]?.id ?? '',
    glassId: glasses[0]?.id ?? '',
    ...(await addKeyHolder(ask, await invite('therapist', otherGroupId), administrator)),
    openToken: made.token,
    openLinkId: made.id,
    noorLinkId: noorLink.id,
    resetToken: reset.token,
    resetId: reset.id,
  }
}

const post: RequestInit = { method: 'POST' }

async function addKeyHolder(ask: Ask, token: string, administrator: Ask) {
  const holder = openBrowser(ask, null)
  await join(holder.ask, token, 'keyholder@example.org')
  await enrolPasskey(holder.ask)
  const { personId: keyHolderId } = await expectJson<{ personId: string }>(holder.ask('/api/me'))
  const { items } = await expectJson<{ items: { id: string }[] }>(administrator(`/api/people/${keyHolderId}/passkeys`))
  return { keyHolderId, passkeyId: items[0]?.id ?? '' }
}

async function addClient(asking: Ask, firstName: string): Promise<string> {
  const body = { firstName, birthYear: 1986, watchLevel: 'standard' }
  return (await expectJson<{ id: string }>(asking('/api/clients', send('POST', body)), 201)).id
}

/** 2000-01-01T00:10:00Z in FIT seconds. */
const CLOCK_2000 = 315_619_800

async function addRuns(asking: Ask, clientId: string) {
  const inputs = { manualCeilingBpm: 140 }
  const zone = await expectJson<{ id: string }>(
    asking(`/api/clients/${clientId}/zones`, send('POST', { inputs, reason: 'praattest' })),
    201,
  )
  const ids: string[] = []
  for (const startTime of [START, START + 20, START + 90_000, START + 90_020]) {
    const { results } = await expectJson<{ results: { runId: string }[] }>(
      asking(`/api/clients/${clientId}/runs`, { method: 'POST', body: runForm(startTime) }),
    )
    ids.push(results[0]?.runId ?? '')
  }
  const [runId = '', nearId = '', combinedId = '', otherRunId = ''] = ids
  await expectJson(asking(`/api/clients/${clientId}/runs`, { method: 'POST', body: hardRunForm(Date.now()) }))
  const { results: undated } = await expectJson<{ results: { runId: string }[] }>(
    asking(`/api/clients/${clientId}/runs`, { method: 'POST', body: runForm(CLOCK_2000) }),
  )
  const { items } = await expectJson<{ items: { id: string }[] }>(asking('/api/flags'))
  const again = { method: 'POST', body: runForm(START), headers: { prefer: 'wait=0' } }
  const { id: importId } = await expectJson<{ id: string }>(asking(`/api/clients/${clientId}/runs`, again), 202)
  await expectJson(asking(`/api/runs/${combinedId}/combination`, send('POST', { otherRunId })), 201)
  return {
    runId,
    nearId,
    undatedId: undated[0]?.runId ?? '',
    combinedId,
    importId,
    zoneId: zone.id,
    flagId: items[0]?.id ?? '',
  }
}

/** A run to upload that was hard to its end, an hour before a moment. */
export function hardRunForm(nowMs: number): FormData {
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(hardRun(nowMs))], 'hard.fit'))
  return form
}

/** Its file. */
export function hardRun(nowMs: number): Uint8Array {
  const seconds = kinetics([{ forS: 900, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], 7)
  const startTime = Math.floor(nowMs / 1000) - 3600 - 900 - FIT_EPOCH_S
  return encodeRun(seconds, { startTime })
}
/** 1989-12-31, from which FIT counts. */
const FIT_EPOCH_S = 631_065_600

/** A short run to upload. */
export function runForm(startTime: number): FormData {
  const form = new FormData()
  const seconds = kinetics([{ forS: 400, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], startTime % 97)
  form.append('files', new File([Uint8Array.from(encodeRun(seconds, { startTime }))], `${startTime}.fit`))
  return form
}
