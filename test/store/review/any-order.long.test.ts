// The same runs, uploaded live, each Sunday, all at once, newest first or in any order: what is flagged of the last 28 days is
// the same.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { amsterdamMs, weekdayOf } from '../../../fixtures/weeks/calendar.ts'
import type { MadeClient, MadeEvent } from '../../../fixtures/weeks/client.ts'
import { makeClient, type Kind } from '../../../fixtures/weeks/kinds.ts'
import { playClient } from '../../support/weeks/play-client.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SUNDAY = 7

type Recorded = Extract<MadeEvent, { kind: 'recording' }>
/** When each recording comes in; in the order of the runs. */
type Upload = (recordings: readonly Recorded[], endMs: number) => readonly number[]

const live: Upload = (recordings) => recordings.map(({ atMs }) => atMs)
const onSundays: Upload = (recordings) =>
  recordings.map(({ atMs }, i) => {
    const day = Math.floor((atMs - amsterdamMs(0, 0)) / DAY_MS)
    return amsterdamMs(day + SUNDAY - weekdayOf(day), 23 * 60) + i * 1000
  })
const atOnce: Upload = (recordings, endMs) => recordings.map((_, i) => endMs + i * 1000)
const newestFirst: Upload = (recordings, endMs) => recordings.map((_, i) => endMs + (recordings.length - i) * 1000)

/** The runs of somebody who tells nothing, and what else comes in. */
function madeRuns(kind: Kind, seed: number): { readonly client: MadeClient; readonly recordings: readonly Recorded[] } {
  const client = makeClient(kind, seed)
  const events = client.events.filter(({ kind: event }) => event !== 'told')
  const recordings = events
    .filter((event) => event.kind === 'recording')
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
  return { client: { ...client, shares: false, events }, recordings }
}

/** What waits about the last 28 days once all is in, and what it says. */
async function flagsOf(kind: Kind, seed: number, upload: Upload): Promise<readonly object[]> {
  const { client, recordings } = madeRuns(kind, seed)
  const lastMs = Math.max(...client.events.map(({ atMs }) => atMs))
  const inMs = upload(recordings, lastMs + MINUTE_MS)
  const others = client.events.filter((event) => event.kind !== 'recording')
  const moved = recordings.map((recording, i) => ({ ...recording, atMs: inMs[i] ?? recording.atMs }))
  const events = [...others, ...moved].toSorted((a, b) => a.atMs - b.atMs)
  const { rows } = await playClient({ ...client, weeks: client.weeks + 1, events }, 'closes_nothing')
  const fromMs = lastMs - 27 * DAY_MS
  return (
    rows
      // What was raised while half of the runs were missing, and never held, is over by itself.
      .filter(({ aboutMs, state }) => aboutMs >= fromMs && state === 'open')
      .map(({ kind: flag, level, aboutMs, evidence: { runIds, ...numbers } }) => ({
        flag,
        level,
        at: new Date(aboutMs).toISOString(),
        runs: Array.isArray(runIds) ? runIds.length : null,
        ...numbers,
      }))
      .toSorted((a, b) => (a.flag < b.flag ? -1 : 1))
  )
}

describe.each(['abrupt_sharing_nothing', 'abrupt_without_limit_and_plan', 'compulsive'] as const)(
  'whatever way the runs of %s come in, the flags of the last 28 days are those of live upload',
  (kind) => {
    let expected: readonly object[] = []
    beforeAll(async () => {
      expected = await flagsOf(kind, 1, live)
      expect(expected.length).toBeGreaterThan(0)
    })

    it.each([
      ['each Sunday', onSundays],
      ['all at once', atOnce],
      ['newest first', newestFirst],
    ] as const)('%s', async (_name, upload) => {
      expect(await flagsOf(kind, 1, upload)).toEqual(expected)
    })

    it('in any order', async () => {
      await fc.assert(
        fc.asyncProperty(inAnyOrder, async (order) => {
          const shuffled: Upload = (recordings, endMs) => recordings.map((_, i) => endMs + (order[i] ?? 0) * 1000)
          expect(await flagsOf(kind, 1, shuffled)).toEqual(expected)
        }),
        { numRuns: 2, endOnFailure: true },
      )
    })
  },
)

/** All of them come in within an hour after the last. */
const inAnyOrder = fc.array(fc.integer({ min: 0, max: 3600 }), { minLength: 200, maxLength: 200 })
