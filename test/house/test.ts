// `npm test`, once the packages are there: everything, each part named. A part that cannot run on this machine is
// skipped by name; under CI=true that is a failure.
import { buildPage } from './build-page.ts'
import { check } from './check.ts'
import { bringChromium } from './chromium.ts'
import { failedTests, reportArguments } from './failed-tests.ts'
import { run } from './run.ts'

const { failed: failedChecks, count } = await check()
const failed = [...failedChecks]
const skipped: string[] = []
let parts = count

function part(name: string, work: () => boolean): void {
  console.log(`== ${name}`)
  parts++
  if (!work()) failed.push(name)
}

/** Tests by vitest, of which the failed ones are named once more at the end. */
const tested = (name: string, config: string): void =>
  part(name, () => run('vitest', 'run', '--config', config, '--reporter=default', ...reportArguments(name)))

// Before any test serves it: none is replaced under a server.
part('page build', buildPage)
tested('long tests', 'test/vitest.long.config.ts')
tested('HTTP tests in workerd', 'test/worker/vitest.config.ts')
part('faults', () => run('node', 'test/faults/run.ts'))
const missing = bringChromium()
if (missing === null) part('page in Chromium', () => run('node', 'test/e2e/run.ts'))
else {
  skipped.push('page in Chromium')
  console.log(`skipped: page in Chromium: ${missing}`)
}

part('fuzz and every bench, in little', () => {
  const fuzzed = run('node', 'test/fuzz/run.ts', '--count', '300')
  return run('node', 'test/bench/run.ts', '--smoke') && fuzzed
})

for (const line of failed.flatMap(failedTests)) console.log(`failed: ${line}`)
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`)
const skipFails = process.env['CI'] === 'true' && skipped.length > 0
console.log(`${parts - failed.length} passed, ${failed.length} failed, ${skipped.length} skipped`)
process.exitCode = failed.length === 0 && !skipFails ? 0 : 1
