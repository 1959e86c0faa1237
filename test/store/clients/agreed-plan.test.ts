// What was agreed, as the judge uses it: the version that held when the run began, unless the run came with its own.
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../../fixtures/fit/made-runs.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { listAssessments } from '../../../src/store/runs/assessments.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { importFile } from '../../../src/store/runs/import-file.ts'
import { insertPlan, type PlanVersion } from '../../../src/store/clients/plans.ts'

/** FIT counts from 1989-12-31. */
const startMs = (START + 631_065_600) * 1000
const intervals = { runS: 300, walkS: 60 }

/** The flags of 46 minutes without a walk, under these agreements. */
async function flagsUnder(plans: readonly Partial<PlanVersion>[], plannedMin: number | null = null) {
  const store = await openStore(null)
  await insertGroup(store.db, 'g', 'Groep 1', 1)
  const client = { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 } as const
  await insertClient(store.db, client, 'g')
  for (const [i, plan] of plans.entries())
    await insertPlan(store.db, makeSystemAccess('c', 'plan.set'), {
      id: `p${i}`,
      validFromMs: 1,
      weekdays: [2],
      runMin: 30,
      intervals: null,
      reason: null,
      byPersonId: 'thea',
      createdAtMs: i,
      ...plan,
    })
  const seconds = kinetics([{ forS: 46 * 60, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
  const access = makeSystemAccess('c', 'run.add')
  const importing = { access, plannedMin, nowMs: startMs + 9_000_000, newId: () => crypto.randomUUID() }
  const imported = await importFile(store, importing, 'run.fit', encodeRun(seconds, {}))
  if (!imported.ok) throw new Error(imported.code)
  const ids = imported.runs.map(({ runId }) => runId)
  const [judged] = await listAssessments(store.db, access, ids)
  await store.close()
  const flags = judged?.assessment.flags ?? []
  return flags.map(({ kind, level, evidence }) => [kind, level, evidence['plannedMin'] ?? evidence['planned']])
}

describe('a run beside what was agreed', () => {
  it('is held to nothing where nothing was agreed, or only later', async () => {
    expect(await flagsUnder([])).toEqual([])
    expect(await flagsUnder([{ validFromMs: startMs + 1 }])).toEqual([])
  })

  it('is held to the minutes that were agreed when it began (F5)', async () => {
    const attention = [['F5.longer', 'attention', 30]]
    expect(await flagsUnder([{}])).toEqual(attention)
    const versions = [{ runMin: 60 }, { validFromMs: 2 }, { runMin: 60, validFromMs: startMs + 1 }]
    expect(await flagsUnder(versions)).toEqual(attention)
  })

  it('is held to its own minutes where it came with them', async () => {
    expect(await flagsUnder([{}], 45)).toEqual([])
    expect(await flagsUnder([{ runMin: 90 }], 30)).toEqual([['F5.longer', 'attention', 30]])
  })

  it('is held to as many walks as fit in the minutes (F7)', async () => {
    expect(await flagsUnder([{ runMin: 45, intervals }])).toEqual([['F7.no_breaks', 'note', 7]])
    expect(await flagsUnder([{ runMin: 45, intervals }], 48)).toEqual([['F7.no_breaks', 'note', 8]])
    expect(await flagsUnder([{ runMin: 45, intervals: { runS: 3000, walkS: 60 } }])).toEqual([])
  })
})
