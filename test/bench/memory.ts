// How much a day-long file needs, measured in a process of its own.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FitEncoder } from '../../fixtures/fit/encoder.ts'
import { fileId, record, seeded, START } from '../../fixtures/fit/made-runs.ts'
import { medianOf } from './timing.ts'

const DAY_S = 86_400
const SMOKE_S = 600

const REPEATS = 5

/** @param smoke once, over ten minutes
 *  @returns growth of peak RSS, MB, from a warmed-up runtime to bytes that became an assessment: the median of several processes,
 *  for when the runtime collects and compiles is not ours to say */
export function measureLongRun(smoke: boolean): number {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  try {
    const path = join(folder, 'day.fit')
    writeFileSync(path, recordWithRr(smoke ? SMOKE_S : DAY_S))
    const grownMb = Array.from({ length: smoke ? 1 : REPEATS }, () => growthOver(path))
    return medianOf(grownMb)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function growthOver(path: string): number {
  const child = fileURLToPath(new URL('memory-child.ts', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [child, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('the memory of a long file could not be measured')
  return Number(stdout)
}

/** A record a second, and every beat between them. */
function recordWithRr(seconds: number): Uint8Array {
  const random = seeded(24)
  const fit = new FitEncoder().message(0, 0, fileId(4))
  fit.message(3, 18, [
    [253, 'u32', START],
    [5, 'enum', 1],
  ])
  let bpm = 110
  let beatMs = 0
  for (let s = 0; s < seconds; s++) {
    bpm = Math.min(160, Math.max(60, bpm + Math.round((random() - 0.5) * 4)))
    fit.message(1, 20, record(START + s, { bpm, speedMPerS: 2, stepsPerMin: 150 }))
    const rrMs: number[] = []
    for (; beatMs < (s + 1) * 1000; beatMs += rrMs.at(-1) ?? 1000)
      rrMs.push(Math.round(60_000 / bpm + (random() - 0.5) * 40))
    if (rrMs.length > 0) fit.message(2, 78, [[0, 'u16', Array.from({ length: 5 }, (_, i) => rrMs[i] ?? 65_535)]])
  }
  return fit.finish()
}
