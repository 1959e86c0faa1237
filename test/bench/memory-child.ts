// Reads and judges one file in a process of its own and prints by how many MB its peak memory grew: for memory.ts.
import { readFileSync } from 'node:fs'
import { fitFixtures } from '../../fixtures/fit/files.ts'
import { assess } from '../../src/domain/assess.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'

const [path = ''] = process.argv.slice(2)
const read = (bytes: Uint8Array) => {
  const reading = readFit(bytes)
  if (!reading.ok) throw new Error(reading.code)
  return reading.recordings.map((recording) =>
    assess(recording, { source: 'manual', ceilingBpm: 130, floorBpm: null, hardBpm: 155 }),
  )
}

/** `maxRSS` starts from what the parent needed before it became this process; Linux also tells this process' own. */
function peakKb(): number {
  const own = process.platform === 'linux' ? /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) : null
  return own === null ? process.resourceUsage().maxRSS : Number(own[1])
}

const warmers = ['calm-run', 'too-hard-run', 'rr-intervals', 'wrist-cadence-lock'].map((name) =>
  fitFixtures[name]?.make(),
)
for (let i = 0; i < 200; i++) for (const bytes of warmers) if (bytes !== undefined) read(bytes)
const before = peakKb()
read(readFileSync(path))
console.log((peakKb() - before) / 1024)
