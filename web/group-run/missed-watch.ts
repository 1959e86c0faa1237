// Watches for missed heart rates, writes them into the runners' streams and reports them. missed-beats.ts decides what
// a gap is. Part of group-run.ts.
import { signal } from '@preact/signals'
import { gapSince, startWatch, toMissed, type HiddenWatch, type Missed, type MissedRunner } from './missed-beats.ts'
import type { Participant, Participants } from './participants.ts'

interface Deps {
  readonly runners: Participants
  readonly nowMs: () => number
  readonly write: (participant: Participant, sinceMs: number, atMs: number) => void
}

export class MissedWatch {
  /** Until somebody has seen it. */
  readonly missed = signal<Missed | null>(null)
  readonly #deps: Deps
  #watch: HiddenWatch | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The page was gone, and everybody's entries have been told anew. */
  loaded(): void {
    const nowMs = this.#deps.nowMs()
    this.#say(({ live: { runner } }) => runner.signal.arrivals.lastAtMs ?? runner.lastAtMs ?? nowMs, nowMs)
  }

  /** The page is hidden from now on. */
  hide(): void {
    const heardMs = this.#deps.runners.participants.value.flatMap(({ stored, live }): [string, number][] =>
      live.heard === null ? [] : [[stored.id, live.heard.atMs]],
    )
    this.#watch ??= startWatch(this.#deps.nowMs(), new Map(heardMs))
  }

  heard(id: string, atMs: number): void {
    this.#watch?.heard(id, atMs)
  }

  /** The page is back: whose beats were missed is written down and said. */
  show(): void {
    const watch = this.#watch
    this.#watch = null
    if (watch === null) return
    const nowMs = this.#deps.nowMs()
    this.#say(({ stored }) => watch.gapOf(stored.id, nowMs), nowMs)
  }

  /** The phone slept, or stood still, from then to then. */
  slept(sinceMs: number, untilMs: number): void {
    this.#say(() => sinceMs, untilMs)
  }

  /** Of nobody but who runs with a strap can a beat be missed. Written down always, in a pause too: whatever is not in the
   *  recording has its reason there. Said of those who run, where it was long enough to look up for.
   *  @param sinceOf null where nothing was missed */
  #say(sinceOf: (one: Participant) => number | null, untilMs: number): void {
    const runners: MissedRunner[] = []
    for (const participant of this.#deps.runners.listIn('running', 'paused')) {
      const { id, alias, strapId } = participant.stored
      const sinceMs = strapId === null ? null : sinceOf(participant)
      if (sinceMs === null) continue
      this.#deps.write(participant, sinceMs, untilMs)
      if (participant.live.runner.phase === 'running' && gapSince(sinceMs, untilMs) !== null)
        runners.push({ id, alias, sinceMs })
    }
    this.missed.value = toMissed(runners, untilMs) ?? this.missed.value
  }
}
