// Whose a run is that an older page began, and kept without a name.
import { beforeEach, expect, it } from 'vitest'
import { holderOfOld } from '../../../web/group-run/holder.ts'
import { isHeldBy } from '../../../web/outbox/stored.ts'
import { madeRun } from '../../support/group-run.ts'
import { madeOutbox, openRun, runner, stubLocalStorage } from './made-run.ts'

const here = (personId: string, mayRecord = true) => ({ personId, name: personId, mayRecord })

beforeEach(stubLocalStorage)

it('is theirs who let the first runner join, whoever opens it', async () => {
  const run = await openRun(madeOutbox().outbox)
  run.join(runner('Anna'))
  const joined = run.participants.value
  expect(holderOfOld(joined, here('bo'))).toEqual({ personId: 'thea', name: null })
  expect(holderOfOld(joined, here('thea'))).toEqual({ personId: 'thea', name: 'thea' })
  expect(holderOfOld(joined, null)).toEqual({ personId: 'thea', name: null })
})

it("is nobody's where no stream says who that was", async () => {
  const run = await openRun(madeOutbox().outbox)
  run.join(runner('Anna'))
  for (const { live } of run.participants.value) live.runner.joined = null
  const holder = holderOfOld(run.participants.value, here('bo'))
  expect(holder).toEqual({ personId: '', name: null })
  expect(['bo', ''].map((id) => isHeldBy(madeRun(holder === null ? {} : { holder }), id))).toEqual([false, false])
})

it('is theirs who opens it where nobody has joined, if they may record at all', () => {
  expect(holderOfOld([], here('bo'))).toEqual({ personId: 'bo', name: 'bo' })
  expect([holderOfOld([], here('noor', false)), holderOfOld([], null)]).toEqual([null, null])
})
