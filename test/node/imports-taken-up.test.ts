// Imports that the end of a process finds under way, and those that the next one cannot take up at once, on a real store.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { encodeRun, kinetics, walkRun } from '../../fixtures/fit/made-runs.ts'
import { makeImports, type Going, type Imports } from '../../src/http/runs/imports.ts'
import { startJobs } from '../../src/node/jobs.ts'
import { makeSpool } from '../../src/node/spool-upload.ts'
import { makeAccess, makeSystemAccess } from '../../src/store/people/access.ts'
import { nameOfRun, noteRemoval } from '../../src/store/rights/removals.ts'
import { readImportResult } from '../../src/store/runs/import-jobs.ts'
import { sha256Hex } from '../../src/store/sha256.ts'
import { addClient, formOf } from '../support/asking.ts'
import { readLog } from '../support/log-lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../support/node-clinic.ts'
import { joinFirst } from '../support/sign-in.ts'

const HOUR_MS = 3_600_000
const fileOf = (seed: number) => encodeRun(kinetics(walkRun, seed).slice(0, 900))
const file = fileOf(1)
/** More than an import gets done before the next one has come in: it ends between files, and one of a single file may be whole. */
const many = (name: string, seed: number) =>
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${name}${i}.fit`, fileOf(seed + i)]))
const clock = { nowMs: () => Date.now(), newId: () => crypto.randomUUID() }

let clinic: NodeClinic
let clientId = ''
let personId = ''
beforeEach(async () => {
  clinic = await openClinic()
  clientId = await addClient(await joinFirst(clinic))
  personId = (await clinic.store.db.selectFrom('person').select('id').executeTakeFirstOrThrow()).id
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
afterAll(closeClinics)

/** What is told of imports, from now on. */
function hear(): () => string[] {
  const heard = (['log', 'error'] as const).map((stream) =>
    vi.spyOn(console, stream).mockImplementation(() => undefined),
  )
  return () => readLog(heard.flatMap(({ mock }) => mock.calls.flat()).join('\n')).map(({ event }) => event)
}

/** Those of a process of its own. */
const newImports = (stopMs?: number) => makeImports({ store: clinic.store, ...clock }, makeSpool(clinic.folder), stopMs)

const begin = (imports: Imports, files: Readonly<Record<string, Uint8Array>>, isClient = false): Promise<Going> =>
  imports.take(clientId, new Request('http://localhost', { method: 'POST', body: formOf(files) }), (form) => {
    const roles = ['administrator', 'therapist'] as const
    const access = makeAccess({ personId, roles, cameFrom: null, nowMs: Date.now(), hasTwoFactors: true })
    return imports.begin(access, clientId, { isClient, plannedMin: null, tellsAll: false }, form, () => false)
  })

const rowOf = ({ job }: Going) =>
  clinic.store.db
    .selectFrom('import_job')
    .select((eb) => ['tries', eb('ended_at_ms', 'is not', null).as('hasEnded'), 'code'])
    .where('id', '=', job.id)
    .executeTakeFirst()

it('an end that somebody asked for counts as no try, also where a file takes longer than is waited for', async () => {
  const imports = newImports(0)
  const going = await begin(imports, { 'a.fit': file })
  await imports.stop()
  expect(await rowOf(going)).toEqual({ tries: 0, hasEnded: 0, code: null })
  await going.ended
  const told = hear()
  await newImports().goOn()
  expect(told()).toEqual(['import.goes_on'])
  expect(await rowOf(going)).toEqual({ tries: 1, hasEnded: 1, code: null })
})

it('one that cannot be taken up at the start holds up no other, and is taken up within an hour', async () => {
  const before = newImports()
  const [first, second] = [await begin(before, many('a', 1)), await begin(before, many('b', 101))]
  await before.stop()
  await sql`create trigger no_room before update of tries on import_job when old.id = ${sql.lit(first.job.id)}
            begin select raise(abort, 'no room'); end`.execute(clinic.store.db)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const told = hear()
  const stopJobs = startJobs({ store: clinic.store, ...clock, imports: newImports() }, () => undefined)
  await expect.poll(() => rowOf(second)).toMatchObject({ hasEnded: 1, code: null })
  expect(await rowOf(first)).toMatchObject({ hasEnded: 0 })
  expect(told()).toContain('import.failed')
  await sql`drop trigger no_room`.execute(clinic.store.db)
  const anHourLater = () => {
    vi.advanceTimersByTime(HOUR_MS)
    return rowOf(first)
  }
  await expect.poll(anHourLater).toMatchObject({ hasEnded: 1, code: null })
  await stopJobs()
})

it.each([true, false])(
  'what was removed since the earlier try does not come back (by the client: %s)',
  async (isClient) => {
    const { db, atomically } = clinic.store
    const key = makeSystemAccess(clientId, 'run.add')
    const before = newImports()
    const going = await begin(before, { 'a.fit': file }, isClient)
    await before.stop()
    const sha256 = await sha256Hex(file)
    await atomically((one) =>
      noteRemoval(one, key, {
        kind: 'run',
        what: nameOfRun(sha256, null),
        atMs: Date.now(),
        runId: null,
        byClient: isClient,
      }),
    )
    hear()
    await newImports().goOn()
    expect(JSON.parse(await readImportResult(db, going.job.id))).toMatchObject({
      results: [{ result: 'not_usable', code: 'REMOVED_MEANWHILE' }],
    })
  },
)
