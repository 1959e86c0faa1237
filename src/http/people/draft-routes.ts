// The key for unsaved text in a browser. Only the writer's own session gets it, so nobody else in that browser can read
// the text. The answer also lists the clients that the writer still guides, so that the browser removes the other
// drafts. The key is computed each time and stored nowhere.
import { createRoute, z } from '@hono/zod-openapi'
import { visibleClients } from '../../store/people/relations.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { json } from '../schemas.ts'
import { keyed } from '../sign-in/keyed.ts'

const drafts = z
  .object({
    draftKey: z.string().describe('32 bytes in base64; the same for a person each time, and nobody else’s'),
    clientIds: z.array(z.string()).readonly().describe('myself as a client, and the clients of my groups'),
  })
  .openapi('DraftKey')

const show = createRoute({
  ...guarded('signed-in'),
  method: 'get',
  path: '/api/me/drafts',
  responses: { 200: json(drafts, 'What keeps my drafts on this browser') },
})

export function draftRoutes({ store, secret }: AppContext) {
  return newRouter().openapi(show, async (c) => {
    const { access } = c.var
    const clients = await visibleClients(store.db, access).execute()
    const draftKey = await keyed(secret, 'drafts', access.personId)
    return c.json({ draftKey, clientIds: clients.map(({ id }) => id) }, 200)
  })
}
