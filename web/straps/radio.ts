// The interface between the driver and a radio, so that a real strap (`bluetooth.ts`) and a practice strap
// (`practice-radio.ts`) use the same machine. Nothing here throws: a failure is a value.
import type { SensorKind } from '../../src/domain/recording.ts'
import type { StrapProblem } from './strap-problem.ts'

/** What a strap says of itself; each part is null or `unknown` until it is read, and where the strap does not tell. */
export interface StrapFacts {
  readonly sensor: SensorKind
  /** Maker and product; never a serial number. */
  readonly device: string | null
  readonly batteryPercent: number | null
}

/** Hears one link, from `open` until `closed` or `close()`. */
export interface LinkListener {
  /** One Heart Rate Measurement (0x2A37); the bytes are a copy that nobody else writes to. */
  readonly notified: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly facts: (facts: Partial<StrapFacts>) => void
  /** The radio says that the link is gone. Comes once, also after `close()` where the link was open. */
  readonly closed: () => void
}

export type Opened = { readonly ok: true } | { readonly ok: false; readonly code: StrapProblem }

export interface RadioDevice {
  /** The browser's id: the same for the same strap, in this browser and this site only. */
  readonly id: string
  /** As the strap advertises it; empty where it does not. */
  readonly name: string
  /** Connect, find the services anew, and subscribe. At most one at a time; may never answer. */
  readonly open: (hear: LinkListener) => Promise<Opened>
  /** End the link or the attempt. No notification comes after it. */
  readonly close: () => void
}

export type Chosen =
  | { readonly ok: true; readonly device: RadioDevice }
  | { readonly ok: false; readonly code: StrapProblem | 'cancelled' }

export interface Radio {
  /** Let a person choose a strap. Must be called in their gesture, before anything is awaited.
   *  @param name show only straps of this name */
  readonly choose: (name?: string) => Promise<Chosen>
  /** The straps that this site may use without asking; null where the browser does not remember. */
  readonly remembered: () => Promise<readonly RadioDevice[] | null>
  /** Hear what the browser says of Bluetooth itself. `true` is no promise: a switched-off adapter can count as there. */
  readonly onAvailable: (hear: (available: boolean) => void) => void
}
