// The monitor of one runner: raw samples in, cues out (sections D and E). One reducer for both worlds: the phone calls
// `stepMonitor` per heartbeat, the server folds the same over a recording (fold-monitor.ts). Every cue's time comes from
// the data alone, so that it does not matter when, in which order or how often the events arrived.
import type { Limits } from '../calm-zone.ts'
import type { Cue } from '../cue.ts'
import type { MonitorParameters } from '../parameters/monitor.ts'
import type { QualityParameters } from '../parameters/quality.ts'
import { OK } from '../quality/mark-quality.ts'
import { resumeSmoothing, startSmoothing, stepSmoothing, type SmoothingState } from '../time-in-zone/smooth.ts'
import {
  acknowledge,
  feedHeartRate,
  feedNothing,
  passTime,
  restartClocks,
  snooze,
  startAlarm,
  type AlarmState,
} from './alarm.ts'
import {
  isRough,
  markLive,
  pauseLiveQuality,
  startLiveQuality,
  type LiveQualityState,
  type LiveSample,
  type SensorFacts,
} from './live-quality.ts'

/** What can happen to a runner, at `atS` seconds since the start of the run. `time` says only that it is now that late
 *  and that everything before has been handed over; `end` is the end of the run. */
export type MonitorEvent =
  QueuedEvent | { readonly kind: 'time'; readonly atS: number } | { readonly kind: 'end'; readonly atS: number }
export type QueuedEvent =
  | ({ readonly kind: 'sample' } & LiveSample)
  | { readonly kind: 'resume' | 'pause' | 'acknowledge' | 'snooze'; readonly atS: number }

export interface MonitorConfig {
  readonly zone: Limits
  readonly extraWatch: boolean
  readonly sensorFacts: SensorFacts
  /** Events may come this late and out of order; they are put in order first. 0 where they come straight from a strap. */
  readonly arrivalWindowS: number
  readonly parameters: MonitorParameters & QualityParameters
}

/** Plain data: survives `JSON.stringify` and back, as a reloaded page needs it. */
export interface MonitorState {
  readonly config: MonitorConfig
  waiting: QueuedEvent[]
  /** The latest moment heard of; null before the first event. */
  latestS: number | null
  /** Everything up to here has been taken: time, and place among the events of that moment. */
  doneS: number | null
  doneRank: number
  pausedSinceS: number | null
  quality: LiveQualityState
  smoothing: SmoothingState
  alarm: AlarmState
  /** The last sample taken, for the tile; its age is told by `atS`. */
  last: { atS: number; bpm: number | null; mark: number; smoothedBpm: number | null } | null
  /** Events that came too late to be put in order. They are counted, never guessed at. */
  tooLate: number
}

export const startMonitor = (config: MonitorConfig): MonitorState => ({
  config,
  waiting: [],
  latestS: null,
  doneS: null,
  doneRank: 0,
  pausedSinceS: null,
  quality: startLiveQuality(),
  smoothing: startSmoothing(),
  alarm: startAlarm(0),
  last: null,
  tooLate: 0,
})

/** Take one event. Pure: the state given is left as it was.
 *  @internal what the product runs folds in place */
export function stepMonitor(
  state: MonitorState,
  event: MonitorEvent,
): { readonly state: MonitorState; readonly cues: readonly Cue[] } {
  const next = copy(state)
  const cues: Cue[] = []
  takeEvent(next, event, (cue) => cues.push(cue))
  return { state: next, cues }
}

/** `stepMonitor` in place, for folds that own their state.
 *  @param onMark hears of every sample's mark, in order of time */
export function takeEvent(
  state: MonitorState,
  event: MonitorEvent,
  emit: (cue: Cue) => void,
  onMark?: (mark: number) => void,
): void {
  const { arrivalWindowS, parameters } = state.config
  state.latestS = Math.max(state.latestS ?? event.atS, event.atS)
  const knownS = event.kind === 'end' ? Infinity : state.latestS - arrivalWindowS
  if (event.kind !== 'time' && event.kind !== 'end') {
    if (isTooLate(state, event)) state.tooLate++
    // Nothing to put it in order with.
    else if (state.waiting.length === 0 && event.atS <= knownS) takeInOrder(state, event, emit, onMark)
    else enqueue(state, event)
  }
  let taken = 0
  while (taken < state.waiting.length && state.waiting[taken].atS <= knownS)
    takeInOrder(state, state.waiting[taken++], emit, onMark)
  if (taken > 0) state.waiting = state.waiting.slice(taken)
  const doneS = event.kind === 'end' ? event.atS : knownS
  if (doneS > (state.doneS ?? -Infinity)) {
    state.doneS = doneS
    state.doneRank = 0
  }
  if (state.pausedSinceS === null) passTime(state.alarm, doneS, parameters, emit)
}

