// Lines of a clinic's log, read from its database: what a request left there, and reading leaves nothing.
import type { Database } from '../../src/store/database.ts'
import { listAudit } from '../../src/store/audit/audit.ts'

/** The number of the newest line. */
export const lastLine = async (db: Database): Promise<number> => (await listAudit(db, {}, 1))[0]?.seq ?? 0

/** Lines behind that one, oldest first, without what each line has. */
export async function linesSince(db: Database, seq: number) {
  const lines = (await listAudit(db, {}, 500)).filter((line) => line.seq > seq).reverse()
  return lines.map(({ action, personId, clientId, cameFrom, detail }) => ({
    action,
    personId,
    clientId,
    cameFrom,
    detail,
  }))
}
