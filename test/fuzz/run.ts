// `npm run fuzz [-- --seed N --count N]`: damaged files by the hundred thousand, fixtures and (where it is there) corpus; each fifth
// case damages no bytes but the rows and times of a made run.
// Each case has a seed of its own, one up from the case before: a fault names the command that shows it again.
import { parseArgs } from 'node:util'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { findFault, type KnownFile } from '../support/damage-check.ts'
import { damage } from '../support/mutations.ts'
import { findRowFault, goodRows } from '../support/row-check.ts'
import { damageRows } from '../support/row-mutations.ts'
import { knownFiles } from '../support/known-files.ts'

const PART = 1000
const ROWS_EVERY = 5
const MOST_FAULTS = 20
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100000' } },
})
const [first, count] = [Number(values.seed), Number(values.count)]

if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1) {
  console.error('usage: npm run fuzz -- [--seed N] [--count N]')
  process.exitCode = 2
} else process.exitCode = fuzz() === 0 ? 0 : 1

/** @returns how many faults there were */
function fuzz(): number {
  const files = knownFiles(Infinity)
  let faults = 0
  for (let seed = first; seed < first + count && faults < MOST_FAULTS; seed++) {
    const random = seeded(seed)
    const { what, fault } = seed % ROWS_EVERY === 0 ? tryRows(random) : tryBytes(files, random)
    if (fault !== null) {
      faults++
      console.log(`${what}: ${fault}\n  npm run fuzz -- --seed ${seed} --count 1`)
    }
    if ((seed - first + 1) % PART === 0) console.error(`${seed - first + 1} of ${count}, ${faults} faults`)
  }
  console.log(`${count} damaged files from ${files.length} whole ones, seed ${first}: ${faults} faults`)
  return faults
}

interface Tried {
  readonly what: string
  readonly fault: string | null
}

function tryBytes(files: readonly KnownFile[], random: () => number): Tried {
  const file = files[Math.floor(random() ** 2 * files.length)]
  if (file === undefined) return { what: 'nothing', fault: null }
  const { kind, bytes } = damage(file.bytes, random)
  return { what: `${file.name}, ${kind}`, fault: faultOf(() => findFault(file, bytes)) }
}

function tryRows(random: () => number): Tried {
  const { kind, rows } = damageRows(goodRows[Math.floor(random() * goodRows.length)] ?? [], random)
  return { what: `a made run, ${kind}`, fault: faultOf(() => findRowFault(rows)) }
}

function faultOf(work: () => string | null): string | null {
  try {
    return work()
  } catch (error) {
    return `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}
