// Checks during a run whether the disk still accepts data. A person must know that the disk is full before the browser
// refuses the first heartbeat, or that it does not answer at all.
import { hasRoomFor } from './storage-room.ts'

/** product choice: a tenth of the half minute that Chromium would keep it to itself */
const LOOK_EVERY_MS = 4000
/** So little that it costs nothing, and more than what comes until the next look. */
const ENOUGH_BYTES = 16 * 1024
/** What two hours of ten straps take with all the rewriting, and some … product choice: there is time to make room. */
const PLENTY_BYTES = 8 * 1024 * 1024
const PLENTY_EVERY_MS = 5 * 60_000
/** … and more often once somebody was asked to make room. */
const PLENTY_AGAIN_MS = 20_000
/** A write takes a few milliseconds; one that takes longer than this is not under way any more … product choice. */
const STUCK_AFTER_MS = 8000

export interface RoomFacts {
  /** Nothing more is taken. */
  readonly noRoom: boolean
  /** It will be full soon. */
  readonly low: boolean
  /** Something has waited for too long to be written. */
  readonly stuck: boolean
}

/** From now on, for as long as the page is there.
 *  @param isAsked whether a run is recorded, or the disk was full
 *  @param unwrittenForMs for how long the oldest write has been waited for */
export function watchRoom(
  isAsked: () => boolean,
  unwrittenForMs: () => number,
  hear: (facts: RoomFacts) => void,
): void {
  let facts: RoomFacts = { noRoom: false, low: false, stuck: false }
  let plentyAtMs = -Infinity
  const look = async () => {
    const stuck = unwrittenForMs() > STUCK_AFTER_MS
    const asked = isAsked()
    const noRoom = asked && (await hasRoomFor(ENOUGH_BYTES)) === false
    let low = asked && (noRoom || facts.low)
    const againMs = low ? PLENTY_AGAIN_MS : PLENTY_EVERY_MS
    if (asked && !noRoom && performance.now() - plentyAtMs > againMs) {
      plentyAtMs = performance.now()
      low = (await hasRoomFor(PLENTY_BYTES)) === false
    }
    facts = { noRoom, low, stuck }
    hear(facts)
  }
  const lookOn = async () => {
    await look()
    setTimeout(() => void lookOn(), LOOK_EVERY_MS)
  }
  void lookOn()
}
