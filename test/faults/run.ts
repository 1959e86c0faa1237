// `npm run faults -- [--seed N] [--count N]`: what is left after kill -9 and cut connections, and what a crowd does to the others,
// on a real served process.
// A few rounds belong to `npm test`.
import { parseArgs } from 'node:util'
import { batches } from './batches.ts'
import { crowd } from './crowd.ts'
import { importExport } from './import-export.ts'
import { rights } from './rights.ts'

/** One fact: its title, and what must not throw. */
export type Check = (title: string, work: () => Promise<void>) => Promise<void>

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } })
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
      console.log(`  FAILED ${title} (seed ${seed})\n${error instanceof Error ? error.stack : String(error)}`)
    }
  }
  await crowd(check)
  await importExport(check, seed)
  await rights(check, seed)
  await batches(check, seed)
}
console.log(`faults: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
