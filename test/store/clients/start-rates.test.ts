// Rule F8 compares with the runs before: whatever order the files come in, each run is held against the same ones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeOuting } from '../../../fixtures/weeks/files.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { listAssessments } from '../../../src/store/runs/assessments.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { importFile } from '../../../src/store/runs/import-file.ts'
import { listFlagsOfClient } from '../../../src/store/review/flags.ts'
import { insertSettings } from '../../../src/store/settings/settings.ts'

const DAY_MS = 86_400_000
const FIRST_MS = Date.UTC(2026, 8, 7, 8)
/** Standing before each run, one a day: the last two are high for who they are of. */
const standingBpm = [70, 72, 71, 70, 86, 95]

function encodeDay(day: number): Uint8Array {
  const standing = Array.from({ length: 90 }, () => ({ bpm: standingBpm[day] ?? 0, speedMPerS: 0, stepsPerMin: 0 }))
  const running = Array.from({ length: 600 }, () => ({ bpm: 120, speedMPerS: 2.2, stepsPerMin: 160 }))
  const seconds = [...standing, ...running]
  const sensed = { bpm: seconds.map(({ bpm }, s) => bpm + (s % 3)), locks: [] }
  const startedAtMs = FIRST_MS + day * DAY_MS
  return encodeOuting(seconds, sensed, 'fit', {
    startedAtMs,
    offsetS: 7200,
    activity: 'run',
    worn: 'chest',
    isSmart: false,
  })
}

/** What F8 says of each day and what waits, once the days have come in in this order. */
async function startsIn(order: readonly number[]) {
  const store = await openStore(null)
  const { db } = store
  await insertGroup(db, 'g', 'Groep 1', 1)
  await insertClient(db, { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 }, 'g')
  const settings = {
    timeZone: 'Europe/Amsterdam',
    ruleSets: ['start_heart_rate'] as const,
    parameters: {},
    retentionDays: 400,
  }
  await insertSettings(db, 0, settings, 'besluit', 1)
  const access = makeSystemAccess('c', 'run.add')
  const importing = { access, plannedMin: null, nowMs: FIRST_MS + 7 * DAY_MS, newId: () => crypto.randomUUID() }
  const runIds: string[] = []
  for (const day of order) {
    const imported = await importFile(store, importing, `${day}.fit`, encodeDay(day))
    runIds[day] = imported.ok ? (imported.runs[0]?.runId ?? '') : ''
  }
  const assessments = await listAssessments(db, access, runIds)
  const waiting = (await listFlagsOfClient(db, access)).filter(
    ({ kind, state }) => kind === 'F8.start' && state === 'open',
  )
  await store.close()
  return {
    days: runIds.map((id) => {
      const latest = assessments.findLast(({ runId }) => runId === id)?.assessment
      const flag = latest?.flags.find(({ kind }) => kind === 'F8.start')
      return flag === undefined ? null : [flag.level, flag.evidence['usualBpm']]
    }),
    waiting: waiting.map(({ level, aboutMs, evidence }) => [level, aboutMs, evidence['nowBpm']]),
  }
}

describe('the heart rate before a start', () => {
  it('is held against the runs before, whatever order the files come in', async () => {
    const inOrder = await startsIn([0, 1, 2, 3, 4, 5])
    expect(inOrder.days.map((day) => day?.[0] ?? null)).toEqual([null, null, null, null, 'attention', 'attention'])
    expect(inOrder.waiting).toHaveLength(1)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
        expect(await startsIn(order)).toEqual(inOrder)
      }),
      { numRuns: 6, examples: [[[5, 4, 3, 2, 1, 0]]] },
    )
  })
})
