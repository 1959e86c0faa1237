// Deletes data about people that may not stay on this phone, before anything is shown, because anybody may open the
// page next (docs/decisions/0022-how-long-data-stay-on-a-phone.md). Recordings that can still be sent wait for a person
// who may send them, until their term.
import { effect } from '@preact/signals'
import { allowOnClient, relations } from '../../src/domain/access.ts'
import type { Me } from '../api/people.ts'
import { askServerClock } from '../api/server-clock.ts'
import { forgetUnsavedOf } from '../group-run/unsaved-note.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { findKeptMe } from './kept-me.ts'
import { who } from './me.ts'

/** A disk that does not answer must not keep anybody from the page; nothing of it is shown then either. */
const PATIENCE_MS = 2000
/** A network that takes longer is none. */
const SERVER_PATIENCE_MS = 1000

/** Called once, before the first screen. Never throws */
export async function cleanAtLoad(): Promise<void> {
  await Promise.race([clean(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}

async function clean(): Promise<void> {
  try {
    // Ends by itself what was left: from here on it is no reason to keep who was here.
    await thisOutbox.ready
    // What nobody else has goes at once only where the server says what day it is.
    const asked = askServerClock(SERVER_PATIENCE_MS)
    if ((await thisOutbox.listGroupRuns()).length > 0) await asked
    const lastHere = await findKeptMe(Date.now())
    if (lastHere === null && !(await thisOutbox.isRecording())) await thisOutbox.wipeKept()
    await thisOutbox.clean(lastHere !== null && mayRecord(lastHere))
    const runs = await thisOutbox.listGroupRuns()
    forgetUnsavedOf((groupRunId) => runs.every(({ id }) => id !== groupRunId))
  } catch {
    // The outbox says itself what is the matter with the disk, and tries again.
  }
}

/** Now, and whenever it is somebody else. */
export function cleanForWhoIsHere(): void {
  let before: boolean | null = null
  effect(() => {
    const now = who.value
    if (now.state === 'asking') return
    const maySend = now.state === 'there' && mayRecord(now.me)
    if (maySend === before) return
    before = maySend
    // What is refused is tried again every hour, and not shown.
    thisOutbox.clean(maySend).catch(() => undefined)
  })
}

/** Whether the server may take a recording of them. */
export const mayRecord = ({ roles }: Pick<Me, 'roles'>): boolean =>
  allowOnClient(roles, relations, 'run.record') !== null
