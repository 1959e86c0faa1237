// The whole of it against a model: the page, its outbox and the server, all of them real, through scripts drawn by chance.
// `MODEL_RUNS=14 npm run e2e -- straps` goes on; `MODEL_SEED=n` begins elsewhere, `MODEL_STEPS` makes each longer.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { assertAgreed } from './agree.ts'
import { beginReal, closeReal, doStep, endReal, type Real } from './real.ts'
import { makeScript, nameOfStep } from './script.ts'

const given = (name: string, fallback: number) => Number(process.env[name] ?? fallback)
const [RUNS, SEED, STEPS] = [given('MODEL_RUNS', 2), given('MODEL_SEED', 1), given('MODEL_STEPS', 12)]

export async function modelRuns(house: House, check: Check): Promise<void> {
  for (let seed = SEED; seed < SEED + RUNS; seed++)
    await check(`everything that was heard is at the server once or told as a hole, script ${seed}`, () =>
      runScript(house, seed),
    )
}

async function runScript(house: House, seed: number): Promise<void> {
  const script = makeScript(seed, STEPS)
  const real = await beginReal(house, mkdtempSync(join(tmpdir(), 'calmpace-model-')), `Model ${seed}`)
  const done: string[] = []
  try {
    for (const step of script.steps) {
      done.push(nameOfStep(step))
      await doStep(real, step)
      await assertOwnNumbers(real)
    }
    done.push('the end')
    await endReal(real, script)
    const { onAir, inHoles } = await assertAgreed(real)
    const { given, answersLost } = real.requests
    console.log(`     ${onAir} sent, ${inHoles} in holes; ${given} requests, ${answersLost} without an answer`)
  } catch (error) {
    throw new Error(`script ${seed}: ${done.join(', ')}`, { cause: error })
  } finally {
    await closeReal(real)
  }
}

/** No tile shows a heart rate that only another runner can have. */
async function assertOwnNumbers({ page, air }: Real): Promise<void> {
  const shown = await page.locator('.tile').evaluateAll((tiles) =>
    tiles.map((tile) => ({
      alias: tile.querySelector('.alias')?.textContent ?? '',
      bpm: Number.parseInt(tile.querySelector('.bpm')?.textContent ?? '', 10),
    })),
  )
  for (const { alias, bpm } of shown) {
    const runner = air.runners.find(({ wearer }) => wearer.alias === alias)
    if (runner === undefined || (!Number.isNaN(bpm) && (bpm < runner.fromBpm || bpm >= runner.belowBpm)))
      throw new Error(`the tile of ${alias} shows ${bpm}`)
  }
}
