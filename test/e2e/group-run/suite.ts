// The straps suite's second half: the page itself over the simulated radio, as a therapist uses it.
import type { House, RadioKind } from '../house.ts'
import type { Check } from '../run.ts'
import { awayRun } from './away.ts'
import { modelRuns } from '../model/suite.ts'
import { everybodysRun } from './everybody.ts'
import { fatesRun } from './fates.ts'
import { faultyRun } from './faults.ts'
import { fullDiskRun } from './full-disk.ts'
import { killedRun } from './killed.ts'
import { outageRun } from './outage.ts'
import { scriptedRun } from './scripted.ts'
import { stalledRun } from './stall.ts'

export const groupRunSuite =
  (kind: RadioKind) =>
  async (house: House, check: Check): Promise<void> => {
    await faultyRun(house, check, kind)
    await killedRun(house, check)
    if (kind === 'stock') return
    await awayRun(house, check)
    await fatesRun(house, check)
    await outageRun(house, check)
    await fullDiskRun(house, check)
    await stalledRun(house, check)
    await everybodysRun(house, check)
    await scriptedRun(house, check)
    await modelRuns(house, check)
  }
