import { afterEach, describe, expect, it } from 'vitest'
import { makeRecording, type RunScenario } from '../../../fixtures/scenarios/run-scenario.ts'
import { noInputs } from '../../../src/domain/zone/zone-inputs.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { listCombinations } from '../../../src/store/runs/combinations.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { findHistory } from '../../../src/store/review/history.ts'
import { importRecordings } from '../../../src/store/runs/import-file.ts'
import { listTwins } from '../../../src/store/runs/twins.ts'
import { insertZone } from '../../../src/store/clients/zones.ts'
import { packRecording } from '../../../src/store/columns.ts'

const DAY_S = 86_400
const access = makeSystemAccess('c', 'run.add')
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const recordingOf = (targetBpm: number, more: Partial<RunScenario> = {}): Recording =>
  makeRecording({
    name: '',
    why: '',
    paces: [
      { forS: 300, targetBpm: 100, speedMPerS: 1.4, stepsPerMin: 110 },
      { forS: 1500, targetBpm, speedMPerS: 2.3, stepsPerMin: 158 },
    ],
    verdict: 'calm',
    cues: [],
    flags: [],
    ...more,
  })
const later = (recording: Recording, seconds: number): Recording => ({
  ...recording,
  startedAtMs: recording.startedAtMs + seconds * 1000,
})
/** A first point long before the rest, as a watch writes one that it kept from another run. */
function strayed({ heartRate, motion, ...recording }: Recording, days: number): Recording {
  const elapsedS = Float64Array.from([0, ...heartRate.elapsedS.map((atS) => atS + days * DAY_S)])
  const bpm = Float32Array.from([90, ...heartRate.bpm])
  const moved = { ...motion, elapsedS: motion.elapsedS.map((atS) => atS + days * DAY_S) }
  return { ...recording, elapsedS: recording.elapsedS + days * DAY_S, heartRate: { elapsedS, bpm }, motion: moved }
}

/** A client calm up to 140, and what becomes of recordings that come in one after another. */
async function openWith(...recordings: Recording[]) {
  const store = await openStore(null)
  closing.push(() => store.close())
  const { db } = store
  await insertGroup(db, 'g', 'Groep 1', 1)
  await insertClient(db, { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 }, 'g')
  const limits = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const
  const zone = { id: 'z', validFromMs: 1, ...limits, reason: 'x', inputs: noInputs, createdAtMs: 1 }
  await insertZone(db, makeSystemAccess('c', 'zone.set'), zone)
  const nowMs = Math.max(...recordings.map(({ startedAtMs, elapsedS }) => startedAtMs + elapsedS * 1000)) + 60_000
  const context = { access, plannedMin: null, nowMs, newId: () => crypto.randomUUID() }
  for (const [i, recording] of recordings.entries())
    await store.atomically((db_) =>
      importRecordings(db_, context, { name: `${i}`, bytes: new Uint8Array(1), sha256: `${i}` }, [
        packRecording(recording),
      ]),
    )
  const { runs } = await findHistory(db, access, nowMs)
  return { combined: (await listCombinations(db, access)).length, twins: await listTwins(db, access), runs }
}

describe('a strap and a watch', () => {
  it('are one run where they lie over each other and nothing speaks against it', async () => {
    const watch = later(recordingOf(126, { sensor: 'wrist' }), 20)
    const { combined, runs } = await openWith(recordingOf(126), watch)
    expect([combined, runs.map(({ verdict }) => verdict)]).toEqual([1, ['calm']])
  })

  it('stay two where only a stray point lies between: a calm run is not judged by the samples of a hard one', async () => {
    const strap = recordingOf(126)
    const hard = strayed(later(recordingOf(176, { sensor: 'wrist' }), -3 * DAY_S), 6)
    for (const both of [
      [strap, hard],
      [hard, strap],
    ]) {
      const { combined, twins, runs } = await openWith(...both)
      expect([combined, twins]).toEqual([0, []])
      expect(runs.map(({ verdict }) => verdict).toSorted()).toContain('calm')
    }
  })

  it('are asked about where their hearts differ: a watch may have been lent', async () => {
    const lent = later(recordingOf(176, { sensor: 'wrist' }), 240)
    const { combined, twins, runs } = await openWith(recordingOf(126), lent)
    expect([combined, twins.map(({ sign, answer }) => [sign, answer])]).toEqual([0, [['other_heart', null]]])
    // Until somebody answers the harder one counts.
    expect(runs.map(({ verdict }) => verdict)).toEqual(['too_hard'])
  })
})
