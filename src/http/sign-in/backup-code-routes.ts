// Shows my backup codes until I say that I stored them, so that closing a page too early loses none. The library's
// paths make the codes (setting up an app, or making them again). A person who may see them here could also make new
// ones.
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { logAccount } from '../../store/people/access.ts'
import { clearUnkept, hasUnkept } from '../../store/sign-in/unkept-codes.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { json } from '../schemas.ts'
import type { Auth } from './auth.ts'
import { listBackupCodes } from './backup-codes.ts'
import { requireFresh } from './session.ts'

const look = createRoute({
  ...guarded('signed-in'),
  method: 'post',
  path: '/api/me/backup-codes/look',
  responses: {
    200: json(
      z.object({ codes: z.array(z.string()).readonly() }).openapi('BackupCodes'),
      'Those of which I did not say yet that I keep them, for a day; none where I did',
    ),
  },
})
const keep = createRoute({
  ...guarded('signed-in'),
  method: 'post',
  path: '/api/me/backup-codes/kept',
  responses: { 204: { description: 'I keep them: they are not shown again' } },
})

export function backupCodeRoutes({ store, nowMs }: AppContext, authFor: (c: Context) => Auth) {
  return newRouter()
    .openapi(look, async (c) => {
      const { access } = c.var
      requireFresh(c.var, nowMs())
      const mayLook = access.hasTwoFactors === true && (await hasUnkept(store.db, access.personId, nowMs()))
      const codes = mayLook ? await listBackupCodes(authFor(c), store.db, access.personId) : []
      if (codes.length > 0) await store.atomically((db) => logAccount(db, access, 'account.backup-codes-shown'))
      return c.json({ codes }, 200)
    })
    .openapi(keep, async (c) => {
      const { access } = c.var
      await store.atomically(async (db) => {
        if (access.hasTwoFactors !== true || !(await clearUnkept(db, access.personId))) return
        await logAccount(db, access, 'account.backup-codes-kept')
      })
      return c.body(null, 204)
    })
}
