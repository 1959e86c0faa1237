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
  console.log(JSON.stringify([small, youngMb()]))
`

it('keeps the space for what is new small until it is let grow, and not larger than is of use', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const [small = Infinity, grown = 0] = JSON.parse(stdout) as number[]
  expect(small).toBeLessThan(grown / 4)
  expect(grown).toBeLessThan(80)
})
