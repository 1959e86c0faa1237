// One made run as the file that a phone's recording of a group run becomes.
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import { encodeBatch, type NumberedBatch } from '../../formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../formats/phone-recording/entry.ts'
import { writeStreamFile } from '../../formats/phone-recording/stream-file.ts'
import { encodeHeartRateMeasurement } from '../../formats/strap/write-heart-rate-measurement.ts'
import { chanceOf } from './chance.ts'
import { DEMO_TIME_ZONE, type DemoRun } from './made-clients.ts'
import { liveRun, type MadeSecond } from './made-heart.ts'

/** How many entries a batch holds, as a phone cuts them. */
const ENTRIES = 100

/** @param by id of the person who holds the phone */
export function madeStreamFile(run: DemoRun, by: string): Uint8Array {
  const { startedAtMs, plannedMin, signal, effort } = run
  const heart = liveRun(effort)
  const localOffsetS = zoneOffsetS(startedAtMs, DEMO_TIME_ZONE)
  const entries: StreamEntry[] = [
    { kind: 'joined', atMs: startedAtMs - 2, by, zoneVersionId: null, localOffsetS, plannedMin },
    { kind: 'strap', atMs: startedAtMs - 1, sensor: 'chest', device: 'Made strap' },
    { kind: 'start', atMs: startedAtMs },
  ]
  const heard = signal === 'none' ? () => null : hearBy(heart, effort.seed)
  const contact = contactOf(run)
  for (const [s, { isTold }] of heart.entries()) {
    const atMs = startedAtMs + (s + 1) * 1000
    if (s + 1 === heart.length) break
    const measured = heard(s)
    const state = contact(s)
    if (measured !== null && state !== 'no link')
      entries.push({
        kind: 'notification',
        atMs,
        bytes: encodeHeartRateMeasurement(
          state === 'no contact' ? { heartRateBpm: 0, contact: 'no' } : { ...measured, contact: 'yes' },
        ),
      })
    if (isTold) entries.push({ kind: 'told', atMs: atMs + 500, by })
  }
  entries.push({ kind: 'stop', atMs: startedAtMs + heart.length * 1000 })
  const batches: NumberedBatch[] = []
  for (let at = 0; at < entries.length; at += ENTRIES)
    batches.push({
      recorderId: 'demo',
      number: batches.length + 1,
      bytes: encodeBatch(entries.slice(at, at + ENTRIES)),
    })
  return writeStreamFile(batches)
}

/** What a strap says at each second, asked in turn: the rate, and the beats that ended in it. */
function hearBy(heart: readonly MadeSecond[], seed: string) {
  const chance = chanceOf('beats', seed)
  let sinceBeatS = 0
  return (s: number) => {
    const bpm = heart[s]?.bpm ?? 60
    const rr1024: number[] = []
    sinceBeatS += 1
    for (;;) {
      const rrS = (60 / bpm) * (1 + chance.between(-0.03, 0.03))
      if (sinceBeatS < rrS) break
      sinceBeatS -= rrS
      rr1024.push(Math.round(rrS * 1024))
    }
    return { heartRateBpm: Math.round(bpm), rr1024 }
  }
}

type Contact = 'good' | 'no contact' | 'no link'

/** A worn-out strap loses skin and link again and again; of another one a hole now and then. */
function contactOf({ signal, effort }: DemoRun): (s: number) => Contact {
  const chance = chanceOf('contact', effort.seed)
  const holes: (readonly [fromS: number, toS: number])[] = []
  if (signal === 'gaps')
    for (let i = chance.whole(2, 4); i > 0; i--) {
      const fromS = chance.whole(120, Math.max(180, effort.lengthS - 120))
      holes.push([fromS, fromS + chance.whole(15, 45)])
    }
  if (signal === 'worn out')
    for (let fromS = chance.whole(40, 100); fromS < effort.lengthS; fromS += chance.whole(100, 170))
      holes.push([fromS, fromS + chance.whole(45, 70)])
  return (s) => {
    const hole = holes.find(([fromS, toS]) => s >= fromS && s < toS)
    return hole === undefined ? 'good' : s < hole[0] + 10 ? 'no contact' : 'no link'
  }
}
