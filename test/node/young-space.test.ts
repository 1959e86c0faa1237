// In a process of its own: the flag holds for all of V8.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const module = fileURLToPath(new URL('../../src/node/young-space.ts', import.meta.url))
const script = `
  const { keepYoungSpaceSmall, letYoungSpaceGrow } = await import(${JSON.stringify(module)})
  const { getHeapSpaceStatistics } = await import('node:v8')
  const youngMb = () => getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size / 1e6
  const work = () => {
    let kept = []
    for (let i = 0; i < 2e6; i++) {
      kept.push({ i })
      if (kept.length > 200_000) kept = []
    }
    return kept.length
  }
  keepYoungSpaceSmall()
  work()
  const small = youngMb()
  letYoungSpaceGrow()
  work()
  console.log(JSON.stringify([small, youngMb()]))
`

it('keeps the space for what is new small until it is let grow', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const [small = Infinity, grown = 0] = JSON.parse(stdout) as number[]
  expect(small).toBeLessThan(grown / 4)
})
