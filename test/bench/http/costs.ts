// What mixed reads cost the service, and what they cost a bare app: processor time of the server's own process, turn by turn, so that a
// busy moment of the machine meets both.
import type { BenchReport, Progress } from '../report.ts'
import { medianOf } from '../timing.ts'
import { openConnections, type ChildServer } from './child-server.ts'
import type { Clinic } from './clinic.ts'
import { allKinds, costOf, readMixed, type Cost } from './reads.ts'

/** A small practice at its busiest moment. */
export const READERS = 8
const ROUNDS = 7
const READS_A_ROUND = 800
/** A service runs for months. Until some 10,000 reads the engine still compiles what it runs: after 6,000 it compiled 170 functions more
 *  within the next 4,000 (`--trace-opt`), in processor time that is the server's. */
const WARM_READS = 12_000
const READS_OF_A_KIND = 400

export async function measureCosts(
  progress: Progress,
  clinic: Clinic,
  [service, bare]: readonly [ChildServer, ChildServer],
  smoke: boolean,
): Promise<Omit<BenchReport, 'notes'>> {
  const asked = [service, bare].map((server) => {
    const { ask, close } = openConnections(server.url, () => clinic.cookie)
    const cost = (kinds: typeof allKinds, reads: number) =>
      costOf(server, () => readMixed(ask, clinic, kinds, READERS, (count) => count < reads))
    return { cost, close }
  })
  const costs: Cost[][] = asked.map(() => [])
  const rounds = smoke ? 1 : ROUNDS
  for (let round = 0; round <= rounds; round++) {
    progress(`http: mixed reads, round ${round} of ${rounds}`)
    const reads = smoke ? allKinds.length : round === 0 ? WARM_READS : READS_A_ROUND
    for (let k = 0; k < asked.length; k++) {
      const which = (k + round) % asked.length
      const cost = await asked[which]?.cost(allKinds, reads)
      // The first round warms both up.
      if (cost !== undefined && round > 0) costs[which]?.push(cost)
    }
  }
  const rows: (string | number)[][] = []
  for (const kind of smoke ? [] : allKinds) {
    progress(`http: ${kind}`)
    const each: Cost[] = []
    for (const { cost } of asked) each.push(await cost([kind], READS_OF_A_KIND))
    const [own, other] = [each[0]?.cpuMs ?? Number.NaN, each[1]?.cpuMs ?? Number.NaN]
    rows.push([kind, own, other, own / other])
  }
  for (const { close } of asked) close()
  const of = (which: number, what: keyof Cost) => medianOf((costs[which] ?? []).map((cost) => cost[what]))
  const [ownMs, bareMs] = [of(0, 'cpuMs'), of(1, 'cpuMs')]
  rows.push(['all, mixed', ownMs, bareMs, ownMs / bareMs])
  const unit = 'times'
  return {
    yardsticks: [
      { what: 'mixed reads against a bare app', value: ownMs / bareMs, must: 'at most', limit: 2.5, unit },
      { what: '… per core', value: 1000 / ownMs, must: 'at least', limit: 450, unit: 'a second' },
    ],
    tables: [
      { head: ['reads', 'CPU ms each', 'bare app', 'times'], rows },
      {
        head: ['by the clock', 'a second'],
        rows: [
          ['service', of(0, 'perSecond')],
          ['bare app', of(1, 'perSecond')],
        ],
      },
    ],
  }
}
