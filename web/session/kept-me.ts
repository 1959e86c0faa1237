// The person who was signed in on this browser, for a start without a network. Staff only, because they record group
// runs; for two weeks since the server last confirmed it. It opens only what is on this device, no data of the server.
import type { Me } from '../api/people.ts'
import { thisOutbox } from '../outbox/instances.ts'

interface KeptMe {
  readonly me: Me
  readonly seenAtMs: number
}

const DAY_MS = 86_400_000
/** Product choice: longer than a holiday between two group runs. */
const KEPT_MS = 14 * DAY_MS
/** A disk that does not answer must not keep anybody from the page. */
const PATIENCE_MS = 2000

/** @param me null forgets whoever was here. Never throws */
export async function keepMe(me: Me | null, nowMs: number): Promise<void> {
  const kept: KeptMe | null = me === null ? null : { me, seenAtMs: nowMs }
  // A disk that is full or away says so itself; then the page does not open without a network.
  await thisOutbox.keep('who', kept).catch(() => undefined)
}

/** @returns null where nobody was here, or too long ago. Never throws */
export async function findKeptMe(nowMs: number): Promise<Me | null> {
  // A disk that cannot be read knows nobody.
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))
  const kept = await Promise.race([thisOutbox.kept<KeptMe>('who').catch(() => null), late])
  if (typeof kept?.me?.personId !== 'string' || nowMs - kept.seenAtMs > KEPT_MS) return null
  // Kept by a clock that ran ahead: it counts from now.
  if (kept.seenAtMs - nowMs > DAY_MS) await keepMe(kept.me, nowMs)
  // Without a network nobody can do anything about their backup codes or links, and a page of before kept nothing of them.
  return { ...kept.me, backupCodes: null, resets: [] }
}

/** Somebody is here: whom another guides, as this browser kept it for a start without a network, is not theirs to see. What was
 *  recorded stays, and so do the runs. Never throws */
export async function forgetOthers({ personId }: Pick<Me, 'personId'>): Promise<void> {
  const forget = async () => {
    const kept = await thisOutbox.kept<KeptMe>('who')
    if (kept !== null && kept.me.personId !== personId) await thisOutbox.wipeKept()
  }
  // A disk that cannot be read shows nobody anything either.
  await Promise.race([forget().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}

/** The server says that nobody is signed in: forget who was here and whom they guide, unless this browser is recording a run,
 *  which must go on after a reload in the wood. Never throws */
export async function forgetMe(): Promise<void> {
  try {
    if (!(await thisOutbox.isRecording())) await thisOutbox.wipeKept()
  } catch {
    // Nothing can be kept where nothing can be read.
  }
}
