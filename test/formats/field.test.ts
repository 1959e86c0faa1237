// Small odd inputs of people who do this job (../shared/field), each made after a public report: what they say is what is read and
// judged, from the bytes to the flags. A fresh clone has none of them.
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import { dateRecording } from '../../src/domain/date-recording.ts'
import { summariseHeartRate } from '../../src/domain/heart-rate-summary.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { sourceOfBytes } from '../../src/formats/byte-source.ts'
import { resolveZone } from '../../src/domain/zone/resolve-zone.ts'
import { readFile } from '../../src/formats/read-file.ts'
import { unpack } from '../../src/formats/unpack.ts'
import { fieldIsHere, findExpected, readPacked, type ExpectedRun } from '../support/field.ts'

/** When they came in: two months after most of them were made. */
const CAME_IN_MS = Date.parse('2026-11-01T12:00:00Z')
const resolved = resolveZone({ manualCeilingBpm: 140 })
if (!resolved.ok) throw new Error('140 is a limit')
const { zone } = resolved

async function recordingsOf(file: string): Promise<Recording[]> {
  const recordings: Recording[] = []
  for await (const one of unpack(file, sourceOfBytes(readPacked(file)))) {
    const reading = one.ok ? readFile(one.path, one.bytes, CAME_IN_MS) : one
    if (reading.ok) recordings.push(...reading.recordings)
  }
  return recordings
}

/** The same words as `expected.json`, as far as it asks. */
function tell(read: Recording, asked: ExpectedRun): ExpectedRun {
  const { recording, dating } = dateRecording(read, CAME_IN_MS, 'Europe/Amsterdam')
  const judged = assess(recording, zone, { plannedMin: 30 })
  const movingMin = Math.round(judged.zoneTime.movingS / 60)
  const raised = judged.flags.map(({ kind }) => kind)
  const has = (kinds: readonly string[] | undefined) => kinds?.filter((kind) => raised.includes(kind as never))
  const start = new Date(dating?.fileStartedAtMs ?? read.startedAtMs).toISOString()
  const told: Record<keyof ExpectedRun, unknown> = {
    // Of one run a pause of a minute is taken out.
    movingMin: Math.abs(movingMin - (asked.movingMin ?? 0)) <= 1 ? asked.movingMin : movingMin,
    verdict: judged.verdict,
    notVerdict: asked.notVerdict?.includes(judged.verdict) ? `not ${judged.verdict}` : asked.notVerdict,
    flags: has(asked.flags),
    noFlags: has(asked.noFlags)?.length === 0 ? asked.noFlags : `raised ${raised.join()}`,
    startedAt: start.slice(0, asked.startedAt?.length),
    minCoverage: judged.zoneTime.coverage >= (asked.minCoverage ?? 0) ? asked.minCoverage : judged.zoneTime.coverage,
    warning: recording.warnings.includes('CLOCK_IMPLAUSIBLE') ? 'an implausible clock' : 'none',
    localOffsetS: recording.localOffsetS,
    meanBpmAbove:
      (summariseHeartRate(recording).heartRateBpm?.mean ?? 0) > (asked.meanBpmAbove ?? 0)
        ? asked.meanBpmAbove
        : 'below',
  }
  return Object.fromEntries(Object.keys(asked).map((key) => [key, told[key as keyof ExpectedRun]])) as ExpectedRun
}

describe.skipIf(!fieldIsHere)('what the field hands in (needs ../shared/field)', () => {
  it.each(findExpected())('$file', async ({ file, runs }) => {
    const recordings = await recordingsOf(file)
    expect(recordings.map((recording, i) => tell(recording, runs[i] ?? {}))).toEqual(runs)
  })
})
