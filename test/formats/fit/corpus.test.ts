// Real files against what independent readers found in them. Where they cannot agree, the reason stands here as data.
import { describe, expect, it } from 'vitest'
import { summariseHeartRate } from '../../../src/domain/heart-rate-summary.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus, type ExpectedFile } from '../../support/corpus.ts'

const FIT_EPOCH_S = 631065600
const name = (file: string) => file.slice(file.indexOf('/') + 1)

/** Files that give no recording, and why. */
const refused: Readonly<Record<string, string>> = {
  'example.fit': 'NOT_ACTIVITY: file type 6, a course',
  'old_stage_lefthand_lee.fit': 'NOT_ACTIVITY: file type 6, a course with the heart rates of whoever rode it',
  'empty-sessions.fit': 'EMPTY: no bytes at all',
}

/** Files whose heart rates differ from the independent reader's, and the reason that the bytes give. */
const reasoned: Readonly<Record<string, { readonly samples: number; readonly because: string }>> = {
  'GarminHRMswim.FIT': { samples: 2630, because: 'hr messages of later parts fill the records, as the SDK does too' },
  'event_timestamp.fit': { samples: 4374, because: 'hr messages fill 4376 records, two of which share a second' },
  'sample_mulitple_header.fit': { samples: 1773, because: 'hr messages fill the 343 records of the swim' },
  '6788312639-1.fit': {
    samples: 8930,
    because: 'the swim session says 158, its records 153, the strap 158: the strap wins',
  },
  '2013-04-11-17-32-50.fit': { samples: 1783, because: '14 records leap to 2015 and back: they cannot be placed' },
  'DeveloperData.fit': { samples: 0, because: 'its records have no time at all' },
  'TestEncode.fit': { samples: 0, because: 'its one record has no time' },
  'empty-activities.fit': { samples: 2319, because: 'the header announces nothing, the bytes hold a whole ride' },
  'activity-large-fenxi2-multisport.fit': {
    samples: 24220,
    because: 'records go back in time twice: seven seconds double',
  },
}

describe.skipIf(!corpusIsHere)('FIT files of ../shared/corpus', () => {
  it.each(corpusFiles.map((file) => [file.file, file] as const))('%s', (_file, expected) => {
    const reading = readFit(readCorpus(expected.file))
    const noActivity = expected.fileTypes.length > 0 && !expected.fileTypes.includes(4)
    if (!reading.ok) {
      const reason = refused[name(expected.file)]
      if (reason === undefined) expect([noActivity, reading.code]).toEqual([true, 'NOT_ACTIVITY'])
      else expect(reason.split(':')[0]).toBe(reading.code)
      return
    }
    expect(noActivity).toBe(false)
    const { recordings } = reading
    const summaries = recordings.map((one) => summariseHeartRate(one))
    const samples = summaries.reduce((sum, one) => sum + one.samples, 0)
    expect(recordings.reduce((sum, one) => sum + one.rr.rrMs.length, 0)).toBe(expected.rrIntervals)
    const exception = reasoned[name(expected.file)]
    if (exception !== undefined) {
      expect(samples, exception.because).toBe(exception.samples)
      return
    }
    expectAgreement(expected, samples, recordings.length)
    // Without a single record time (swims that write lengths only) the session's own times stand in.
    if (recordings.length > 1 || expected.firstTimestamp === null || expected.lastTimestamp === null) return
    expect(recordings[0]?.startedAtMs).toBe((expected.firstTimestamp + FIT_EPOCH_S) * 1000)
    expect(recordings[0]?.elapsedS).toBe(expected.lastTimestamp - expected.firstTimestamp)
    const { min, max } = summaries[0]?.heartRateBpm ?? { min: null, max: null }
    if (samples === 0) expect([min, max]).toEqual([null, null])
    else if (expected.zeroHeartRateRecords === 0 && expected.duplicateTimestamps === 0)
      expect([min, max]).toEqual([expected.heartRate.min, expected.heartRate.max])
  })

  /** Of records that share a second one counts; of 0 none. */
  function expectAgreement(expected: ExpectedFile, samples: number, count: number) {
    const most = expected.heartRateRecords - expected.zeroHeartRateRecords
    expect(samples).toBeLessThanOrEqual(most)
    if (count === 1) expect(samples).toBeGreaterThanOrEqual(most - expected.duplicateTimestamps)
  }
})
