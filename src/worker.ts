// Entry: Cloudflare, one Durable Object per clinic with its own SQLite. Without a secret it answers nothing but health.
import { DurableObject } from 'cloudflare:workers'
import { createApp, type AppType } from './http/app.ts'
import { ProblemError, renderOurs } from './http/problem.ts'
import { inviteFirstAdministrator } from './http/sign-in/join.ts'
import { formDataUploads } from './http/runs/read-upload.ts'
import { makeImports, type Imports } from './http/runs/imports.ts'
import { composeStaleRuns } from './live/compose-stale-runs.ts'
import { logEvent } from './live/server-log.ts'
import type { Store } from './store/database.ts'
import { migrate } from './store/migrations.ts'
import { finishErasing } from './store/rights/erasing.ts'
import { runRetention, type RetentionReport } from './store/rights/retention.ts'
import { deleteOverSessions } from './store/sign-in/sessions.ts'
import { tellRefused } from './store/audit/refusals.ts'
import { openKysely } from './store/sqlite.ts'

interface Env {
  readonly CLINIC: DurableObjectNamespace<Clinic>
  /** Signs sessions; without it the worker answers nothing but health. */
  readonly CALMPACE_SECRET?: string
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** When retention ran last, beside the clinic's tables. */
const RETAINED_AT = 'retainedAtMs'

export class Clinic extends DurableObject<Env> {
  #app: AppType | null = null
  readonly #store: Store
  #imports: Imports | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const { sql } = ctx.storage
    const db = openKysely(
      (query) => ({
        reader: true,
        all: (parameters) => sql.exec(query, ...parameters).toArray(),
        run: (parameters) => {
          const cursor = sql.exec(query, ...parameters)
          cursor.toArray()
          return { changes: cursor.rowsWritten, lastInsertRowid: 0 }
        },
      }),
      () => undefined,
    )
    const atomically: Store['atomically'] = (work) => ctx.storage.transaction(() => work(db))
    // Its file is Cloudflare's, encrypted and not ours to compact; it writes together by itself, and holds answers back till then.
    const store: Store = { db, atomically, shortly: atomically }
    this.#store = store
    void ctx.blockConcurrencyWhile(async () => {
      await migrate(store)
      if ((await ctx.storage.getAlarm()) === null) await ctx.storage.setAlarm(Date.now() + HOUR_MS)
      const nowMs = () => Date.now()
      const newId = () => crypto.randomUUID()
      const code = await inviteFirstAdministrator(store, newId, nowMs())
      if (code !== null)
        logEvent(
          'server.first_administrator',
          'nobody can sign in yet; the first administrator joins at this address, once',
          {
            url: `/join#${code}`,
          },
        )
      const imports = makeImports({ store, nowMs, newId }, formDataUploads)
      this.#imports = imports
      // Their bytes went with the memory that held them: this says so to whoever asks.
      await imports.goOn()
      this.#app = createApp({
        store,
        nowMs,
        newId,
        imports,
        secret: env.CALMPACE_SECRET ?? '',
        origin: null,
        addressOf: (c) => c.req.header('cf-connecting-ip') ?? null,
      })
    })
  }

  /** Once an hour: recordings that stopped coming, sessions that are over; once a day: retention. A failure is Cloudflare's to try again. */
  override async alarm(): Promise<void> {
    const { storage } = this.ctx
    const nowMs = Date.now()
    await storage.setAlarm(nowMs + HOUR_MS)
    await this.#store.atomically((db) => tellRefused(db, nowMs))
    await finishErasing(this.#store, nowMs, async () => undefined)
    await this.composeStaleRuns(nowMs)
    await deleteOverSessions(this.#store.db, nowMs)
    await this.#imports?.tidy()
    if (nowMs - ((await storage.get<number>(RETAINED_AT)) ?? 0) < DAY_MS) return
    await this.retain(nowMs)
    await storage.put(RETAINED_AT, nowMs)
  }

  async composeStaleRuns(nowMs: number): Promise<number> {
    return composeStaleRuns({ store: this.#store, nowMs: () => nowMs, newId: () => crypto.randomUUID() })
  }

  async retain(nowMs: number): Promise<RetentionReport> {
    return runRetention(this.#store, nowMs)
  }

  override async fetch(request: Request): Promise<Response> {
    return this.#app === null ? refuse(request, 'NOT_READY') : this.#app.fetch(request)
  }
}

const refuse = ({ method }: Request, code: 'NOT_READY' | 'CLOSED'): Response =>
  renderOurs(new ProblemError(code), { method, route: '*' })

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { hostname, pathname } = new URL(request.url)
    const health = pathname === '/healthz' || pathname === '/readyz'
    if (!health && (env.CALMPACE_SECRET ?? '').length < 32) return refuse(request, 'CLOSED')
    return env.CLINIC.get(env.CLINIC.idFromName(hostname)).fetch(request)
  },
}
