// Access rights of a route, declared on the route itself. The OpenAPI document shows the same word, the policy checks
// it, and the log stores it. A route without a right reaches no data: the store gives it no key.
import {
  allowOnClient,
  clientRules,
  clinicRules,
  relations,
  roles,
  type ClientAction,
  type ClinicAction,
  type Role,
} from '../domain/access.ts'
import {
  logRefusal,
  makeAccess,
  makeSystemAccess,
  mayInClinic,
  openClient,
  stillOpens,
  type Access,
  type ClientAccess,
} from '../store/people/access.ts'
import type { Database, Store } from '../store/database.ts'
import { findClientOfRun, findRun, type Run } from '../store/runs/runs.ts'
import { ProblemError } from './problem.ts'

/** `public` needs no session; `signed-in` any. */
export type RouteAction = ClientAction | ClinicAction | 'public' | 'signed-in'

interface Guarded<Action extends RouteAction> {
  readonly 'x-action': Action
  readonly 'x-roles': readonly Role[]
}
/** As `createRoute` makes it of one. */
export interface GuardedRoute<Action extends RouteAction> extends Guarded<Action> {
  readonly method: string
}

/** Declare what a route asks for. */
export const guarded = <Action extends RouteAction>(action: Action): Guarded<Action> => ({
  'x-action': action,
  'x-roles': rolesFor(action),
})

/** Roles that some rule lets do this, for the document. */
export function rolesFor(action: RouteAction): Role[] {
  if (action === 'public') return []
  if (action === 'signed-in') return [...roles]
  const allowed = [...clientRules, ...clinicRules].filter((rule) => rule.actions.some((one) => one === action))
  return roles.filter((role) => allowed.some((rule) => rule.role === role))
}

/** Values that the sign-in middleware sets for the routes. */
export interface SignedIn {
  readonly access: Access
  /** Until when somebody may change how people sign in (sign-in/session.ts). */
  readonly freshUntilMs: number
  /** Ask anew who they are, where something took its time: a body, a turn. What they may do is asked of what is left here.
   *  @throws ProblemError as at the beginning of a request */
  readonly askAgain: () => Promise<void>
}
export interface GuardEnv {
  readonly Variables: SignedIn & {
    /** Work that an answer leaves behind: the turn of whoever asked ends with it (in-turn.ts). */
    readonly goesOn?: Promise<unknown>
  }
}
interface Asking {
  readonly var: SignedIn
}

/** The sign-in middleware's way to an `Access`. */
export const grantAccess = makeAccess

/** Requests that only read at the same moment share one write of their lines in the log. */
const transactionOf = (store: Store, { method }: { readonly method: string }): Store['atomically'] =>
  method === 'get' ? store.shortly : store.atomically

/** Do something with one client's data, with the log's line in the same transaction. A refusal is a line too.
 *  @throws ProblemError NOT_FOUND where it may not be, as where there is nothing */
export async function withClient<Action extends ClientAction, T>(
  store: Store,
  c: Asking,
  route: GuardedRoute<Action>,
  clientId: string,
  work: (db: Database, key: ClientAccess<Action>) => Promise<T>,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const action = route['x-action']
  const done = await transactionOf(
    store,
    route,
  )(async (db) => {
    const key = await openClient(db, c.var.access, action, clientId, detail)
    if (key !== null) return { outcome: await work(db, key) }
    await logRefusal(db, c.var.access, action, clientId)
    return null
  })
  if (done === null) throw new ProblemError('NOT_FOUND')
  return done.outcome
}

/** Whether they may still do what they were given the key for: asked where it is used long after it was given, before anything
 *  is written. A line where they may not.
 *  @throws ProblemError SIGNED_OUT, SECOND_FACTOR_REQUIRED, NOT_FOUND */
export async function requireStill(store: Store, c: Asking, key: ClientAccess): Promise<void> {
  await c.var.askAgain()
  if (await stillOpens(store.db, c.var.access, key)) return
  await store.atomically((db) => logRefusal(db, c.var.access, key.action, key.clientId))
  throw new ProblemError('NOT_FOUND')
}

/** Whether they may, for a route that tells once more what a line of the log stands for already. A line where they may not.
 *  @throws ProblemError NOT_FOUND */
export const requireMay = async <Action extends ClientAction>(
  store: Store,
  c: Asking,
  route: Guarded<Action>,
  clientId: string,
): Promise<void> => requireStill(store, c, makeSystemAccess(clientId, route['x-action']))

/** As `withClient` for several clients, each by itself, in one transaction; those that may not be are left out.
 *  @throws ProblemError NOT_FOUND where it may be with none of them, with a line for each */
export async function withClients<Action extends ClientAction, T>(
  store: Store,
  c: Asking,
  route: GuardedRoute<Action>,
  clientIds: readonly string[],
  work: (db: Database, key: ClientAccess<Action>) => Promise<T>,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<T[]> {
  const { access } = c.var
  const action = route['x-action']
  const outcomes = await transactionOf(
    store,
    route,
  )(async (db) => {
    const done: T[] = []
    for (const clientId of clientIds) {
      const key = await openClient(db, access, action, clientId, detail)
      if (key !== null) done.push(await work(db, key))
    }
    if (done.length === 0) await logRefusals(db, access, action, clientIds)
    return done
  })
  if (outcomes.length === 0) throw new ProblemError('NOT_FOUND')
  return outcomes
}

/** For a route that answers for each client by itself: whoever could do this with no client at all is refused outright.
 *  @throws ProblemError NOT_FOUND, with a line for each client that was asked for */
export async function requireRole<Action extends ClientAction>(
  store: Store,
  c: Asking,
  route: Guarded<Action>,
  clientIds: readonly string[],
): Promise<Access> {
  const { access } = c.var
  const action = route['x-action']
  if (allowOnClient(access.roles, relations, action) !== null) return access
  await store.atomically((db) => logRefusals(db, access, action, clientIds))
  throw new ProblemError('NOT_FOUND')
}

async function logRefusals(
  db: Database,
  access: Access,
  action: ClientAction,
  clientIds: readonly string[],
): Promise<void> {
  for (const clientId of clientIds.length === 0 ? [''] : new Set(clientIds))
    await logRefusal(db, access, action, clientId)
}

/** The same for one run, whosever it is. */
export async function withRun<Action extends ClientAction, T>(
  store: Store,
  c: Asking,
  route: GuardedRoute<Action>,
  runId: string,
  work: (db: Database, key: ClientAccess<Action>, run: Run) => Promise<T>,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  return withClient(
    store,
    c,
    route,
    // A run that is not there is refused as one that is not theirs.
    (await findClientOfRun(store.db, runId)) ?? '',
    async (db, key) => {
      const run = await findRun(db, key, runId)
      if (run === null) throw new ProblemError('NOT_FOUND')
      return work(db, key, run)
    },
    { ...detail, runId },
  )
}

/** @throws ProblemError NOT_FOUND where no rule allows */
export function requireInClinic(c: Asking, route: Guarded<ClinicAction>): Access {
  const { access } = c.var
  if (mayInClinic(access, route['x-action']) === null) throw new ProblemError('NOT_FOUND')
  return access
}

/** For what a password alone is not enough, in the first minutes of an account neither.
 *  @throws ProblemError SECOND_FACTOR_REQUIRED */
export function requireTwoFactors(access: Access): Access {
  if (access.hasTwoFactors !== true) throw new ProblemError('SECOND_FACTOR_REQUIRED')
  return access
}
