// The types of a group run's parts: what it needs, what comes in, and what it reports.
import type { Cue } from '../../src/domain/cue.ts'
import type { SensorKind } from '../../src/domain/recording.ts'
import type { MarkEntry } from '../../src/formats/phone-recording/entry.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { RecorderClock } from '../outbox/recorder-clock.ts'
import type { StoredParticipation } from '../outbox/stored.ts'
import type { Limits } from './limits.ts'
import type { LiveRunner } from './live-runner.ts'
import type { Participant, ParticipantsOutbox } from './participants.ts'

/** A cue for sound and screen reader; the tile shows it to the eyes. */
export interface CueOfRunner {
  readonly alias: string
  readonly cue: Cue
}
export interface GroupRunDeps {
  readonly outbox: ParticipantsOutbox & Pick<Outbox, 'append' | 'flush' | 'putGroupRun'>
  readonly clock: Pick<RecorderClock, 'nowMs' | 'stamp' | 'heard' | 'atSteady' | 'isUnsure' | 'settle'>
  readonly newId: () => string
  /** The person who holds this phone. */
  readonly personId: () => string
  readonly localOffsetS: () => number
}
/** A new runner: a client of the group, or a guest without an account. */
export type NewRunner = Pick<StoredParticipation, 'clientId' | 'alias'> & Limits
/** A strap as a stream knows it. */
export interface GivenStrap {
  readonly id: string
  readonly sensor: SensorKind
  readonly device: string | null
}

type WithoutTime<Entry> = Entry extends unknown ? Omit<Entry, 'atMs'> : never
/** An action of a person, before it has its time. */
export type Mark = WithoutTime<MarkEntry>

/** Section J: a runner whose check-in says "not today" cannot start; without a check-in a person decides. */
export const mayStart = ({ runner }: LiveRunner): boolean => runner.checkIn?.result !== 'not_today'

/** Runners who did not run after all do not count. */
export const isShown = ({ live: { runner } }: Participant): boolean =>
  runner.phase !== 'stopped' || runner.startedAtMs !== null
