// `npm run bench -- NAME… [--json]`: measures against the yardsticks, as ratios within one run. Without a name, all. Exit 1
// where a yardstick is missed, 2 for an unknown name. Tables on standard output, progress on standard error.
import { benchImport } from './import.ts'
import { benchLive } from './live.ts'
import { benchPage } from './page.ts'
import { isMet, toTable, type BenchReport, type Progress } from './report.ts'
import { benchStore } from './store.ts'

const benches: Readonly<Record<string, (progress: Progress) => BenchReport | Promise<BenchReport>>> = {
  import: benchImport,
  store: benchStore,
  live: benchLive,
  page: benchPage,
}

const asked = process.argv.slice(2)
const json = asked.includes('--json')
const names = asked.filter((argument) => argument !== '--json')
const unknown = names.filter((name) => benches[name] === undefined)

if (unknown.length > 0) {
  console.error(`unknown bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')} [--json]`)
  process.exitCode = 2
} else await runAll(names.length > 0 ? names : Object.keys(benches))

async function runAll(names: readonly string[]): Promise<void> {
  const progress: Progress = (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
  }
  for (const name of names) {
    const report = await benches[name]?.(progress)
    progress('')
    if (report === undefined) continue
    console.log(json ? JSON.stringify({ bench: name, ...report }) : toTable(name, report))
    if (!report.yardsticks.every(isMet)) process.exitCode = 1
  }
}
