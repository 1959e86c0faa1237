// Streams of every kind for properties, and what a phone says while it writes one down.
import fc from 'fast-check'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { Cue } from '../../src/domain/cue.ts'
import type { FoldEntry, StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import { newLiveRunner, passLive, applyLiveEntry, type RunnerFacts } from '../../web/group-run/live-runner.ts'
import { madeStream, STREAM_START_MS } from './stream.ts'

const heartRates = fc.array(fc.option(fc.integer({ min: 90, max: 190 }), { freq: 6 }), {
  minLength: 30,
  maxLength: 500,
})
const hands = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 500_000 }),
    fc.constantFrom('acknowledge', 'snooze', 'told', 'pause', 'resume', 'stop', 'continued', 'continued'),
  ),
  { maxLength: 10 },
)

/** A run from its start to its stop with holes, pauses, hands, and stops that are taken back, some of them after the end. */
export const anyStream: fc.Arbitrary<StreamEntry[]> = fc.tuple(heartRates, hands).map(([rates, made]) => {
  // Ten seconds at one heart rate, so that there is something to say.
  const bpmAt = (s: number) => rates[Math.floor(s / 10) % rates.length] ?? null
  const extra = made.map(([ms, kind]) => ({ kind, atMs: STREAM_START_MS + ms, by: 'therapist' }))
  const all = madeStream(rates.length, bpmAt, extra)
  const rising = all.filter(({ atMs }, i) => i === 0 || atMs > (all[i - 1]?.atMs ?? 0))
  return [...rising, { kind: 'stop', atMs: (rising.at(-1)?.atMs ?? 0) + 1 }]
})

/** What a phone says that takes the entries one by one and looks at the clock in between. */
export function cuesOnPhone(
  entries: readonly FoldEntry[],
  zone: CalmZone,
  looksEveryMs: number,
  facts: Partial<RunnerFacts> = {},
): Cue[] {
  const live = newLiveRunner({ id: 'p', alias: 'Noor', zone, extraWatch: false, parameters: {}, ...facts })
  const cues: Cue[] = []
  let lookedMs = -Infinity
  for (const entry of entries) {
    for (
      let atMs = Math.max(lookedMs, live.runner.startedAtMs ?? entry.atMs);
      atMs < entry.atMs;
      atMs += looksEveryMs
    ) {
      cues.push(...passLive(live, atMs))
      lookedMs = atMs
    }
    cues.push(...applyLiveEntry(live, entry))
  }
  // It looks on where nobody stopped.
  const lastMs = entries.at(-1)?.atMs
  return lastMs === undefined ? cues : [...cues, ...passLive(live, lastMs)]
}
