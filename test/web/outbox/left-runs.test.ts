import { expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { findLeft, LEFT_AFTER_MS } from '../../../web/outbox/left-runs.ts'
import { madeRun } from '../../support/group-run.ts'
import { madeStream, STREAM_START_MS } from '../../support/stream.ts'

const at = (second: number) => STREAM_START_MS + second * 1000
/** Runs for so long, and nobody stops them. */
const runs = (seconds: number, more: readonly StreamEntry[] = []) =>
  madeStream(seconds, () => 120, more).filter(({ kind }) => kind !== 'stop')
const lastOf = (entries: readonly StreamEntry[]): number => entries.at(-1)?.atMs ?? 0

it('is left four hours after a strap or a hand was last heard, of whomever', () => {
  const anna = runs(60)
  const bram = runs(90)
  const told = [
    { id: 'anna', entries: anna },
    { id: 'bram', entries: bram },
  ]
  expect(findLeft(madeRun(), told, lastOf(bram) + LEFT_AFTER_MS - 1)).toBeNull()
  expect(findLeft(madeRun(), told, lastOf(bram) + LEFT_AFTER_MS)).toEqual({
    heardAtMs: lastOf(bram),
    open: ['anna', 'bram'],
  })
})

it('is not kept alive by what the phone wrote down by itself, as often as somebody opened the page', () => {
  const byItself: StreamEntry[] = [
    { kind: 'missed', atMs: at(9000), sinceMs: at(60) },
    { kind: 'strap', atMs: at(9001), sensor: null, device: null },
    { kind: 'clock', atMs: at(9002), setMs: 5000 },
  ]
  const heardAtMs = lastOf(runs(60))
  const told = [{ id: 'anna', entries: runs(60, byItself) }]
  expect(findLeft(madeRun(), told, heardAtMs + LEFT_AFTER_MS)?.heardAtMs).toBe(heardAtMs)
  // A hand is somebody.
  const hand: StreamEntry = { kind: 'told', atMs: at(9003), by: 'thea' }
  expect(findLeft(madeRun(), [{ id: 'anna', entries: runs(60, [hand]) }], heardAtMs + LEFT_AFTER_MS)).toBeNull()
})

it('ends only who neither stopped nor was said not to run', () => {
  const notAfterAll: StreamEntry[] = [...runs(0).filter(({ kind }) => kind === 'joined'), { kind: 'stop', atMs: at(5) }]
  const goesOn: StreamEntry[] = [...madeStream(60, () => 120), { kind: 'continued', atMs: at(61) }]
  const told = [
    { id: 'stopped', entries: madeStream(60, () => 120) },
    { id: 'not', entries: notAfterAll },
    { id: 'again', entries: goesOn },
    { id: 'waits', entries: runs(0).filter(({ kind }) => kind === 'joined') },
    { id: 'nothing on the disk', entries: [] },
  ]
  expect(findLeft(madeRun(), told, at(61) + LEFT_AFTER_MS)).toEqual({
    heardAtMs: at(61),
    open: ['again', 'waits', 'nothing on the disk'],
  })
})

it('goes by the clock of the run where somebody set that of the phone', () => {
  const told = [{ id: 'anna', entries: runs(60) }]
  const heardAtMs = lastOf(runs(60))
  const dayMs = 24 * 3_600_000
  const ahead = madeRun({ clockSetMs: dayMs })
  expect(findLeft(ahead, told, heardAtMs + dayMs + LEFT_AFTER_MS - 1)).toBeNull()
  expect(findLeft(ahead, told, heardAtMs + dayMs + LEFT_AFTER_MS)).not.toBeNull()
  // An empty battery took the date along: who runs on must not be ended by it.
  expect(findLeft(madeRun(), told, 0)).toBeNull()
})

it('ends a run that nobody joined, from its beginning', () => {
  const { madeAtMs } = madeRun()
  expect(findLeft(madeRun(), [], madeAtMs + LEFT_AFTER_MS - 1)).toBeNull()
  expect(findLeft(madeRun(), [], madeAtMs + LEFT_AFTER_MS)).toEqual({ heardAtMs: madeAtMs, open: [] })
})
