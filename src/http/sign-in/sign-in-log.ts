// Log lines about sign-ins and accounts. Each says whose account it is (if that is known for sure, or by the given
// name), a replacement word for a name that nobody has, the address, and what was refused.
import type { Context } from 'hono'
import { sql } from 'kysely'
import { logAccount, logRefused } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { findPersonByEmail } from '../../store/people/people.ts'
import { addRefused, logUnknown, tellRefused } from '../../store/audit/refusals.ts'
import type { AppContext } from '../app-context.ts'
import { makeNameKeys } from './keyed.ts'

/** product choice: a process that dies loses the count of this long, no line. */
const WRITTEN_EVERY_MS = 1000

export type SignInLog = ReturnType<typeof makeSignInLog>

export function makeSignInLog({ store, nowMs, addressOf }: AppContext) {
  const nameKey = makeNameKeys(nowMs)
  let refused: (string | null)[] = []
  let writtenAtMs = Number.NEGATIVE_INFINITY
  const writeRefused = async (db: Database): Promise<void> => {
    const waiting = refused
    refused = []
    for (const cameFrom of waiting) await addRefused(db, cameFrom, nowMs())
    await tellRefused(db, nowMs())
  }
  return {
    done: (c: Context, action: string, personId: string | null): Promise<void> =>
      store.atomically((db) => logAccount(db, { personId, cameFrom: addressOf(c), nowMs: nowMs() }, action)),
    /** Somebody who is signed in. */
    refused: (c: Context, personId: string, asked: string, code: string): Promise<void> =>
      store.atomically((db) => logRefused(db, { personId, cameFrom: addressOf(c), nowMs: nowMs() }, asked, code)),
    /** Somebody who is not.
     *  @param of whose account was tried: a name that was given, or a person */
    refusedUnknown: async (
      c: Context,
      asked: string,
      code: string,
      of: { readonly name: string } | { readonly personId: string | null },
    ): Promise<void> => {
      const word = 'name' in of ? await nameKey(of.name) : null
      await store.atomically(async (db) => {
        const personId = 'name' in of ? await findPersonByEmail(db, of.name) : of.personId
        const name = word === null || personId !== null ? {} : { name: word }
        await logUnknown(db, {
          atMs: nowMs(),
          personId,
          action: 'sign-in.refused',
          clientId: null,
          rule: null,
          cameFrom: addressOf(c),
          detail: { asked, code, ...name },
        })
      })
    },
    /** For its pace alone: counted, and told once a minute. Of a crowd not each one is a transaction: it would hold up
     *  everybody else. */
    tooFast: async (c: Context): Promise<void> => {
      refused.push(addressOf(c))
      if (Math.abs(nowMs() - writtenAtMs) < WRITTEN_EVERY_MS) return
      writtenAtMs = nowMs()
      await store.atomically(writeRefused)
    },
    /** Tries that were counted before and not logged yet. */
    tellCounted: (): Promise<void> => store.atomically(writeRefused),
  }
}

/** The owner of this passkey. */
export async function ownerOfPasskey(db: Database, credentialId: unknown): Promise<string | null> {
  if (typeof credentialId !== 'string') return null
  const { rows } = await sql<{
    userId: string
  }>`select userId from passkey where credentialID = ${credentialId}`.execute(db)
  return rows[0]?.userId ?? null
}
