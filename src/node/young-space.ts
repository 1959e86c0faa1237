// V8's space for what is new: it grows to 128 MB, most of which stands empty ever after in a server that does little. Whoever starts a
// process that serves keeps it small while modules load; once it is ready, `serve` lets it grow to what many requests at once need. V8
// takes a highest size from the command line alone, which belongs to whoever starts us.
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** product choice, of both its halves: of a request with its 1.5 ms, V8 takes 0.08 ms to empty it at 128 MB, and 0.12 ms at 16. */
const ENOUGH_BYTES = 32 * 2 ** 20

const growBy = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`)

/** Before the modules of the server are loaded. It costs a tenth of a second of the start, and saves some 40 MB for as long as nobody
 *  asks for much. */
export const keepYoungSpaceSmall = (): void => growBy(1)

/** Once the server is ready. It is looked at each time that V8 has collected; within one long piece of work it may grow further. For as
 *  long as the process lives: V8 makes it small again where nobody asks for long, and what was not let grow then stayed so: a request
 *  took 1.5 times as long from then on, in collecting. */
export function letYoungSpaceGrow(): void {
  let factor = 2
  growBy(factor)
  const observer = new PerformanceObserver(() => {
    const { space_size = 0 } = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space') ?? {}
    const fitting = space_size < ENOUGH_BYTES ? 2 : 1
    if (fitting !== factor) growBy((factor = fitting))
  })
  observer.observe({ entryTypes: ['gc'] })
}
