// A served calmpace in a process of its own that tells, when it is asked, how long its event loop was held, what memory and
// what of the processor it took since it was asked last: for years.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { keepYoungSpaceSmall } from '../../../src/node/young-space.ts'

export interface Held {
  readonly longestMs: number
  readonly peakMb: number
  /** Of the processor, all threads of it. */
  readonly cpuMs: number
}

const [dataFolder = ''] = process.argv.slice(2)
const held = monitorEventLoopDelay({ resolution: 5 })
held.enable()
let since = process.cpuUsage()
const environment = { port: 0, dataFolder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
// As `calmpace serve` begins.
keepYoungSpaceSmall()
const { serve } = await import('../../../src/node/serve.ts')
const { url, firstUrl, close } = await serve(environment, undefined, { isNew: true })
process.send?.({ url, firstUrl })
process.on('message', (word) => {
  if (word === 'end') return void close().then(() => process.exit(0))
  const { user, system } = process.cpuUsage(since)
  since = process.cpuUsage()
  process.send?.({
    longestMs: held.max / 1e6,
    peakMb: takePeakMb(),
    cpuMs: (user + system) / 1000,
  } satisfies Held)
  held.reset()
})

/** Linux tells the peak of this process and forgets it when asked to; elsewhere it is what there is now. */
function takePeakMb(): number {
  if (process.platform !== 'linux') return process.memoryUsage().rss / 2 ** 20
  const [, peakKb] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  writeFileSync('/proc/self/clear_refs', '5')
  return Number(peakKb) / 1024
}
