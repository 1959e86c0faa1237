// Fills a served, empty clinic over HTTP: staff, a group, ten made clients with limits, and eight weeks of their runs.
import { zipSync } from 'fflate'
import type { Served } from '../../node/serve.ts'
import { ExpectedError } from '../../store/expected-error.ts'
import { checkInsOf, demoClients, demoPlan, runsOf, type DemoClient } from './made-clients.ts'
import { madeStreamFile } from './made-stream.ts'

/** Before the first of the eight weeks. */
const AGREED_DAYS_AGO = 60
const password = 'rustig aan met demo'
export const demoPeople = [
  { name: 'Thea', email: 'thea@demo.example', password, what: 'therapist, supervisor and administrator' },
  { name: 'Anna', email: 'anna@demo.example', password, what: 'client' },
  { name: 'Hilde', email: 'hilde@demo.example', password, what: 'client who knows no stop' },
] as const

type Ask = <T>(method: string, path: string, body?: object | FormData) => Promise<T>

/** @param nowMs the runs end here
 *  @throws Error with the server's answer where it refuses something */
export async function fillClinic({ url, firstUrl }: Pick<Served, 'url' | 'firstUrl'>, nowMs: number): Promise<void> {
  if (firstUrl === null) throw new ExpectedError('HAS_PEOPLE', 'this clinic has people already; nobody was made')
  const [thea, ...clients] = demoPeople
  const ask = await joinBy(url, new URL(firstUrl).hash.slice(1), thea)
  const { personId } = await ask<{ personId: string }>('GET', '/api/me')
  await ask('PUT', `/api/people/${personId}/roles`, { roles: ['administrator', 'therapist', 'supervisor'] })
  const { id: groupId } = await ask<{ id: string }>('POST', '/api/groups', { name: 'Dinsdagochtend' })
  const staff = (['therapist', 'supervisor'] as const).map((role) => ({ personId, role }))
  await ask('PUT', `/api/groups/${groupId}/staff`, { staff })
  const settings = { timeZone: 'Europe/Amsterdam', ruleSets: ['early_signs'], parameters: {}, seenVersion: 0 }
  await ask('PUT', '/api/settings', { ...settings, reason: 'om te laten zien' })
  for (const [number, client] of demoClients.entries()) {
    const id = await addClient(ask, client, { groupId, personId }, number, nowMs)
    const person = clients.find(({ name }) => name === client.firstName)
    if (person === undefined) continue
    const { token } = await ask<{ token: string }>('POST', `/api/clients/${id}/invitations`)
    await tellDays(await joinBy(url, token, person), id, client, nowMs)
  }
}

async function addClient(
  ask: Ask,
  client: DemoClient,
  { groupId, personId }: { readonly groupId: string; readonly personId: string },
  number: number,
  nowMs: number,
): Promise<string> {
  const { firstName, birthYear, watchLevel, ceilingBpm } = client
  const { id } = await ask<{ id: string }>('POST', '/api/clients', { firstName, birthYear, watchLevel, groupId })
  const inputs = { manualCeilingBpm: ceilingBpm }
  await ask('POST', `/api/clients/${id}/zones`, { inputs, reasonForClient: 'praattest samen gedaan' })
  await ask('POST', `/api/clients/${id}/plans`, {
    ...demoPlan,
    reason: null,
    reasonForClient: 'samen afgesproken',
    validFromMs: nowMs - AGREED_DAYS_AGO * 86_400_000,
  })
  const files = runsOf(client, nowMs).map((run, i): [string, Uint8Array] => [
    `${new Date(run.startedAtMs).toISOString().slice(0, 10)}-${i + 1}.cprs`,
    madeStreamFile(run, number * 1000 + i, personId),
  ])
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(zipSync(Object.fromEntries(files), { level: 1 }))], 'runs.zip'))
  await ask('POST', `/api/clients/${id}/runs`, form)
  return id
}

/** What they tell in the mornings, which they share. */
async function tellDays(ask: Ask, id: string, client: DemoClient, nowMs: number): Promise<void> {
  await ask('PUT', `/api/clients/${id}/sharing`, { agreed: true })
  for (const checkIn of checkInsOf(client, nowMs)) await ask('POST', `/api/clients/${id}/after-runs`, checkIn)
}

/** Join by an invitation. @returns a way to ask as that person */
async function joinBy(url: string, token: string, { name, email }: (typeof demoPeople)[number]): Promise<Ask> {
  let cookie = ''
  const ask: Ask = async <T>(method: string, path: string, body?: object | FormData) => {
    const isForm = body instanceof FormData
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    const session = response.headers.getSetCookie().find((one) => one.includes('session_token'))
    if (session !== undefined) cookie = session.split(';')[0] ?? ''
    return (text === '' ? null : JSON.parse(text)) as T
  }
  await ask('POST', '/api/join', { token, name, email, password })
  return ask
}
