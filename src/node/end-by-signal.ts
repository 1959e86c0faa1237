// Ends the server after a signal: running work finishes first. A second signal ends it at once.

/** A terminal sends Ctrl-C to every process of its group, and npm sends it on once more: that is one word, not two. */
const SAME_WORD_MS = 1000

type Signal = 'SIGTERM' | 'SIGINT'

/** On the first SIGTERM or SIGINT do this and exit with 0; on one that comes later exit at once.
 *  @param end is waited for
 *  @param onSecond is called before it exits at once */
export function endBySignal(
  end: (signal: Signal) => Promise<unknown>,
  onSecond: (signal: Signal) => void = () => undefined,
): void {
  let begunMs: number | null = null
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (begunMs === null) {
        begunMs = performance.now()
        void end(signal).then(() => process.exit(0))
      } else if (performance.now() - begunMs > SAME_WORD_MS) {
        onSecond(signal)
        process.exit(signal === 'SIGINT' ? 130 : 143)
      }
    })
}
