// The types of a group run's parts: what it needs, what comes in, and what it reports.
import type { Cue } from '../../src/domain/cue.ts'
import type { SensorKind } from '../../src/domain/recording.ts'
import type { MarkEntry } from '../../src/formats/runner-stream/entry.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { RecorderClock } from '../outbox/recorder-clock.ts'
import type { StoredParticipation } from '../outbox/stored.ts'
import type { Limits } from './limits.ts'
import type { LiveRunner } from './live-runner.ts'
import type { Participant, ParticipantsOutbox } from './participants.ts'

/** A cue as it is told: to the eyes by the tile, to the ears and to a screen reader by this. */
export interface ToldCue {
  readonly alias: string
  readonly cue: Cue
}
export interface GroupRunDeps {
  readonly outbox: ParticipantsOutbox & Pick<Outbox, 'append' | 'flush' | 'putGroupRun'>
  readonly clock: Pick<RecorderClock, 'nowMs' | 'stamp' | 'heard' | 'atSteady' | 'isUnsure' | 'settle'>
  readonly newId: () => string
  /** Who holds this phone. */
  readonly personId: () => string
  readonly localOffsetS: () => number
}
/** Somebody who comes along: a client of the group, or a guest without an account. */
export type NewRunner = Pick<StoredParticipation, 'clientId' | 'alias'> & Limits
/** A strap as a stream knows it. */
export interface GivenStrap {
  readonly id: string
  readonly sensor: SensorKind
  readonly device: string | null
}

type WithoutTime<Entry> = Entry extends unknown ? Omit<Entry, 'atMs'> : never
/** What a hand does, before it has its time. */
export type Mark = WithoutTime<MarkEntry>

/** Section J: who should not run today does not; without a check-in a person decides. */
export const mayStart = ({ runner }: LiveRunner): boolean => runner.checkIn?.result !== 'not_today'

/** Who did not run after all is not in the way. */
export const isShown = ({ live: { runner } }: Participant): boolean =>
  runner.phase !== 'stopped' || runner.startedAtMs !== null
