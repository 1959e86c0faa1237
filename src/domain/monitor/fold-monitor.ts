// The monitor over a whole recording, as it would have spoken live. A file that writes a row now and then is not silent
// while its rows hold: silence follows the recording's own hold limit (rule E1).
import type { Cue } from '../cue.ts'
import type { Recording, RrColumns } from '../recording.ts'
import { holdLimitS } from '../time-in-zone/hold.ts'
import { uniteSpans } from '../time-in-zone/spans.ts'
import { startMonitor, takeEvent, takeInOrder, type MonitorConfig, type QueuedEvent } from './monitor.ts'

export interface FoldedMonitor {
  readonly cues: readonly Cue[]
  /** The live mark number of each heart-rate row (see `markLive`). */
  readonly liveMarks: Uint8Array
}

type FoldConfig = Omit<MonitorConfig, 'sensorFacts' | 'arrivalWindowS'>
/** What a monitor goes by from a moment on. */
export type ConfigFrom = readonly [atS: number, config: FoldConfig]

/** Fold the monitor over the events of a recording.
 *  @param changes of what it goes by, oldest first: as a phone took them over while it recorded */
export function foldMonitor(
  recording: Recording,
  config: FoldConfig,
  changes: readonly ConfigFrom[] = [],
): FoldedMonitor {
  const cues: Cue[] = []
  const liveMarks = new Uint8Array(recording.heartRate.bpm.length)
  let row = 0
  const whole = (part: FoldConfig): MonitorConfig => ({
    ...part,
    parameters: withSilenceOf(recording, part.parameters),
    arrivalWindowS: 0,
    sensorFacts: sensorFactsOf(recording),
  })
  let state = startMonitor(whole(config))
  let changed = 0
  const changeUntil = (untilS: number) => {
    const before = changed
    while (changed < changes.length && changes[changed][0] <= untilS) changed++
    if (changed > before) state = { ...state, config: whole(changes[changed - 1][1]) }
  }
  const emit = (cue: Cue) => void cues.push(cue)
  const onMark = (mark: number) => void (liveMarks[row++] = mark)
  eachMonitorEvent(recording, config.parameters.holdMaxS, (event) => {
    changeUntil(event.atS)
    takeInOrder(state, event, emit, onMark)
  })
  changeUntil(recording.elapsedS)
  takeEvent(state, { kind: 'end', atS: recording.elapsedS }, emit, onMark)
  return { cues, liveMarks }
}

/** Rule C1's own limit in the place of the live one: both how long a silence is one, and what ends it. Made in one piece, as
 *  `monitorParametersOf` says. */
function withSilenceOf({ format, heartRate }: Recording, p: MonitorConfig['parameters']): MonitorConfig['parameters'] {
  const holdS = format === 'strap' ? p.holdMinS : holdLimitS(heartRate.elapsedS, p)
  if (holdS <= p.backGapS) return p
  const own: Partial<Record<string, number>> = { noSignalS: p.noSignalS + holdS - p.backGapS, backGapS: holdS }
  return Object.fromEntries(
    Object.entries(p).map(([name, value]) => [name, own[name] ?? value]),
  ) as MonitorConfig['parameters']
}

export const sensorFactsOf = ({ sensor, sport, format }: Recording): MonitorConfig['sensorFacts'] => ({
  sensor,
  sport,
  notifications: format === 'strap',
})

/** A recording as the events that a live monitor would have had, in order of time; its end is not among them.
 *  @param holdS how old a cadence may be to stand beside a heart rate */
export function eachMonitorEvent(recording: Recording, holdS: number, take: (event: QueuedEvent) => void): void {
  const { heartRate, motion, rr } = recording
  let other = 0
  let moved = 0
  let beat = 0
  const others = othersOf(recording)
  const takeOthers = (atS: number) => {
    for (; other < others.length; other++) {
      const event = others[other]
      if (event.atS > atS || (event.atS === atS && isHand(event))) return
      take(event)
    }
  }
  for (let i = 0; i < heartRate.bpm.length; i++) {
    const atS = heartRate.elapsedS[i]
    takeOthers(atS)
    while (moved < motion.elapsedS.length && motion.elapsedS[moved] <= atS) moved++
    const firstBeat = beat
    if (heartRate.rrCount) beat += heartRate.rrCount[i]
    else while (beat < rr.rrMs.length && rr.elapsedS[beat] <= atS) beat++
    const bpm = heartRate.bpm[i]
    const cadence =
      moved > 0 && atS - motion.elapsedS[moved - 1] <= holdS ? motion.cadencePerMin[moved - 1] : Number.NaN
    take({
      kind: 'sample',
      atS,
      bpm: Number.isNaN(bpm) ? null : bpm,
      contactLost: heartRate.contactLost?.[i] === 1,
      rrMs: beat > firstBeat ? beatsOf(rr, firstBeat, beat) : noBeats,
      cadencePerMin: Number.isNaN(cadence) ? null : cadence,
    })
  }
  for (; other < others.length; other++) take(others[other])
}

/** Pauses and hands in order of time; a hand acts on what it has seen (see `rank` of the monitor). A pause that lasts to the end
 *  holds the very last sample too: nobody went on. */
function othersOf({ pauses, elapsedS, hands = [] }: Recording): QueuedEvent[] {
  const events = uniteSpans(pauses, 0, elapsedS).flatMap(([fromS, toS]): QueuedEvent[] => [
    { kind: 'pause', atS: fromS },
    ...(toS < elapsedS ? [{ kind: 'resume', atS: toS } as const] : []),
  ])
  for (const [atS, kind] of hands) if (kind !== 'told') events.push({ kind, atS })
  return hands.length === 0 ? events : events.toSorted((a, b) => a.atS - b.atS)
}

const isHand = ({ kind }: QueuedEvent): boolean => kind === 'acknowledge' || kind === 'snooze'

const noBeats: readonly number[] = []

function beatsOf({ rrMs }: RrColumns, from: number, to: number): readonly number[] {
  const beats: number[] = []
  for (let i = from; i < to; i++) beats.push(rrMs[i])
  return beats
}
