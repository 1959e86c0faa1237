// One runner's entries as a recording: what the straps said between start and stop, in columns, with pauses and with what
// people did. A hole stays a hole.
import type { CueResponse } from '../../domain/cue-response.ts'
import type { MotionColumns, Recording, SpanS } from '../../domain/recording.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { FoldEntry } from './entry.ts'
import { elapsedS, newRunnerState, applyEntry, type RunnerEvent } from './runner-state.ts'

/** @param entries by time
 *  @param warnings of how they came together
 *  @returns null where the run never began */
export function toRecording(entries: readonly FoldEntry[], warnings: readonly ReadingWarning[] = []): Recording | null {
  const runner = newRunnerState()
  const columns = newColumns()
  const devices = new Set<string>()
  for (const entry of entries) {
    const event = applyEntry(runner, entry)
    if (event !== null) put(columns, event)
    if (event?.kind === 'sample' && typeof runner.strap?.device === 'string') devices.add(runner.strap.device)
  }
  if (runner.startedAtMs === null) return null
  const endMs = runner.stoppedAtMs ?? runner.lastAtMs ?? runner.startedAtMs
  const endS = elapsedS(runner, endMs)
  const found: ReadingWarning[] = [...warnings, ...runner.inferred]
  if (runner.stoppedAtMs === null) found.push('NOT_STOPPED')
  if (runner.endedByItself) found.push('ENDED_BY_ITSELF')
  if (runner.stopsTakenBack > 0) found.push('STOP_TAKEN_BACK')
  if (runner.malformed > 0) found.push('NOTIFICATIONS_MALFORMED')
  if (runner.late > 0) found.push('NOTIFICATIONS_LATE')
  if (entries.some(({ kind }) => kind === 'missed')) found.push('RECORDER_ASLEEP')
  if (entries.some(({ kind }) => kind === 'clock')) found.push('CLOCK_SET')
  return {
    format: 'strap',
    startedAtMs: runner.startedAtMs,
    elapsedS: endS,
    localOffsetS: runner.joined?.localOffsetS ?? null,
    sport: 'running',
    subSport: null,
    sensor: runner.sensor ?? 'unknown',
    device: devices.size === 0 ? null : [...devices].join(', '),
    heartRate: {
      elapsedS: Float64Array.from(columns.atS),
      bpm: Float32Array.from(columns.bpm),
      contactLost: Uint8Array.from(columns.contactLost),
      rrCount: Uint8Array.from(columns.rrCount),
    },
    motion: noMotion(),
    rr: { elapsedS: Float64Array.from(columns.rrEndS), rrMs: Float32Array.from(columns.rrMs) },
    pauses: closePauses(columns.pauses, endS),
    summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
    ...(runner.guidance === null ? {} : { guidance: runner.guidance }),
    ...(runner.guidedLater.length === 0 ? {} : { guidedLater: runner.guidedLater }),
    ...(columns.hands.length === 0 ? {} : { hands: columns.hands }),
    warnings: found,
  }
}

const newColumns = () => ({
  atS: [] as number[],
  bpm: [] as number[],
  contactLost: [] as number[],
  rrCount: [] as number[],
  rrEndS: [] as number[],
  rrMs: [] as number[],
  pauses: [] as (readonly [fromS: number, toS: number | null])[],
  hands: [] as CueResponse[],
})

function put(columns: ReturnType<typeof newColumns>, event: RunnerEvent): void {
  switch (event.kind) {
    case 'sample':
      columns.atS.push(event.atS)
      columns.bpm.push(event.bpm ?? Number.NaN)
      columns.contactLost.push(event.contactLost ? 1 : 0)
      columns.rrCount.push(event.rrMs.length)
      columns.rrEndS.push(...event.rrEndS)
      columns.rrMs.push(...event.rrMs)
      return
    case 'pause':
      columns.pauses.push([event.atS, null])
      return
    case 'resume': {
      const open = columns.pauses.pop()
      if (open !== undefined) columns.pauses.push([open[0], event.atS])
      return
    }
    case 'told':
    case 'acknowledge':
    case 'snooze':
      columns.hands.push([event.atS, event.kind, event.by])
  }
}

/** A pause that nobody ended lasts to the end. */
const closePauses = (pauses: readonly (readonly [number, number | null])[], endS: number): SpanS[] =>
  pauses.map(([fromS, toS]): SpanS => [fromS, toS ?? endS]).filter(([fromS, toS]) => toS > fromS)

const noMotion = (): MotionColumns => ({
  elapsedS: new Float64Array(),
  cadencePerMin: new Float32Array(),
  speedMPerS: new Float32Array(),
  altitudeM: new Float32Array(),
  distanceM: new Float32Array(),
  temperatureC: new Float32Array(),
})
