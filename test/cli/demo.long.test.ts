import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople, fillClinic } from '../../src/cli/demo/fill-clinic.ts'
import { demoClients, runsOf } from '../../src/cli/demo/made-clients.ts'
import { openStore } from '../../src/node/open-store.ts'
import { serve } from '../../src/node/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-demo-test-'))
/** By the clock that the service goes by: what is told of is of the last 60 days. */
const NOW_MS = Date.now()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the demo clinic', () => {
  let verdicts: { readonly first_name: string; readonly verdict: string }[] = []
  let groups: { readonly name: string }[] = []
  beforeAll(async () => {
    const where = { dataFolder: folder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
    const served = await serve({ port: 0, ...where }, undefined, { isNew: true })
    try {
      await fillClinic(served, NOW_MS)
    } finally {
      await served.close()
    }
    const store = await openStore(folder)
    verdicts = await store.db
      .selectFrom('assessment')
      .innerJoin('run', 'run.id', 'assessment.run_id')
      .innerJoin('client', 'client.id', 'run.client_id')
      .select(['client.first_name', 'assessment.verdict'])
      .execute()
    expect(await store.db.selectFrom('person').select('email').orderBy('email').execute()).toEqual(
      demoPeople.map(({ email }) => ({ email })).sort((a, b) => a.email.localeCompare(b.email)),
    )
    groups = await store.db.selectFrom('care_group').select('name').execute()
    await store.close()
  }, 120_000)

  it('has no group without clients', () => {
    expect(groups).toEqual([{ name: 'Dinsdagochtend' }])
  })

  it('holds every run of ten clients over eight weeks', () => {
    expect(new Set(verdicts.map((row) => row.first_name)).size).toBe(10)
    expect(verdicts).toHaveLength(demoClients.reduce((sum, client) => sum + runsOf(client, NOW_MS).length, 0))
  })

  it('is calm but for those whose story it is', () => {
    const of = (name: string) =>
      new Set(verdicts.filter((row) => row.first_name === name).map(({ verdict }) => verdict))
    expect(of('Anna')).toEqual(new Set(['calm']))
    expect(of('Hilde')).toEqual(new Set(['calm', 'too_hard']))
    expect(of('Gijs')).toEqual(new Set(['calm', 'cannot_tell:signal']))
  })
})
