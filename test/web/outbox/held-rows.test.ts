import { expect, it } from 'vitest'
import {
  forgetKept,
  holdGoing,
  holdRows,
  isHeld,
  listRows,
  markRows,
  newHeldRows,
} from '../../../web/outbox/held-rows.ts'
import type { BatchRow } from '../../../web/outbox/stored.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const row = (participationId: string, number: number, more: Partial<BatchRow> = {}): BatchRow => ({
  participationId,
  number,
  bytes: Uint8Array.of(number),
  entries: 1,
  lastAtMs: number,
  state: 'sealed',
  ...more,
})

it('holds of a disk what belongs to the run that goes, and nothing of one that ended', () => {
  const held = newHeldRows()
  const runs = [madeRun({ id: 'goes' }), madeRun({ id: 'ended', endedAtMs: 0 })]
  const participations = [
    madeParticipation({ id: 'noor', groupRunId: 'goes' }),
    madeParticipation({ id: 'mo', groupRunId: 'ended' }),
  ]
  const rows = [row('noor', 1), row('noor', 2), row('mo', 1)]
  holdGoing(held, { runs, participations, rows })
  expect(listRows(held)).toEqual(rows.slice(0, 2))
  expect([isHeld(held, row('noor', 2)), isHeld(held, row('mo', 1))]).toEqual([true, false])
})

it('gives back each batch with what became of it', () => {
  const held = newHeldRows()
  holdRows(held, [row('noor', 1), row('noor', 2)])
  markRows(held, [row('noor', 1), row('mo', 7)], 'acknowledged')
  expect(listRows(held)).toEqual([row('noor', 1, { state: 'acknowledged' }), row('noor', 2)])
})

it('forgets who was here and whom they guide once somebody signs out, as the disk does', () => {
  const held = newHeldRows()
  held.kept.set('straps', ['a strap']).set('who', 'Thea').set('roster:wearers', { a: 'Anna' })
  forgetKept(held)
  expect([...held.kept.keys()]).toEqual(['straps'])
})
