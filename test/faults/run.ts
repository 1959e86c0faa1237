// `npm run faults -- [NAME…] [--seed N] [--count N]`: what is left after kill -9 and cut connections, and what a crowd does to the others,
// on a real served process.
// A few rounds belong to `npm test`.
import { inspect, parseArgs } from 'node:util'
import type { Check } from '../support/check.ts'
import { batches } from './batches.ts'
import { crowd } from './crowd.ts'
import { heavy } from './heavy.ts'
import { importExport } from './import-export.ts'
import { operations } from './operations.ts'
import { reads } from './reads.ts'
import { rights } from './rights.ts'

/** One fact: its title, and what must not throw. */

const kinds: Readonly<Record<string, (check: Check, seed: number) => Promise<void>>> = {
  crowd,
  heavy,
  'import-export': importExport,
  reads,
  rights,
  batches,
  operations,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, count: { type: 'string' } },
})
const unknown = positionals.filter((name) => kinds[name] === undefined)
if (unknown.length > 0) {
  console.error(`There are no faults called ${unknown.join(', ')}: there are ${Object.keys(kinds).join(', ')}.`)
  process.exit(2)
}
const firstSeed = Number(values.seed ?? 1)
const count = Number(values.count ?? 1)
let passed = 0
let failed = 0

for (let seed = firstSeed; seed < firstSeed + count; seed++) {
  const check: Check = async (title, work) => {
    try {
      await work()
      passed++
      console.log(`  ok ${title} (seed ${seed})`)
    } catch (error) {
      failed++
      console.log(`  FAILED ${title} (seed ${seed})\n${inspect(error)}`)
    }
  }
  for (const [name, work] of Object.entries(kinds))
    if (positionals.length === 0 || positionals.includes(name)) await work(check, seed)
}
console.log(`faults: ${passed} passed, ${failed} failed`)
// A check that failed may have left a server behind, which would hold this up for ever.
process.exit(failed === 0 ? 0 : 1)