/** Places among events of one moment: a pause is `[from, to)`, and a hand acts on what it has seen. */
const rank = { resume: 1, pause: 2, sample: 3, acknowledge: 4, snooze: 5 } as const

function isTooLate({ doneS, doneRank }: MonitorState, { atS, kind }: QueuedEvent): boolean {
  return doneS !== null && (atS < doneS || (atS === doneS && rank[kind] <= doneRank))
}

function enqueue(state: MonitorState, event: QueuedEvent): void {
  const { waiting } = state
  const order = rank[event.kind]
  let at = waiting.length
  while (
    at > 0 &&
    (waiting[at - 1].atS > event.atS || (waiting[at - 1].atS === event.atS && rank[waiting[at - 1].kind] > order))
  )
    at--
  const before = waiting[at - 1]
  // The same thing told twice.
  if (at > 0 && before.atS === event.atS && before.kind === event.kind) return
  state.waiting = waiting.toSpliced(at, 0, event)
}

/** Take an event that nothing can come before any more: the heart of the reducer, for folds over what is in order. */
export function takeInOrder(
  state: MonitorState,
  event: QueuedEvent,
  emit: (cue: Cue) => void,
  onMark?: (mark: number) => void,
): void {
  const { alarm, config } = state
  const p = config.parameters
  state.doneS = event.atS
  state.doneRank = rank[event.kind]
  // Silence up to here comes first: a hand acts on it.
  if (state.pausedSinceS === null) passTime(alarm, event.atS, p, emit)
  switch (event.kind) {
    case 'sample':
      return takeSample(state, event, emit, onMark)
    case 'pause':
      if (state.pausedSinceS !== null) return
      state.pausedSinceS = event.atS
      return pauseLiveQuality(state.quality)
    case 'resume':
      return resume(state, event.atS)
    case 'acknowledge':
      return acknowledge(alarm, event.atS, p, emit)
    case 'snooze':
      return snooze(alarm, limitsOf(config), event.atS, p, emit)
  }
}

/** A pause is a silence that was meant: as with a lost signal, a short one stops no clock and a long one starts them all
 *  again; but no cue is given for it. */
function resume(state: MonitorState, atS: number): void {
  const { alarm, pausedSinceS } = state
  if (pausedSinceS === null) return
  const wasLong = atS - pausedSinceS >= state.config.parameters.noSignalS
  if (wasLong && alarm.phase !== 'no_signal') restartClocks(alarm)
  alarm.backSinceS = null
  alarm.lastGoodS = atS
  state.pausedSinceS = null
  pauseLiveQuality(state.quality)
  resumeSmoothing(state.smoothing, atS)
}

function takeSample(
  state: MonitorState,
  sample: LiveSample,
  emit: (cue: Cue) => void,
  onMark?: (mark: number) => void,
): void {
  const { config, alarm, quality } = state
  const { parameters: p, sensorFacts } = config
  const { atS, bpm } = sample
  const mark = markLive(quality, sample, sensorFacts, p)
  onMark?.(mark)
  const paused = state.pausedSinceS !== null
  const smoothedBpm =
    paused || mark !== OK || bpm === null ? null : stepSmoothing(state.smoothing, atS, bpm, p.smoothWindowS)
  state.last ??= { atS, bpm, mark, smoothedBpm }
  state.last.atS = atS
  state.last.bpm = bpm
  state.last.mark = mark
  state.last.smoothedBpm = smoothedBpm
  if (paused) return
  if (smoothedBpm === null) return feedNothing(alarm, atS, p, emit)
  const emitWithHint = (cue: Cue) => {
    const isRoughOver = cue[1] === 'OVER' && isRough(quality, atS, sensorFacts, p)
    emit(isRoughOver ? [cue[0], cue[1], cue[2], 'check_strap'] : cue)
  }
  feedHeartRate(alarm, limitsOf(config), atS, smoothedBpm, p, atS <= p.checkStrapFirstS ? emitWithHint : emit)
}

export const limitsOf = ({ zone, extraWatch }: MonitorConfig) => ({
  ceilingBpm: zone.ceilingBpm,
  hardBpm: zone.hardBpm,
  extraWatch,
})

/** A copy that shares nothing that is changed in place. */
function copy(state: MonitorState): MonitorState {
  const { quality, smoothing, alarm } = state
  return {
    ...state,
    quality: {
      ...quality,
      jump: { ...quality.jump },
      still: quality.still && { ...quality.still, rrKinds: [...quality.still.rrKinds] },
      recent: [...quality.recent],
    },
    smoothing: { ...smoothing, timesS: [...smoothing.timesS], bpm: [...smoothing.bpm], sorted: [...smoothing.sorted] },
    alarm: { ...alarm },
    last: state.last && { ...state.last },
  }
}
