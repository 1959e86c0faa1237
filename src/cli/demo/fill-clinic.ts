// Fills a served, empty clinic over HTTP, as people would: staff, a group, made clients with limits and plans, eight weeks of their
// runs as files, what they tell and ask, and what became of a flag. Whatever is computed the service computes.
import { zipSync } from 'fflate'
import type { Served } from '../../node/serve.ts'
import { ExpectedError } from '../../store/expected-error.ts'
import { chanceOf } from './chance.ts'
import { DAY_MS, demoClients, DEMO_TIME_ZONE, limitInputs, type DemoClient } from './made-clients.ts'
import { madeFile } from './made-file.ts'
import { checkInsOf, nextGroupRunMs, runsOf } from './made-weeks.ts'
import { begunNote, questions, reasons, resolvedNote, sharedNotes, whatHelped } from './made-words.ts'

const password = 'rustig aan met demo'
export const demoPeople = [
  { name: 'Thea', email: 'thea@demo.example', password, what: 'therapist, supervisor and administrator' },
  { name: 'Anna', email: 'anna@demo.example', password, what: 'client' },
  { name: 'Hilde', email: 'hilde@demo.example', password, what: 'client who knows no stop' },
  { name: 'Maeve', email: 'maeve@demo.example', password, what: 'client who writes English' },
  { name: 'Imre', email: 'imre@demo.example', password, what: 'client who shares little' },
] as const

type Ask = <T>(method: string, path: string, body?: object | FormData) => Promise<T>
type Items<T> = { readonly items: readonly T[] }
interface Added {
  readonly id: string
  readonly client: DemoClient
}
/** Somebody who was filled in. */
interface Filled extends Added {
  /** As the client; null where they have no account. */
  readonly asSelf: Ask | null
}

/** So many clients' files come in at the same time: while one is judged another is written. */
const AT_ONCE = 4
/** What is told of runs: of each second one of the newest, but not yet of the very newest. */
const TOLD_RUNS = 10

/** @param nowMs the runs end here
 *  @throws Error with the server's answer where it refuses something */
export async function fillClinic({ url, firstUrl }: Pick<Served, 'url' | 'firstUrl'>, nowMs: number): Promise<void> {
  if (firstUrl === null) throw new ExpectedError('HAS_PEOPLE', 'this clinic has people already; nobody was made')
  const [thea] = demoPeople
  const ask = await joinBy(url, new URL(firstUrl).hash.slice(1), thea)
  const { personId } = await ask<{ personId: string }>('GET', '/api/me')
  await ask('PUT', `/api/people/${personId}/roles`, { roles: ['administrator', 'therapist', 'supervisor'] })
  const { id: groupId } = await ask<{ id: string }>('POST', '/api/groups', { name: 'Dinsdagochtend' })
  const staff = (['therapist', 'supervisor'] as const).map((role) => ({ personId, role }))
  await ask('PUT', `/api/groups/${groupId}/staff`, { staff })
  const settings = { timeZone: DEMO_TIME_ZONE, ruleSets: ['early_signs'], parameters: {}, seenVersion: 0 }
  await ask('PUT', '/api/settings', { ...settings, reason: 'om te laten zien' })
  const added: Added[] = []
  for (const client of demoClients) added.push({ client, id: await addClient(ask, client, groupId, nowMs) })
  const filled: Filled[] = []
  for (const one of added) filled.push({ ...one, asSelf: await letIn(ask, url, one) })
  const waiting = [...filled]
  const takeNext = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      await uploadRuns(ask, one, personId, nowMs)
      await tellDays(one, nowMs)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
  await talk(ask, filled, nowMs)
  await review(ask)
}

async function addClient(ask: Ask, client: DemoClient, groupId: string, nowMs: number): Promise<string> {
  const { firstName, birthYear, watchLevel } = client
  const { id } = await ask<{ id: string }>('POST', '/api/clients', { firstName, birthYear, watchLevel, groupId })
  for (const limit of client.limits)
    await ask('POST', `/api/clients/${id}/zones`, {
      inputs: limitInputs(limit, nowMs),
      reasonForClient: reasons[client.language][limit.from],
      validFromMs: nowMs - limit.daysAgo * DAY_MS,
    })
  for (const { daysAgo, ...plan } of client.plans)
    await ask('POST', `/api/clients/${id}/plans`, {
      ...plan,
      reason: null,
      reasonForClient: reasons[client.language].plan,
      validFromMs: nowMs - daysAgo * DAY_MS,
    })
  return id
}

/** @returns a way to ask as the client; null where they have no account */
async function letIn(ask: Ask, url: string, { id, client }: Added): Promise<Ask | null> {
  const person = demoPeople.find(({ name }) => name === client.firstName)
  if (person === undefined) return null
  const { token } = await ask<{ token: string }>('POST', `/api/clients/${id}/invitations`)
  return joinBy(url, token, person)
}

