import { describe, expect, it } from 'vitest'
import {
  confirmPart,
  dropChanges,
  dropRunner,
  isEmpty,
  newBehind,
  partOf,
  putChanges,
} from '../../../web/outbox/behind.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const key = (number: number) => ({ participationId: 'noor', number })

describe('what memory knows and the disk does not yet', () => {
  it('is let go once it is written, but not what changed while it was written', () => {
    const behind = newBehind()
    const [run, noor, mo] = [madeRun(), madeParticipation(), madeParticipation({ id: 'mo' })]
    behind.runs.set(run.id, run)
    behind.participations.set(noor.id, noor)
    behind.participations.set(mo.id, mo)
    putChanges(behind, [{ ...key(1), state: 'acknowledged' }])
    const part = partOf(behind)
    const swapped = { ...noor, strapId: 'strap-2' }
    behind.participations.set(noor.id, swapped)
    putChanges(behind, [{ ...key(2), state: 'refused' }])
    confirmPart(behind, part)
    expect(partOf(behind)).toEqual({ runs: [], participations: [swapped], changes: [{ ...key(2), state: 'refused' }] })
    confirmPart(behind, partOf(behind))
    expect(isEmpty(behind)).toBe(true)
  })

  it('keeps the newest of each, however often it changed on a full disk', () => {
    const behind = newBehind()
    for (let i = 0; i < 500; i++) behind.participations.set('noor', madeParticipation({ strapId: `strap-${i}` }))
    expect(partOf(behind).participations.map(({ strapId }) => strapId)).toEqual(['strap-499'])
  })

  it('forgets an acknowledgement that no longer holds, and says that the disk never knew of it', () => {
    const behind = newBehind()
    putChanges(behind, [{ ...key(1), state: 'acknowledged' }])
    expect(dropChanges(behind, [key(1), key(2)])).toEqual([key(1)])
    expect(isEmpty(behind)).toBe(true)
  })

  it('writes nothing of a runner who was removed', () => {
    const behind = newBehind()
    behind.participations.set('noor', madeParticipation())
    putChanges(behind, [
      { ...key(1), state: 'acknowledged' },
      { participationId: 'mo', number: 1, state: 'acknowledged' },
    ])
    dropRunner(behind, 'noor')
    expect(partOf(behind)).toMatchObject({ participations: [], changes: [{ participationId: 'mo' }] })
  })
})
