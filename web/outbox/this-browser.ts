// The one outbox of this page, and its sending.
import { sendBatches } from '../api/batches.ts'
import { openOutbox } from './open-outbox.ts'
import { startSync } from './send-batches.ts'

export const thisOutbox = openOutbox()
export const thisSync = startSync(thisOutbox, sendBatches)
