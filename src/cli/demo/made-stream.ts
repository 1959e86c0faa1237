// One made run as the file that a phone's recording becomes.
import { isReachable, notificationOf, startRunner, stepRunner } from '../../demo/made-runner.ts'
import { encodeBatch } from '../../formats/runner-stream/batch.ts'
import type { StreamEntry } from '../../formats/runner-stream/entry.ts'
import type { NumberedBatch } from '../../formats/runner-stream/batch.ts'
import { writeStreamFile } from '../../formats/runner-stream/stream-file.ts'
import type { DemoRun } from './made-clients.ts'

/** How many entries a batch holds, as a phone cuts them. */
const ENTRIES = 100

/** Minutes at which somebody who knows no stop is told to slow down. */
const TOLD_MIN = [6, 12, 20, 30]

/** @param seed other seeds, other heartbeats
 *  @param by id of the person who holds the phone */
export function madeStreamFile({ startedAtMs, minutes, kind }: DemoRun, seed: number, by: string): Uint8Array {
  const entries: StreamEntry[] = [
    { kind: 'joined', atMs: startedAtMs - 2, by, zoneVersionId: null, localOffsetS: 3600, plannedMin: 30 },
    { kind: 'strap', atMs: startedAtMs - 1, sensor: 'chest', device: 'Made strap' },
    { kind: 'start', atMs: startedAtMs },
  ]
  let runner = startRunner(kind, seed)
  const told = kind === 'no_stop' ? TOLD_MIN : []
  for (let second = 1; second < minutes * 60; second++) {
    runner = stepRunner(runner)
    if (isReachable(runner))
      entries.push({ kind: 'notification', atMs: startedAtMs + second * 1000, bytes: notificationOf(runner) })
    if (told.some((minute) => minute * 60 === second))
      entries.push({ kind: 'told', atMs: startedAtMs + second * 1000 + 500, by })
  }
  entries.push({ kind: 'stop', atMs: startedAtMs + minutes * 60_000 })
  const batches: NumberedBatch[] = []
  for (let at = 0; at < entries.length; at += ENTRIES)
    batches.push({
      recorderId: 'demo',
      number: batches.length + 1,
      bytes: encodeBatch(entries.slice(at, at + ENTRIES)),
    })
  return writeStreamFile(batches)
}
