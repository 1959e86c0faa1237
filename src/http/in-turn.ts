// Limits how many uploads, exports and long judgements one person runs at a time. The rest wait in turn, so one person
// does not block others.
import type { Hono, MiddlewareHandler } from 'hono'
import type { AppContext } from './app-context.ts'
import type { GuardEnv } from './guard.ts'
import { makeTurns } from './turns.ts'

/** product choice: two of a kind at a time, as a browser that goes on with one while another one is slow. */
const AT_ONCE = 2
/** product choice: a page never has so many open. */
const MOST_WAITING = 50

/** By kind: each has turns of its own. `untilSent`: what is made is in memory until it has gone out. */
const kinds = [
  {
    untilSent: false,
    routes: [
      ['POST', '/api/clients/:clientId/runs'],
      ['POST', '/api/clients/:clientId/import'],
    ],
  },
  {
    untilSent: true,
    routes: [
      ['GET', '/api/runs/:runId/exports/:format'],
      ['GET', '/api/runs/:runId/file'],
      ['GET', '/api/clients/:clientId/data.zip'],
    ],
  },
  {
    untilSent: false,
    routes: [
      ['POST', '/api/settings/preview'],
      ['POST', '/api/clients/:clientId/zones/preview'],
      ['POST', '/api/clients/:clientId/zones/judgements'],
      ['POST', '/api/runs/:runId/assessments'],
    ],
  },
] as const

/** Put the turns before these routes; behind the sign-in, for a turn is a person's. */
export function addTurns(app: Pick<Hono<GuardEnv>, 'on'>, { whenSent }: Pick<AppContext, 'whenSent'>): void {
  for (const { untilSent, routes } of kinds) {
    const turns = makeTurns(AT_ONCE, MOST_WAITING)
    const inTurn: MiddlewareHandler<GuardEnv> = async (c, next) => {
      const release = await turns.take(c.var.access.personId, c.req.raw.signal)
      // Where a runtime cannot say when an answer has gone out, the turn ends with its making.
      const sent = untilSent ? whenSent?.(c) : undefined
      try {
        await c.var.askAgain()
        await next()
      } finally {
        const end = sent ?? c.var.goesOn
        if (end === undefined) release()
        else void end.then(release)
      }
    }
    for (const [method, path] of routes) app.on(method, path, inTurn)
  }
}
