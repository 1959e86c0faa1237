// The straps suite's second half: the page itself over the simulated radio, as a therapist uses it.
// `PARTS=scriptedRun,outageRun npm run e2e -- straps` runs these alone.
import { modelRuns } from '../model/suite.ts'
import type { House, RadioKind } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { awayRun } from './away.ts'
import { clockSetRun } from './clock-set.ts'
import { everybodysRun } from './everybody.ts'
import { fatesRun } from './fates.ts'
import { faultyRun } from './faults.ts'
import { fullDiskRun } from './full-disk.ts'
import { halfHourRun } from './half-hour.ts'
import { handOverFull } from './hand-over-full.ts'
import { killedRun } from './killed.ts'
import { lackingRun } from './lacking.ts'
import { largeFont } from './large-font.ts'
import { leavingRun } from './leaving.ts'
import { newVersionRun } from './new-version.ts'
import { outOfRangeRun } from './out-of-range.ts'
import { outageRun } from './outage.ts'
import { pressesRun } from './presses.ts'
import { rosterRun } from './rosters.ts'
import { sameNames } from './same-names.ts'
import { scriptedRun } from './scripted.ts'
import { soundRun } from './sound.ts'
import { stalledRun } from './stall.ts'
import { timeZoneRun } from './time-zone.ts'

/** What can go wrong on any browser, then what belongs to one kind. */
const anywhere = [faultyRun, killedRun, outOfRangeRun]
const inStock = [sameNames]
const inFull = [awayRun, soundRun, pressesRun, handOverFull, everybodysRun, scriptedRun]
/** A quarter of an hour more: too long for `npm test`, so by name only. */
const inLong = [
  leavingRun,
  largeFont,
  lackingRun,
  rosterRun,
  fatesRun,
  halfHourRun,
  outageRun,
  fullDiskRun,
  stalledRun,
  clockSetRun,
  timeZoneRun,
  newVersionRun,
  modelRuns,
]

const PARTS = process.env['PARTS']?.split(',')

type Runs = readonly ((house: House, check: Check, kind: RadioKind) => Promise<void>)[]
const inTurn =
  (runs: Runs, kind: RadioKind) =>
  async (house: House, check: Check): Promise<void> => {
    // One that breaks off takes nobody else's checks with it.
    for (const run of runs)
      if (PARTS?.includes(run.name) ?? true) await check(`${run.name} to its end`, () => run(house, check, kind))
  }

export const groupRunSuite = (kind: RadioKind) => inTurn([...anywhere, ...(kind === 'stock' ? inStock : inFull)], kind)
export const wholeGroupRunSuite = inTurn([...anywhere, ...inFull, ...inLong], 'full')
