// `years`: practices of 50, 200 and 500 clients with 500 runs and ten thousand lines of log each, served as a clinic serves them.
// Each list is asked again and again, and each job is done beside somebody who goes on asking: what takes longest, what holds up
// others, what grows faster than the practice.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asking, joinFirst } from '../support/first-person.ts'
import type { BenchOptions, BenchReport, Progress, Yardstick } from './report.ts'
import { fillLog } from './years/fill-log.ts'
import { fillStore, type Practice } from './years/fill-store.ts'
import { doAtStart, doJobs } from './years/jobs.ts'
import { findPlaces, listPaths, timeList, type Done, type Timed } from './years/measure.ts'
import { serveYears } from './years/served-years.ts'
import { makeTemplate, type Template } from './years/template.ts'

const PRACTICES: readonly Practice[] = [50, 200, 500].map((clients) => ({
  clients,
  runs: 500,
  lines: clients * 10_000,
}))
const SMOKE: readonly Practice[] = [{ clients: 3, runs: 8, lines: 200 }]
const TIMES = 21
/** Asked every five seconds by each page of whoever reviews. */
const ASKED_ALWAYS = ['news', 'news since']

interface Measured {
  readonly practice: Practice
  readonly lists: readonly Timed[]
  readonly jobs: readonly Done[]
}

export async function benchYears(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  const template = await makeTemplate()
  const measured: Measured[] = []
  for (const practice of smoke ? SMOKE : PRACTICES)
    measured.push(await measurePractice(practice, template, smoke ? 1 : TIMES, progress))
  return toReport(measured)
}

async function measurePractice(practice: Practice, template: Template, times: number, progress: Progress) {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-years-'))
  const path = join(folder, 'calmpace.sqlite')
  const { clients } = practice
  try {
    const first = await serveYears(folder)
    const cookie = await joinFirst(first)
    await first.end()
    progress(`years: making ${clients} clients`)
    const personId = whoIn(path)
    fillStore(path, template, practice, personId, Date.now())
    fillLog(path, practice, personId, Date.now())
    progress(`years: starting with ${clients} clients`)
    const from = performance.now()
    const served = await serveYears(folder)
    const ask = asking(served.url, cookie)
    await ask('/api/me')
    const startedMs = performance.now() - from
    const { peakMb, longestMs } = await served.held()
    const start: Done = {
      what: 'start to the first answer',
      tookMs: startedMs,
      heldMs: longestMs,
      waitedMs: startedMs,
      peakMb,
    }
    const places = findPlaces(path)
    const lists: Timed[] = []
    for (const [what, of] of Object.entries(listPaths(places))) {
      progress(`years: ${clients} clients, ${what}`)
      lists.push(await timeList(served, ask, what, of, times))
    }
    progress(`years: ${clients} clients, jobs`)
    const jobs = [start, ...(await doJobs(served, ask, places))]
    await served.end()
    noteRewrite(path)
    const again = await serveYears(folder)
    jobs.push(...(await doAtStart(again, asking(again.url, cookie), path)))
    await again.end()
    return { practice, lists, jobs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Long ago: no night came since. */
function noteRewrite(path: string): void {
  const sqlite = new DatabaseSync(path)
  sqlite.exec('insert into rewrite_due values (1, 0) on conflict do update set due_ms = 0')
  sqlite.close()
}

function whoIn(path: string): string {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  const id = sqlite.prepare('select id from person').get()?.['id']
  sqlite.close()
  return String(id)
}

function toReport(measured: readonly Measured[]): BenchReport {
  const last = measured.at(-1)
  if (last === undefined) throw new Error('nothing was measured')
  const { clients, runs, lines } = last.practice
  return {
    yardsticks: [...yardsticksOf(last), ...growthOf(measured)],
    tables: [
      {
        head: [
          `lists of ${clients} x ${runs}`,
          'median ms',
          'p95 ms',
          'longest ms',
          ...measured.map((one) => `CPU ms ${sizeOf(one)}`),
        ],
        rows: last.lists.map(({ what, medianMs, p95Ms, longestMs }) => [
          what,
          ...[medianMs, p95Ms, longestMs],
          ...measured.map(({ lists }) => lists.find((one) => one.what === what)?.cpuMs ?? Number.NaN),
        ]),
      },
      {
        head: ['jobs', 'took s', 'held others ms', 'others waited ms', 'peak MB', ...measured.map(sizeOf)],
        rows: last.jobs.map(({ what, tookMs, heldMs, waitedMs, peakMb }) => [
          what,
          ...[tookMs / 1000, heldMs, waitedMs, peakMb],
          ...measured.map(({ jobs }) => (jobs.find((one) => one.what === what)?.tookMs ?? Number.NaN) / 1000),
        ]),
      },
    ],
    notes: [
      `made by SQL from ${measured.length} sizes, ${runs} runs of each client, raw samples of the last 90 days, ${lines} lines of log at most`,
      'each list over HTTP by one who guides all clients, in turn; each job beside GET /api/me every 50 ms',
    ],
  }
}

const sizeOf = ({ practice }: Measured): string => `at ${practice.clients}`

function yardsticksOf({ lists, jobs }: Measured): Yardstick[] {
  const worst = <One>(all: readonly One[], by: (one: One) => number) => Math.max(...all.map(by))
  const always = lists.filter(({ what }) => ASKED_ALWAYS.includes(what))
  const others = lists.filter(({ what }) => !ASKED_ALWAYS.includes(what))
  const check = jobs.find(({ what }) => what === 'check of the log')
  return [
    { what: 'slowest list, p95', value: worst(others, ({ p95Ms }) => p95Ms), must: 'at most', limit: 100, unit: 'ms' },
    { what: 'news, p95', value: worst(always, ({ p95Ms }) => p95Ms), must: 'at most', limit: 20, unit: 'ms' },
    {
      what: 'longest hold of the loop',
      value: worst(jobs, ({ heldMs }) => heldMs),
      must: 'at most',
      limit: 250,
      unit: 'ms',
    },
    { what: 'check of the log', value: (check?.tookMs ?? Number.NaN) / 1000, must: 'at most', limit: 60, unit: 's' },
    { what: 'memory at its peak', value: worst(jobs, ({ peakMb }) => peakMb), must: 'at most', limit: 300, unit: 'MB' },
  ]
}

/** Less than this is no growth, but the machine. */
const LEAST_MS = 20

/** How many times as long what grew most takes, for each time as large as the practice is: nothing may grow faster than it. */
function growthOf(measured: readonly Measured[]): Yardstick[] {
  const [first, last] = [measured[0], measured.at(-1)]
  if (first === undefined || last === undefined || first === last) return []
  const size = last.practice.clients / first.practice.clients
  const growth = last.lists.map(({ what, cpuMs }) => {
    const before = first.lists.find((one) => one.what === what)?.cpuMs ?? Number.NaN
    return Math.max(cpuMs, LEAST_MS) / Math.max(before, LEAST_MS) / size
  })
  return [
    {
      what: 'growth of a list',
      value: Math.max(...growth),
      must: 'at most',
      limit: 1,
      unit: 'times the practice (CPU)',
    },
  ]
}
