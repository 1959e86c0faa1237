// Which heart rates count where records and a strap's own `hr` messages both speak. The record wins, unless the device's
// own average says that the records are wrong.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { FitPart, FitSession } from './part.ts'
import type { Timeline } from './timeline.ts'

/** A stored heart rate may be this old where none falls between two records (rule C1, shortest hold). */
const HOLD_S = 5
/** A mean this close to the device's own average agrees with it. */
const AGREES_BPM = 2

/** Heart rates of the timeline, filled from `hr` messages. */
export function fillHeartRate(
  part: FitPart,
  sessions: readonly FitSession[],
  timeline: Timeline,
  warn: (code: ReadingWarning) => void,
): Float32Array {
  const recorded = timeline.column('heartRate')
  if (part.stored.length === 0) return recorded
  const stored = storedPerRecord(sortedEvents(part), timeline.times)
  const filled = recorded.slice()
  for (let i = 0; i < filled.length; i++) {
    // A record of 0 is a dropout (rule D1): what the strap kept of it counts.
    if (filled[i] > 0 || Number.isNaN(stored[i]) || (filled[i] === 0 && stored[i] === 0)) continue
    filled[i] = stored[i]
    warn('HR_MESSAGES_USED')
  }
  for (const session of sessions) {
    const [from, to] = rowsOf(session, timeline.times)
    if (!storedAgreeBetter(session, recorded.subarray(from, to), stored.subarray(from, to))) continue
    warn('HR_MESSAGES_PREFERRED')
    for (let i = from; i < to; i++) if (!Number.isNaN(stored[i])) filled[i] = stored[i]
  }
  return filled
}

function rowsOf({ startTime, elapsedS }: FitSession, times: Float64Array): readonly [from: number, to: number] {
  let from = 0
  while (from < times.length && times[from] < startTime) from++
  let to = from
  while (to < times.length && times[to] <= startTime + elapsedS) to++
  return [from, to]
}

function sortedEvents(part: FitPart) {
  const { times, values: bpm } = part.stored
  if (times.every((time, i) => i === 0 || time >= times[i - 1])) return { times, bpm }
  const order = Array.from(times.keys()).sort((a, b) => times[a] - times[b])
  return { times: Float64Array.from(order, (i) => times[i]), bpm: Float32Array.from(order, (i) => bpm[i]) }
}

/** For each record the mean of what was stored since the record before it, else the latest value up to 5 s old. 0 is a dropout
 *  and enters no mean; where nothing else was stored it is told (rules D1, T9). */
function storedPerRecord(events: { times: Float64Array; bpm: Float32Array }, times: Float64Array): Float64Array {
  const stored = new Float64Array(times.length).fill(Number.NaN)
  let [next, lastBeating] = [0, -1]
  for (let i = 0; i < times.length; i++) {
    const from = i > 0 ? times[i - 1] : times[i] - 1
    let [sum, count, zeros] = [0, 0, 0]
    for (; next < events.times.length && events.times[next] <= times[i]; next++) {
      if (events.times[next] <= from) continue
      if (events.bpm[next] > 0) {
        sum += events.bpm[next]
        count++
        lastBeating = next
      } else zeros++
    }
    if (count > 0) stored[i] = Math.round(sum / count)
    else if (zeros > 0) stored[i] = 0
    else if (lastBeating >= 0 && times[i] - events.times[lastBeating] <= HOLD_S) stored[i] = events.bpm[lastBeating]
  }
  return stored
}

/** Whether this session's own average agrees with the stored heart rates and not with the recorded ones. */
function storedAgreeBetter({ meanHeartRateBpm }: FitSession, recorded: Float32Array, stored: Float64Array): boolean {
  let recordedSum = 0
  let storedSum = 0
  let [both, known] = [0, 0]
  for (let i = 0; i < recorded.length; i++) {
    if (recorded[i] > 0 && stored[i] >= 0) known++
    if (!(recorded[i] > 0) || !(stored[i] > 0)) continue
    recordedSum += recorded[i]
    storedSum += stored[i]
    both++
  }
  // Too little in common says nothing about the whole session.
  if (known < recorded.length / 2 || both === 0) return false
  const away = (sum: number) => Math.abs(sum / both - meanHeartRateBpm)
  return away(storedSum) <= AGREES_BPM && away(recordedSum) > AGREES_BPM
}
