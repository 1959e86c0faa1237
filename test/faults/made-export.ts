// An export of years, made: two thousand files, most of them no runs, some runs in a zip of their own.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { encodeRun, kinetics, seeded, START, walkRun } from '../../fixtures/fit/made-runs.ts'
import { root } from '../house/run.ts'

const RUNS = 240
const SETTINGS = 1360
const PHOTOS = 400
const PHOTO_BYTES = 90_000

/** @returns a zip of 2,000 files in and under it (the inner zip not counted), some 40 MB, and how many of them are runs */
export function makeExport(seed: number): { readonly zip: Uint8Array<ArrayBuffer>; readonly runs: number } {
  const random = seeded(seed)
  const settings = readFileSync(join(root, 'fixtures/fit/settings.fit'))
  const outer: Zippable = {}
  const inner: Zippable = {}
  for (let i = 0; i < RUNS; i++) {
    const seconds = kinetics(walkRun, seed + i).slice(0, 600 + Math.floor(random() * 600))
    // Two of them start within two minutes of the one before: near duplicates.
    const startTime = START - i * 86_400 + (i % 100 === 7 ? 86_400 + 45 : 0)
    const bytes = encodeRun(seconds, { startTime })
    if (i % 3 === 0) inner[`more/${i}.fit`] = bytes
    else outer[`activities/${i}.fit`] = bytes
  }
  for (let i = 0; i < SETTINGS; i++) outer[`monitor/${i}.fit`] = settings
  const photo = Uint8Array.from({ length: PHOTO_BYTES }, () => random() * 256)
  for (let i = 0; i < PHOTOS; i++) outer[`media/${i}.jpg`] = [photo, { level: 0 }]
  outer['UploadedFiles.zip'] = [zipSync(inner), { level: 0 }]
  return { zip: zipSync(outer, { level: 1 }), runs: RUNS }
}
