// `npm run e2e -- NAME…`: the page in a real Chromium against a real server. Without a name, every suite but the longest. Two go side by
// side, each in a process of its own with a server, a browser and a radio of its own: most of the time they wait.
import { inspect } from 'node:util'
import type { Check } from '../support/check.ts'
import { buildPage } from '../house/build-page.ts'
import { findChromium } from '../house/chromium.ts'
import { runQuietly } from '../house/run.ts'
import { openHouse, type House, type RadioKind } from './house.ts'
import { firstRun } from './first-run.ts'
import { groupRunSuite, wholeGroupRunSuite } from './group-run/suite.ts'
import { importMany } from './import.ts'
import { linksSuite } from './links.ts'
import { myRunsSuite } from './my-runs.ts'
import { offlineSuite } from './offline.ts'
import { outboxSuite } from './outbox/suite.ts'
import { pageSuite } from './page.ts'
import { reviewSuite } from './review/suite.ts'
import { peopleSuite } from './people.ts'
import { secondPersonSuite } from './second-person.ts'
import { secondStepSuite } from './second-step.ts'
import { signOutSuite } from './sign-out.ts'
import { thisPhoneSuite } from './this-phone.ts'
import { storedScript } from './stored-script.ts'
import { strapsDriver } from './straps/driver.ts'

interface Suite {
  readonly run: (house: House, check: Check) => Promise<void>
  /** Nobody has joined yet. */
  readonly empty?: boolean
  /** Over a simulated radio. */
  readonly radio?: RadioKind
  /** Back brings a page whole, as it was left. */
  readonly putsAway?: boolean
  /** Measures how soon something happens: nothing beside it. */
  readonly alone?: boolean
  /** Too long for `npm test`. */
  readonly byNameOnly?: boolean
}
const suites: Readonly<Record<string, Suite>> = {
  'first-run': { run: firstRun },
  import: { run: importMany },
  people: { run: peopleSuite, empty: true },
  'second-step': { run: secondStepSuite, empty: true },
  links: { run: linksSuite },
  page: { run: pageSuite },
  'stored-script': { run: storedScript },
  straps: { run: wholeGroupRunSuite, radio: 'full', byNameOnly: true },
  'straps-short': { run: groupRunSuite('full'), radio: 'full' },
  'straps-stock': { run: groupRunSuite('stock'), radio: 'stock' },
  'straps-driver': { run: strapsDriver, radio: 'full', alone: true },
  'straps-driver-stock': { run: strapsDriver, radio: 'stock', alone: true },
  'my-runs': { run: myRunsSuite, empty: true },
  review: { run: reviewSuite, empty: true },
  'second-person': { run: secondPersonSuite, radio: 'full' },
  offline: { run: offlineSuite },
  outbox: { run: outboxSuite },
  'sign-out': { run: signOutSuite, empty: true, putsAway: true },
  'this-phone': { run: thisPhoneSuite },
}

const LANES = 2

const given = process.argv.slice(2)
const names = given.length > 0 ? given : Object.keys(suites).filter((name) => suites[name]?.byNameOnly !== true)
const unknown = names.filter((name) => suites[name] === undefined)
if (unknown.length > 0) {
  console.error(`unknown suite: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`)
  process.exitCode = 2
} else if (findChromium() === null || !buildPage()) {
  console.log('skipped: e2e (no Chromium, or no page)')
  process.exitCode = 1
} else {
  const [only = ''] = names
  const [passed, failed] = names.length === 1 ? await runSuite(only, suites[only]) : await runAll(names)
  console.log(`e2e: ${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** @returns how many checks passed and failed */
async function runAll(all: readonly string[]): Promise<readonly [passed: number, failed: number]> {
  const total = [0, 0]
  const lane = async (queue: string[]) => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const { said } = await runQuietly('node', 'test/e2e/run.ts', name)
      const counts = /^e2e: (\d+) passed, (\d+) failed$/m.exec(said)
      console.log(said.replace(/\n?^e2e: .*$/m, ''))
      total[0] += Number(counts?.[1] ?? 0)
      // One that came to no end is one that failed.
      total[1] += Number(counts?.[2] ?? 1)
    }
  }
  const together = all.filter((name) => suites[name]?.alone !== true)
  await Promise.all(Array.from({ length: LANES }, () => lane(together)))
  await lane(all.filter((name) => suites[name]?.alone === true))
  return [total[0] ?? 0, total[1] ?? 0]
}

async function runSuite(name: string, suite: Suite | undefined): Promise<readonly [passed: number, failed: number]> {
  if (suite === undefined) return [0, 1]
  let [passed, failed] = [0, 0]
  const house = await openHouse({
    empty: suite.empty ?? false,
    radio: suite.radio ?? null,
    putsAway: suite.putsAway ?? false,
  })
  const suiteFromMs = Date.now()
  const check: Check = async (title, work) => {
    const fromMs = Date.now()
    try {
      await work()
      passed++
      console.log(`  ok ${name}: ${title}${took(fromMs)}`)
    } catch (error) {
      failed++
      console.log(`  FAILED ${name}: ${title}\n${tell(error)}\n${await house.whatIsShown().catch(String)}`)
    }
  }
  try {
    await suite.run(house, check)
  } catch (error) {
    failed++
    console.log(`  FAILED ${name}: broke off\n${tell(error)}`)
  } finally {
    await house.close()
    console.log(`  ${name} took ${Math.round((Date.now() - suiteFromMs) / 1000)} s`)
  }
  return [passed, failed]
}

function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? `${error.stack}` : `${error.stack}\n${inspect(error.cause)}`
}

/** Says what a check cost where somebody would wait for it. */
function took(fromMs: number): string {
  const seconds = Math.round((Date.now() - fromMs) / 1000)
  return seconds < 3 ? '' : ` (${seconds} s)`
}
