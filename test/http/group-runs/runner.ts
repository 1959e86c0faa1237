// A client who is recorded at a group run, for the contracts of what a phone asks and sends.
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { newPart } from '../../support/phone.ts'
import type { Ask } from '../../support/sign-in.ts'
import { STREAM_START_MS } from '../../support/stream.ts'
import { addClient, setZone } from '../../support/asking.ts'

/** A clinic with one client, whose calm ceiling is 140. */
export async function openRunner(open: () => Promise<Ask>) {
  const ask = await open()
  const clientId = await addClient(ask)
  await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
  return { ask, clientId, part: newPart(clientId) }
}

export const checkedIn = (zoneNeedsReview = false): StreamEntry => ({
  kind: 'checked_in',
  atMs: STREAM_START_MS - 2500,
  result: 'consult',
  zoneNeedsReview,
})
