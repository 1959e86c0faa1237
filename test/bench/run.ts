// `npm run bench -- NAME… [--json] [--seeds N] [--kinds a,b] [--smoke]`: measures against the yardsticks, as ratios within one run.
// Without a name, all. Exit 1 where a yardstick is missed, 2 for an unknown name. `--smoke` runs each in little, whatever it
// measures: exit 1 only where one fails. Tables on standard output, progress on
// standard error.
import { parseArgs } from 'node:util'
import { findChromium } from '../house/chromium.ts'
import { benchHttp } from './http.ts'
import { benchImport } from './import.ts'
import { benchLive } from './live.ts'
import { benchPage } from './page.ts'
import { isMet, toTable, type BenchOptions, type BenchReport, type Progress } from './report.ts'
import { benchStart } from './start.ts'
import { benchStore } from './store.ts'
import { benchWeeks } from './weeks.ts'
import { benchYears } from './years.ts'

type Bench = (progress: Progress, options: BenchOptions) => BenchReport | Promise<BenchReport>
const benches: Readonly<Record<string, Bench>> = {
  import: benchImport,
  store: benchStore,
  http: benchHttp,
  live: benchLive,
  page: benchPage,
  start: benchStart,
  weeks: benchWeeks,
  years: benchYears,
}
/** Others need no more than this clone. */
const inBrowser: ReadonlySet<string> = new Set(['live', 'page'])

const { values: given, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    smoke: { type: 'boolean' },
    seeds: { type: 'string' },
    kinds: { type: 'string' },
  },
})
const smoke = given.smoke === true
const options: BenchOptions = {
  smoke,
  ...(given.seeds === undefined ? {} : { seeds: Math.max(1, Math.floor(Number(given.seeds) || 1)) }),
  ...(given.kinds === undefined ? {} : { kinds: given.kinds.split(',') }),
}
const unknown = names.filter((name) => benches[name] === undefined)

if (unknown.length > 0) {
  console.error(
    `unknown bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')} [--json] [--seeds N] [--kinds a,b] [--smoke]`,
  )
  process.exitCode = 2
} else await runAll(names.length > 0 ? names : Object.keys(benches))

async function runAll(names: readonly string[]): Promise<void> {
  const progress: Progress = (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
  }
  for (const name of names) {
    if (smoke && inBrowser.has(name) && findChromium() === null) {
      console.log(`skipped: ${name}: there is no Chromium`)
      continue
    }
    const report = await benches[name]?.(progress, options)
    progress('')
    if (report === undefined) continue
    if (smoke) {
      console.log(`bench ${name}: runs\n${report.notes.map((note) => `- ${note}`).join('\n')}`)
      continue
    }
    console.log(given.json === true ? JSON.stringify({ bench: name, ...report }) : toTable(name, report))
    if (!report.yardsticks.every(isMet)) process.exitCode = 1
  }
}
