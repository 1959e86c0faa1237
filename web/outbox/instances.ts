// The one outbox of this page, and its sending.
import { codeOf } from '../api/api-error.ts'
import { sendBatches } from '../api/batches.ts'
import { tellHandOver } from '../api/group-runs.ts'
import { here } from '../session/here.ts'
import { openHandOvers } from './hand-overs.ts'
import { openOutbox } from './open-outbox.ts'
import { startSync } from './send-batches.ts'
import { isHeldBy } from './stored.ts'
import { pageWorld } from './sync-world.ts'

export const thisOutbox = openOutbox()
export const thisHandOvers = openHandOvers(thisOutbox, tellHandOver, codeOf)
export const thisSync = startSync(thisOutbox, sendBatches, pageWorld, {
  maySend: () => here.value?.mayRecord ?? false,
  // A value of an older page has no name on it, so it belongs to the signed-in person.
  holds: (run) => run.holder === undefined || isHeldBy(run, here.peek()?.personId ?? ''),
  tellFirst: thisHandOvers.sendAll,
})
