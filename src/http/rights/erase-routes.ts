// Routes to erase a client: find the client of a written request, and delete all their data.
import { createRoute, z } from '@hono/zod-openapi'
import { isNamed } from '../../domain/same-name.ts'
import { causeOf } from '../../live/cause.ts'
import { logEvent } from '../../live/server-log.ts'
import { logClinic } from '../../store/people/access.ts'
import { findClient, listClientsNamed } from '../../store/clients/clients.ts'
import type { CopiesLeft, Store } from '../../store/database.ts'
import { ExpectedError } from '../../store/expected-error.ts'
import { beginErasing, finishErasing } from '../../store/rights/erasing.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { nextTurn } from '../next-turn.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, json } from '../schemas.ts'
import type { SignInLog } from '../sign-in/sign-in-log.ts'

const erase = createRoute({
  ...guarded('data.erase'),
  method: 'delete',
  path: '/api/clients/{clientId}',
  request: {
    params: z.object({ clientId: z.string() }),
    body: body(z.strictObject({ confirmation: z.string().max(80).describe("the client's first name, typed") })),
  },
  responses: {
    200: json(
      z.object({
        copiesLeft: z
          .enum(['until_rewritten', 'until_room'])
          .describe(
            'the server writes its files anew by itself, mostly in the next night; or once its disk has room for that',
          ),
      }),
      'Erased; copies of what was deleted may stand in the files of the server for a while, and nobody reaches them through it',
    ),
    204: { description: 'Nothing of the client is left but lines in the log, which do not name them' },
  },
})

const find = createRoute({
  ...guarded('erase.find'),
  method: 'post',
  path: '/api/erasures/search',
  request: { body: body(z.strictObject({ firstName: z.string().trim().min(1).max(80) })) },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            firstName: z.string(),
            birthYear: z.number().int(),
            groups: z.array(z.string()).describe('their names'),
          }),
        ),
      }),
      'Clients of this first name, whatever its case, accents and particles, as far as they are told apart; the search is logged',
    ),
  },
})

/** @param log what it has not counted yet may be of them: counted before, it goes along */
export function eraseRoutes({ store, nowMs, imports }: AppContext, log: Pick<SignInLog, 'tellCounted'>) {
  const router = newRouter().openapi(find, async (c) => {
    const access = requireInClinic(c, find)
    const { firstName } = c.req.valid('json')
    const items = await store.atomically(async (db) => {
      const found = await listClientsNamed(db, (name) => isNamed(name, firstName))
      await logClinic(db, access, 'erase.find', { found: found.length })
      return found
    })
    return c.json({ items }, 200)
  })
  return router.openapi(erase, async (c) => {
    const { confirmation } = c.req.valid('json')
    await log.tellCounted()
    const { clientId } = c.req.valid('param')
    await withClient(store, c, erase, clientId, async (db, key) => {
      const client = await findClient(db, key)
      if (client === null || !isSameName(client.firstName, confirmation)) throw new ProblemError('NOT_CONFIRMED')
      await beginErasing(db, key, nowMs())
    })
    await imports.stopThoseOf(clientId)
    await finishErasing(store, nowMs(), nextTurn)
    await imports.tidy()
    const copiesLeft = await compact(store)
    return copiesLeft === 'none' ? c.body(null, 204) : c.json({ copiesLeft }, 200)
  })
}

const isSameName = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (name: string) => name.normalize('NFC').trim().toLowerCase()

/** The rows are gone and stay gone. What is left of them in the files, and the line for who can make room. */
async function compact(store: Store): Promise<CopiesLeft> {
  try {
    const left = (await store.compact?.()) ?? 'none'
    if (left === 'until_room') logEvent('files.not_rewritten', `${ERASED} the disk has no room for that: make some`)
    return left
  } catch (error) {
    const isFull = error instanceof ExpectedError && error.code === 'NO_ROOM_TO_REWRITE'
    const why = error instanceof ExpectedError ? error.message : 'that failed, and is tried again every day'
    logEvent('files.not_rewritten', `${ERASED} ${why}`, { cause: causeOf(error) })
    return isFull ? 'until_room' : 'until_rewritten'
  }
}
const ERASED = 'a client is erased, but the files were not written anew:'
