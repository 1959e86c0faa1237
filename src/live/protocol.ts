// The messages between a phone at a group run and the server. It contains only types and constants, because the page
// imports this file. From this folder the page imports only this file and base64.ts.
import type { CalmZone } from '../domain/calm-zone.ts'
import type { ParameterOverrides } from '../domain/parameters/parameters.ts'
import type { ParticipationState } from '../domain/participation.ts'
import type { WatchLevel } from '../domain/zone/resolve-zone.ts'

/** `GET /api/groups/{groupId}/roster`: all that a phone needs to guide these runners without a network. */
export interface Roster {
  readonly groupId: string
  readonly name: string
  /** The server's clock. */
  readonly fetchedAtMs: number
  readonly ruleVersion: string
  /** Parameters that the clinic changed. */
  readonly parameters: ParameterOverrides
  /** By first name. */
  readonly clients: readonly RosterClient[]
}
export interface RosterClient {
  readonly id: string
  readonly firstName: string
  readonly watchLevel: WatchLevel
  readonly zone: (CalmZone & { readonly id: string; readonly validFromMs: number }) | null
  /** Rule A10: a check-in since the newest zone said that it is to be looked at again. */
  readonly zoneNeedsReview: boolean
}

/** A group run as its phone tells of it. */
export interface GroupRunFacts {
  readonly groupId: string | null
  readonly madeAtMs: number
  /** The person who started it; another person may send. Absent if the phone does not know, or its page is older. */
  readonly startedBy?: string | undefined
}

/** `POST /api/group-runs/{groupRunId}/hand-overs`: somebody took the run over, now or where there was no network. */
export interface HandOverRequest {
  readonly id: string
  readonly groupRun: GroupRunFacts
  readonly fromPersonId: string | null
  readonly toPersonId: string
  /** The phone's wall clock, as is `sentAtMs`. */
  readonly happenedAtMs: number
  readonly sentAtMs: number
  readonly withoutNetwork: boolean
  /** Everybody in the run who is a client. */
  readonly clientIds: readonly string[]
}
export interface HandOverAnswer {
  /** By the server's clock. */
  readonly happenedAtMs: number
  readonly receivedAtMs: number
}

/** `POST /api/group-runs/{groupRunId}/batches`. It says everything about itself: any may come first, and repeating one
 *  changes nothing. */
export interface BatchesRequest {
  /** The phone's own id; the phone numbers the batches. */
  readonly recorderId: string
  /** The recorder's clock at the moment of sending: the one that the entries of this group run have their times of, which does
   *  not follow a clock that was set meanwhile. Against `receivedAtMs` it says how far that clock is off; over a minute the
   *  run's times are moved by it. */
  readonly sentAtMs: number
  readonly groupRun: GroupRunFacts
  /** Those of the batches, at least. Without batches it asks how far they are. */
  readonly participations: readonly {
    /** A UUID that the phone made. */
    readonly id: string
    readonly clientId: string
    /** Zone version that the phone judges by. */
    readonly zoneVersionId: string | null
  }[]
  readonly batches: readonly {
    readonly participationId: string
    /** 1, 2, 3, … of this recorder and participation. */
    readonly number: number
    /** As `encodeBatch` wrote it, in base64. */
    readonly bytes: string
  }[]
}

export interface BatchesAnswer {
  /** The server's clock when the request came, so that a phone can say that its own is off. */
  readonly receivedAtMs: number
  /** On disk: the phone may forget these. */
  readonly acknowledged: readonly { readonly participationId: string; readonly number: number }[]
  /** Not taken, the others are. A number of null stands for the whole participation. */
  readonly refused: readonly Refused[]
  /** Of those that were named and not refused. */
  readonly participations: readonly ParticipationStatus[]
}
export interface Refused {
  readonly participationId: string
  readonly number: number | null
  readonly code: BatchRefusal
}
export interface ParticipationStatus {
  readonly id: string
  readonly state: ParticipationState
  /** The run that it became, as people see it; null before, and after somebody removed it. */
  readonly runId: string | null
  /** The first numbers below the highest one that are not here: of the recorder that asks, else of all. */
  readonly missing: readonly number[]
}

/** Why a batch, or all of a participation, was not taken. Sending the same again gives the same, but for `TROUBLE`. */
export const batchRefusals = {
  TROUBLE: 'The server could not take anything of this runner now; the others are taken. Send it again later.',
  NOT_FOUND: 'This runner does not exist, or is not yours to record.',
  PARTICIPATION_OTHER: 'This recording belongs to another runner or another group run.',
  PARTICIPATION_UNDECLARED: 'The request does not say whose batch this is.',
  RUN_REMOVED: 'The run of this recording was removed while the recording still went on.',
  BATCH_NOT_BASE64: 'The bytes of this batch are not base64.',
  BATCH_TOO_LARGE: 'This batch is larger than 256 KB.',
  NOT_A_BATCH: 'These bytes are no batch of a recorder.',
  BATCH_DAMAGED: 'This batch cannot be read to its end.',
  BATCH_DIFFERS: 'Another batch is kept under this number already; it was not overwritten.',
} as const
export type BatchRefusal = keyof typeof batchRefusals

/** Limits of one request. A phone uses the same limits to fill its requests. */
export const MAX_BATCHES_PER_REQUEST = 2000
export const MAX_PARTICIPATIONS_PER_REQUEST = 100
export const MAX_BATCH_BYTES = 256 * 1024
export const MAX_BATCH_NUMBER = 1_000_000
