// Route of being erased: everything of one client, for good.
import { createRoute, z } from '@hono/zod-openapi'
import { findClient } from '../../store/clients.ts'
import type { Store } from '../../store/database.ts'
import { eraseClient } from '../../store/erase-client.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body } from '../schemas.ts'

const erase = createRoute({
  ...guarded('data.erase'),
  method: 'delete',
  path: '/api/clients/{clientId}',
  request: {
    params: z.object({ clientId: z.string() }),
    body: body(z.strictObject({ confirmation: z.string().max(80).describe("the client's first name, typed") })),
  },
  responses: { 204: { description: 'Nothing of the client is left but lines in the log, which do not name them' } },
})

export function eraseRoutes({ store }: AppContext) {
  return newRouter().openapi(erase, async (c) => {
    const { confirmation } = c.req.valid('json')
    await withClient(store, c, erase, c.req.valid('param').clientId, async (db, key) => {
      const client = await findClient(db, key)
      if (client === null || !isSameName(client.firstName, confirmation)) throw new ProblemError('NOT_CONFIRMED')
      await eraseClient(db, key)
    })
    await compact(store)
    return c.body(null, 204)
  })
}

const isSameName = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (name: string) => name.normalize('NFC').trim().toLowerCase()

/** The rows are gone and stay gone. Where the files cannot be rewritten now, the next daily job does it. */
async function compact(store: Store): Promise<void> {
  await store.compact?.().catch((error: unknown) => {
    console.error(`calmpace: not compacted: ${error instanceof Error ? error.message : String(error)}`)
  })
}
