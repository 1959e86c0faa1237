// Imports that go on without the request that began them. Once the bytes of an upload are kept, a row says so, and the work ends
// when it ends: by itself, by a problem, or because somebody gave it up. If the process ends first, the next one goes on
// (docs/decisions/0032-imports-that-go-on.md).
import type { ReceiveContext } from '../../live/receive-batches.ts'
import { causeOf } from '../../live/cause.ts'
import { logEvent } from '../../live/server-log.ts'
import { logRefusal, makeAccess, makeSystemAccess, stillOpens, type Access } from '../../store/people/access.ts'
import { isDiskFull } from '../../store/disk-full.ts'
import { staffRolesOf } from '../../store/people/relations.ts'
import {
  deleteImports,
  deleteOldImports,
  endImport,
  insertImport,
  listUnfinishedImports,
  noteTry,
  type ImportAsked,
  type ImportJob,
} from '../../store/runs/import-jobs.ts'
import { orAfter } from '../or-after.ts'
import { findCode, ProblemError, type ProblemCode } from '../problem.ts'
import { importForm, ImportProgress } from './import-form.ts'
import type { UploadForm, Uploads } from './read-upload.ts'

/** product choice: what ends the process three times is not begun a fourth time. */
const MOST_TRIES = 3
/** product choice: for so long the process waits at its end for the file that is being read. */
const STOP_MS = 5000

/** How an import ended: by a problem that its answer is, by a fault of ours, or by nothing. */
export type ImportEnd = { readonly error: Error | null }

export interface Going {
  readonly job: ImportJob
  readonly progress: ImportProgress
  /** Once its row says so too. Never rejects. */
  readonly ended: Promise<ImportEnd>
  /** All is read, and who waits gets the answer in a moment. */
  readonly isOver: boolean
}

export interface Imports {
  /** Read an upload for a client, and do something with it. It is released where that fails.
   *  @throws ProblemError of `ReadUpload`; NOT_FOUND where the client is erased meanwhile */
  readonly take: <T>(clientId: string, request: Request, use: (form: UploadForm) => Promise<T>) => Promise<T>
  /** Take over an upload that has come completely. Inside `take`.
   *  @param isAwaited whether somebody gets the answer when it ends: nothing is kept for them then */
  readonly begin: (
    access: Access,
    clientId: string,
    asked: Omit<ImportAsked, 'cameFrom' | 'hasTwoFactors'>,
    form: UploadForm,
    isAwaited: () => boolean,
  ) => Promise<Going>
  /** One that this process works on. */
  readonly find: (id: string) => Going | null
  /** End it, if it has not ended, and keep nothing about it. Runs that it added stay. */
  readonly forget: (job: Pick<ImportJob, 'id'>) => Promise<void>
  /** Before a client is erased: also what is still being sent. Afterwards no byte of theirs waits here. */
  readonly stopThoseOf: (clientId: string) => Promise<void>
  /** At a start, and later for what could not be taken up then: go on with what the last process left, one after the other. */
  readonly goOn: () => Promise<void>
  /** Remove what nobody needs any more. @returns how many ended imports these were */
  readonly tidy: () => Promise<number>
  /** The process ends: what has not ended goes on in the next one. */
  readonly stop: () => Promise<void>
}

interface OwnGoing extends Going {
  isOver: boolean
  stop: 'process' | 'forgotten' | null
}

/** An upload that is being sent, or handed over. */
interface Arriving {
  readonly clientId: string
  readonly giveUp: AbortController
  readonly over: Promise<void>
}

