// In a process of its own: the flag holds for all of V8.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const module = fileURLToPath(new URL('../../src/node/young-space.ts', import.meta.url))
const script = `
  const { keepYoungSpaceSmall, letYoungSpaceGrow } = await import(${JSON.stringify(module)})
  const { getHeapSpaceStatistics } = await import('node:v8')
  const youngMb = () => getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size / 1e6
  const work = async () => {
    let kept = []
    for (let i = 0; i < 10e6; i++) {
      kept.push({ i })
      if (kept.length > 100_000) kept = []
      if (i % 50_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return kept.length
  }
  keepYoungSpaceSmall()
  await work()
  const small = youngMb()
  letYoungSpaceGrow()
  await work()
  const grown = youngMb()
  // As V8 does by itself after a while without work.
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const reduced = youngMb()
  await work()
  console.log(JSON.stringify({ small, grown, reduced, again: youngMb() }))
`

it('keeps the space for what is new small until it is let grow, and not larger than is of use; again after a quiet time', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const { small, grown, reduced, again } = JSON.parse(stdout) as Record<'small' | 'grown' | 'reduced' | 'again', number>
  expect(small).toBeLessThan(grown / 4)
  expect(grown).toBeLessThan(80)
  expect(reduced).toBeLessThan(grown / 4)
  expect(again).toBeGreaterThan(reduced * 4)
  expect(again).toBeLessThan(80)
})