async function uploadRuns(ask: Ask, { id, client }: Filled, personId: string, nowMs: number): Promise<void> {
  const files: Record<string, Uint8Array> = {}
  for (const run of runsOf(client, nowMs)) {
    const { name, bytes } = madeFile(run, personId)
    files[name] = bytes
    // Whoever asks for a page meanwhile is answered.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(zipSync(files, { level: 0 }))], 'runs.zip'))
  await ask('POST', `/api/clients/${id}/runs`, form)
}

/** What they tell in the mornings and of runs, which they share; nothing of who does not. */
async function tellDays({ id, client, asSelf }: Filled, nowMs: number): Promise<void> {
  if (asSelf === null || !client.shares) return
  await asSelf('PUT', `/api/clients/${id}/sharing`, { agreed: true })
  for (const checkIn of checkInsOf(client, nowMs)) await asSelf('POST', `/api/clients/${id}/after-runs`, checkIn)
  if (client.story !== 'calm') return
  const { items } = await asSelf<Items<ShownRun>>('GET', `/api/clients/${id}/runs?limit=${TOLD_RUNS}`)
  const helped = whatHelped[client.language]
  for (const [i, run] of items.entries()) {
    if (i % 2 === 0) continue
    const chance = chanceOf('after', client.firstName, i)
    const atMs = Math.round(run.startedAtMs + run.elapsedS * 1000) + 20 * 60_000
    if (atMs > nowMs) continue
    const report = { rpe: chance.whole(4, 8) / 2, whatHelped: helped[(i >> 1) % helped.length], atMs }
    await asSelf('PUT', `/api/runs/${run.id}/after-run`, report)
  }
}

interface ShownRun {
  readonly id: string
  readonly startedAtMs: number
  readonly elapsedS: number
}

/** Questions, answers, shared notes, and what was written down of a rest day. */
async function talk(ask: Ask, filled: readonly Filled[], nowMs: number): Promise<void> {
  const newestRun = async (id: string) => {
    const { items } = await ask<Items<{ id: string }>>('GET', `/api/clients/${id}/runs?limit=1`)
    return items[0]?.id ?? null
  }
  const named = (firstName: string) => filled.find(({ client }) => client.firstName === firstName)
  for (const { from, text, isAboutRun, answer } of questions) {
    const { id, asSelf } = named(from) ?? {}
    if (id === undefined || asSelf === undefined || asSelf === null) continue
    const runId = isAboutRun ? await newestRun(id) : null
    const { items } = await asSelf<Items<{ id: string }>>('POST', `/api/clients/${id}/notes`, { text, runId })
    if (answer !== null) await ask('POST', `/api/clients/${id}/notes`, { text: answer, answers: items[0]?.id })
  }
  for (const { with: firstName, text } of sharedNotes) {
    const { id } = named(firstName) ?? {}
    const said = text.replace('{day}', dayOf(nextGroupRunMs(nowMs)))
    if (id !== undefined) await ask('POST', `/api/clients/${id}/notes`, { text: said, runId: await newestRun(id) })
  }
  for (const { id, client } of filled)
    if (client.story === 'no_stop')
      await ask('POST', `/api/clients/${id}/rest-notes`, { kind: 'upset', atMs: nowMs - 2 * DAY_MS })
}

const dayOf = (atMs: number): string => {
  const day = new Intl.DateTimeFormat('nl', { weekday: 'long', timeZone: DEMO_TIME_ZONE }).format(atMs)
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}`
}

/** Thea is done with the oldest flag of who drifts, and began with another; the rest waits. */
async function review(ask: Ask): Promise<void> {
  const { items } = await ask<Items<DemoFlag>>('GET', '/api/flags?state=waiting&limit=200')
  const names = new Set(demoClients.filter(({ story }) => story === 'drifting').map(({ firstName }) => firstName))
  const [first, second] = items
    .filter(({ firstName }) => names.has(firstName))
    .toSorted((a, b) => a.aboutMs - b.aboutMs || a.kind.localeCompare(b.kind))
  const step = async (flag: DemoFlag | undefined, body: object) => {
    if (flag !== undefined) await ask('POST', `/api/flags/${flag.id}/steps`, { ...body, seenVersion: flag.version })
  }
  await step(first, { act: 'resolve', reason: 'talked', note: resolvedNote })
  await step(second, { act: 'talk', note: begunNote })
}

interface DemoFlag {
  readonly id: string
  readonly kind: string
  readonly firstName: string
  readonly aboutMs: number
  readonly version: number
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
