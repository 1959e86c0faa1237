// Asks each list of a practice a number of times, and does each job beside somebody who goes on asking.
import { DatabaseSync } from 'node:sqlite'
import { quantileOf } from '../timing.ts'
import type { ServedYears } from './served-years.ts'

export interface Timed {
  readonly what: string
  readonly medianMs: number
  readonly p95Ms: number
  readonly longestMs: number
  /** Of the server's processor, in the mean: what else the machine does is no part of it. */
  readonly cpuMs: number
}
export interface Done {
  readonly what: string
  readonly tookMs: number
  /** The longest that the event loop was held. */
  readonly heldMs: number
  /** The longest that somebody waited who asked who they are. */
  readonly waitedMs: number
  readonly peakMb: number
}
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** Somebody asks this often beside a job. */
const ASK_EVERY_MS = 50

export interface Places {
  readonly clientIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly flagIds: readonly string[]
  readonly runIds: readonly string[]
}

/** Some of each, over all of the practice. */
export function findPlaces(path: string): Places {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  const ids = (query: string) =>
    sqlite
      .prepare(query)
      .all()
      .map((row) => String(row['id']))
  const places = {
    clientIds: ids('select id from client order by first_name, id'),
    groupIds: ids('select id from care_group order by id'),
    flagIds: ids(`select id from flag where state = 'open' order by id limit 200`),
    runIds: ids('select id from run order by started_at_ms desc limit 200'),
  }
  sqlite.close()
  return places
}

/** Each list of the service, and what a page asks every few seconds. */
export function listPaths({
  clientIds,
  groupIds,
  flagIds,
  runIds,
}: Places): Readonly<Record<string, (i: number) => string>> {
  const some = (ids: readonly string[]) => (i: number) => ids[(i * 37) % ids.length] ?? ''
  const [client, group, flag, run] = [some(clientIds), some(groupIds), some(flagIds), some(runIds)]
  return {
    clients: () => '/api/clients',
    'clients, 200': () => '/api/clients?limit=200',
    'one client': (i) => `/api/clients/${client(i)}`,
    'runs of a client': (i) => `/api/clients/${client(i)}/runs`,
    'runs, 200': (i) => `/api/clients/${client(i)}/runs?limit=200`,
    patterns: (i) => `/api/clients/${client(i)}/patterns`,
    zones: (i) => `/api/clients/${client(i)}/zones`,
    notes: (i) => `/api/clients/${client(i)}/notes`,
    'flags of a client': (i) => `/api/clients/${client(i)}/flags`,
    groups: () => '/api/groups',
    'weeks of a group': (i) => `/api/groups/${group(i)}/patterns`,
    roster: (i) => `/api/groups/${group(i)}/roster`,
    run: (i) => `/api/runs/${run(i)}`,
    flags: () => '/api/flags',
    'flags, all': () => '/api/flags?state=all',
    'flags, resolved': () => '/api/flags?state=resolved',
    'flags of a group': (i) => `/api/flags?groupId=${group(i)}`,
    'a flag': (i) => `/api/flags/${flag(i)}`,
    'rules of flags': () => '/api/flags/rules',
    news: () => '/api/flags/news',
    'news since': () => '/api/flags/news?afterSeq=1000000000',
    people: () => '/api/people',
    'the log': () => '/api/audit',
    'the log of a client': (i) => `/api/audit?clientId=${client(i)}`,
    'the log of a person': () => '/api/audit?personId=staff-1',
    'the log of a rare act': () => '/api/audit?action=data.erase',
  }
}

export async function timeList(
  served: ServedYears,
  ask: Ask,
  what: string,
  path: (i: number) => string,
  times: number,
): Promise<Timed> {
  await served.held()
  const ms: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    const response = await ask(path(i))
    await response.arrayBuffer()
    ms.push(performance.now() - from)
    if (!response.ok) throw new Error(`${path(i)}: ${response.status}`)
  }
  return {
    what,
    medianMs: quantileOf(ms, 0.5),
    p95Ms: quantileOf(ms, 0.95),
    longestMs: Math.max(...ms),
    cpuMs: (await served.held()).cpuMs / times,
  }
}

/** Do something while somebody asks who they are, again and again. */
export async function doBeside(served: ServedYears, ask: Ask, what: string, work: () => Promise<void>): Promise<Done> {
  await served.held()
  let goesOn = true
  const waits: number[] = []
  const asking = (async () => {
    while (goesOn) {
      const from = performance.now()
      await (await ask('/api/me')).arrayBuffer()
      waits.push(performance.now() - from)
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    }
  })()
  const from = performance.now()
  await work().finally(() => (goesOn = false))
  const tookMs = performance.now() - from
  await asking
  const { longestMs, peakMb } = await served.held()
  return { what, tookMs, heldMs: longestMs, waitedMs: Math.max(0, ...waits), peakMb }
}
