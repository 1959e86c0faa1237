import { expect, it } from 'vitest'
import { addRemoved, readRemoved, seeRemoved } from '../../../web/outbox/removed.ts'

const DAY_MS = 86_400_000
const nowMs = Date.UTC(2026, 10, 24)
const gone = (groupRunId: string, more = {}) => ({
  groupRunId,
  runAtMs: nowMs - 30 * DAY_MS,
  removedAtMs: nowMs,
  why: 'unsent' as const,
  code: null,
  ...more,
})

it('tells of each group run once for each reason, and of how many runners', () => {
  const refused = { why: 'refused' as const, code: 'NOT_FOUND' }
  const notes = addRemoved([], [gone('a'), gone('a'), gone('a', refused), gone('b')], nowMs)
  expect(notes.map(({ groupRunId, why, runners, isSeen }) => [groupRunId, why, runners, isSeen])).toEqual([
    ['a', 'unsent', 2, false],
    ['a', 'refused', 1, false],
    ['b', 'unsent', 1, false],
  ])
})

it('tells once of what somebody removed by hand, whatever the server had said of each runner', () => {
  const byHand = { why: 'by_hand' as const }
  const notes = addRemoved([], [gone('a', byHand), gone('a', { ...byHand, code: 'NOT_FOUND' })], nowMs)
  expect(notes.map(({ why, code, runners }) => [why, code, runners])).toEqual([['by_hand', null, 2]])
})

it('is kept until somebody saw it, and four weeks after that; nobody waits for it for more than a year', () => {
  const [seen] = seeRemoved(addRemoved([], [gone('seen')], nowMs))
  const [unseen] = addRemoved([], [gone('unseen')], nowMs)
  if (seen === undefined || unseen === undefined) throw new Error('nothing told')
  const idsAfter = (days: number) =>
    addRemoved([seen, unseen], [], nowMs + days * DAY_MS).map(({ groupRunId }) => groupRunId)
  expect([idsAfter(27), idsAfter(28), idsAfter(364), idsAfter(365)]).toEqual([
    ['seen', 'unseen'],
    ['unseen'],
    ['unseen'],
    [],
  ])
})

it('reads what the disk has, and nothing that is no such note', () => {
  const notes = addRemoved([], [gone('a')], nowMs)
  expect(readRemoved(structuredClone(notes))).toEqual(notes)
  expect(readRemoved([...notes, null, 'x', { ...notes[0], why: 'other' }])).toEqual(notes)
  for (const other of [null, undefined, {}, 'notes']) expect(readRemoved(other)).toEqual([])
})
