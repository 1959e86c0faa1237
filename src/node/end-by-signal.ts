// Ends the server after a signal: running work finishes first, for as long as whoever stops it waits. A second signal ends it at once.
import { isRewriting } from './compact.ts'

/** A terminal sends Ctrl-C to every process of its group, and npm sends it on once more: that is one word, not two. */
const SAME_WORD_MS = 1000

/** product choice: less than the 20 s after which systemd kills (docs/operations.md). What takes longer begins anew at the next start. */
export const STOP_MS = 15_000

type Signal = 'SIGTERM' | 'SIGINT'
/** Why it does not wait for work to finish. */
export type Hurry = 'second_signal' | 'takes_long'

/** On the first SIGTERM or SIGINT do this and exit with 0; on one that comes later, or where it takes too long, exit at once.
 *  @param end is waited for
 *  @param onHurry is called before it exits at once */
export function endBySignal(
  end: (signal: Signal) => Promise<unknown>,
  onHurry: (why: Hurry, signal: Signal) => void = () => undefined,
  stopMs: number = STOP_MS,
): void {
  let begunMs: number | null = null
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (begunMs === null) {
        begunMs = performance.now()
        setTimeout(() => {
          onHurry('takes_long', signal)
          exitAtOnce(0)
        }, stopMs)
        void end(signal).then(() => process.exit(0))
      } else if (performance.now() - begunMs > SAME_WORD_MS) {
        onHurry('second_signal', signal)
        exitAtOnce(signal === 'SIGINT' ? 130 : 143)
      }
    })
}

/** Node waits for a thread that is within SQLite, whatever it is told: a rewrite of years. Its file stays whole, as after a power cut. */
function exitAtOnce(code: number): void {
  if (isRewriting()) process.kill(process.pid, 'SIGKILL')
  process.exit(code)
}
