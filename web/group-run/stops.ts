// Holds a stopped runner's strap and beats while the stop can be taken back. Part of group-run.ts.
import type { NotificationEntry } from '../../src/formats/phone-recording/entry.ts'
import type { Participants } from './participants.ts'
import { isWithin, stoppedAtMs, UNDO_MS } from './taken-back.ts'

export class Stops {
  readonly #runners: Pick<Participants, 'listIn' | 'setStrap'>
  /** The beats of their straps meanwhile; written down only if the runner continues. */
  readonly #beats = new Map<string, NotificationEntry[]>()

  constructor(runners: Pick<Participants, 'listIn' | 'setStrap'>) {
    this.#runners = runners
  }

  keep(participationId: string, beat: NotificationEntry): void {
    const beats = this.#beats.get(participationId) ?? []
    this.#beats.set(participationId, beats)
    // Nothing of them is in the stream yet, which must rise: a page that stood still gives many the same time.
    beats.push({ ...beat, atMs: Math.max(beat.atMs, (beats.at(-1)?.atMs ?? -Infinity) + 1) })
  }

  /** Give them out, and forget them. */
  take(participationId: string): readonly NotificationEntry[] {
    const beats = this.#beats.get(participationId) ?? []
    this.#beats.delete(participationId)
    return beats
  }

  /** Takes the strap from runners whose stop can no longer be taken back. */
  free(nowMs: number): void {
    for (const one of this.#runners.listIn('stopped')) {
      const { id, strapId } = one.stored
      if (isWithin(stoppedAtMs(one), UNDO_MS, nowMs)) continue
      this.#beats.delete(id)
      if (strapId !== null) this.#runners.setStrap(id, null)
    }
  }
}