/** @param stopMs for tests */
export function makeImports(
  { store, nowMs, newId }: ReceiveContext,
  uploads: Uploads,
  stopMs: number = STOP_MS,
): Imports {
  const going = new Map<string, OwnGoing>()
  /** Whose row is being written. */
  const beginning = new Set<string>()
  const arriving = new Set<Arriving>()
  let goingOn: Promise<void> | null = null
  let isEnding = false

  /** @param isAgain an earlier try began it */
  const run = (job: ImportJob, form: UploadForm, isAwaited: () => boolean, isAgain: boolean): OwnGoing => {
    const progress = new ImportProgress(job.asked.tellsAll)
    const { promise: ended, resolve } = Promise.withResolvers<ImportEnd>()
    const one: OwnGoing = { job, progress, ended, isOver: false, stop: isEnding ? 'process' : null }
    going.set(job.id, one)
    const follow = async () => {
      const end = await work(one, form, isAwaited, isAgain)
      going.delete(job.id)
      resolve(end)
    }
    void follow()
    return one
  }

  /** Never rejects. */
  const work = async (
    one: OwnGoing,
    form: UploadForm,
    isAwaited: () => boolean,
    isAgain: boolean,
  ): Promise<ImportEnd> => {
    const { job, progress } = one
    const failed = await read(one, form, isAwaited, isAgain).catch(toError)
    // From here on nobody is told that it goes on.
    one.isOver = true
    const release = () =>
      form.release().catch((error: unknown) => logFailed('the bytes of an import could not be removed', error))
    if (one.stop === 'process') {
      await form.leave().catch(() => undefined)
      return { error: new ProblemError('IMPORT_INTERRUPTED') }
    }
    const error = one.stop === 'forgotten' ? new ProblemError('NOT_FOUND') : failed
    const isKept = one.stop === null && !isAwaited()
    // Its own bytes may be what leaves no room to say so.
    if (isDiskFull(error)) await release()
    try {
      // The row first: bytes that no row names are swept, and a row without bytes would be told as interrupted.
      await store.shortly(async (db) => {
        if (isKept) await endImport(db, job.id, JSON.stringify(progress.upload), { atMs: nowMs(), code: codeOf(error) })
        else await deleteImports(db, [job.id])
      })
    } catch (unsaid) {
      logFailed('how an import ended could not be kept; it is taken up again', unsaid)
      await form.leave().catch(() => undefined)
      return { error: error ?? toError(unsaid) }
    }
    await release()
    if (isKept && codeOf(error) === 'INTERNAL') logFailed('an import failed', error)
    return { error }
  }

  const read = async (
    { job, progress }: OwnGoing,
    form: UploadForm,
    isAwaited: () => boolean,
    isAgain: boolean,
  ): Promise<null> => {
    const { clientId, personId, asked, begunAtMs } = job
    const key = makeSystemAccess(clientId, 'run.add')
    const stillMay = async () => {
      // Whether they are a client, and whose, is what the relation says.
      const roles = [...(await staffRolesOf(store.db, personId)), 'client'] as const
      const { cameFrom, hasTwoFactors } = asked
      const access = makeAccess({ personId, roles, cameFrom, nowMs: nowMs(), hasTwoFactors })
      if (await stillOpens(store.db, access, key)) return
      // The line of a request that is refused is written with its answer.
      if (!isAwaited()) await store.atomically((db) => logRefusal(db, access, key.action, clientId))
      throw new ProblemError('NOT_FOUND')
    }
    const isStopped = () => going.get(job.id)?.stop !== null
    const asking = { access: key, isClient: asked.isClient, plannedMin: asked.plannedMin }
    const again = isAgain ? { begunAtMs } : {}
    await importForm({ store, nowMs, newId }, { ...asking, ...again }, form, { stillMay, isStopped }, progress)
    return null
  }

  const end = async (one: OwnGoing, why: 'process' | 'forgotten') => {
    one.stop ??= why
    await one.ended
  }

  const interrupted = async (job: ImportJob) => {
    await store.atomically((db) =>
      endImport(db, job.id, '{"results":[],"left":[]}', {
        atMs: nowMs(),
        code: 'IMPORT_INTERRUPTED' satisfies ProblemCode,
      }),
    )
  }

  const sweep = async () => {
    const unfinished = await listUnfinishedImports(store.db)
    await uploads.sweep(unfinished.flatMap(({ upload }) => upload ?? []))
  }

  /** @throws where it cannot be taken up now; its row and its bytes stay */
  const takeUp = async (job: ImportJob) => {
    const tries = job.tries + 1
    const form = job.upload === null || tries > MOST_TRIES ? null : await uploads.reopen(job.upload)
    if (form === null) return interrupted(job)
    try {
      await noteTry(store.db, job.id, tries)
    } catch (error) {
      await form.leave()
      throw error
    }
    logEvent('import.goes_on', 'goes on with an import that the last stop interrupted')
    await run({ ...job, tries }, form, () => false, true).ended
  }

  const takeUpAll = async () => {
    const left = await listUnfinishedImports(store.db)
    await sweep()
    for (const job of left) {
      if (isEnding) return
      if (going.has(job.id) || beginning.has(job.id)) continue
      await takeUp(job).catch((error: unknown) =>
        logFailed('an import could not be taken up again; it is tried again within an hour', error),
      )
    }
    await sweep()
  }

  return {
    take: async (clientId, request, use) => {
      const giveUp = new AbortController()
      const { promise: over, resolve } = Promise.withResolvers<void>()
      const one = { clientId, giveUp, over }
      arriving.add(one)
      try {
        const form = await uploads.read(request, giveUp.signal)
        try {
          return await use(form)
        } catch (error) {
          await form.release()
          throw error
        }
      } catch (error) {
        throw giveUp.signal.aborted ? new ProblemError('NOT_FOUND') : error
      } finally {
        arriving.delete(one)
        resolve()
      }
    },
    find: (id) => going.get(id) ?? null,
    begin: async (
      { personId, cameFrom, hasTwoFactors = false, nowMs: begunAtMs },
      clientId,
      asked,
      form,
      isAwaited,
    ) => {
      const upload = await form.keep()
      const job: ImportJob = {
        id: newId(),
        clientId,
        personId,
        begunAtMs,
        upload,
        tries: 1,
        ended: null,
        asked: { ...asked, cameFrom, hasTwoFactors },
      }
      beginning.add(job.id)
      try {
        await store.shortly((db) => insertImport(db, makeSystemAccess(clientId, 'run.add'), job))
        return run(job, form, isAwaited, false)
      } finally {
        beginning.delete(job.id)
      }
    },
    forget: async ({ id }) => {
      const one = going.get(id)
      if (one !== undefined) await end(one, 'forgotten')
      await store.atomically((db) => deleteImports(db, [id]))
      await sweep()
    },
    stopThoseOf: async (clientId) => {
      const sent = [...arriving].filter((one) => one.clientId === clientId)
      for (const { giveUp } of sent) giveUp.abort()
      await Promise.all(sent.map(({ over }) => over))
      const own = [...going.values()].filter(({ job }) => job.clientId === clientId)
      await Promise.all(own.map((one) => end(one, 'forgotten')))
    },
    goOn: () => (goingOn ??= takeUpAll().finally(() => (goingOn = null))),
    tidy: async () => {
      const deleted = await deleteOldImports(store, nowMs())
      await sweep()
      return deleted
    },
    stop: async () => {
      isEnding = true
      const left = [...going.values()]
      for (const one of left) one.stop ??= 'process'
      // An end that was asked for is no fault of what it reads. Said first: one file may take longer than is waited for.
      await Promise.all(left.map(({ job }) => noteTry(store.db, job.id, job.tries - 1).catch(() => undefined)))
      await orAfter(stopMs, Promise.all(left.map((one) => end(one, 'process'))))
    },
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const codeOf = (error: Error | null): ProblemCode | null => (error === null ? null : (findCode(error) ?? 'INTERNAL'))

const logFailed = (message: string, error: unknown): void =>
  logEvent('import.failed', message, { cause: causeOf(error) })
