// The HTTP contract of the whole service, for workerd; on Node each noun's contracts are a test file of their own.
import type { Runtime } from '../support/asking.ts'
import { clientsContract } from './clients/clients-contract.ts'
import { plansContract } from './clients/plans-contract.ts'
import { zonesContract } from './clients/zones-contract.ts'
import { groupRunFaultsContract } from './group-runs/group-run-faults-contract.ts'
import { groupRunsContract } from './group-runs/group-runs-contract.ts'
import { handOversContract } from './group-runs/hand-overs-contract.ts'
import { rosterContract } from './group-runs/roster-contract.ts'
import { protocolContract } from './protocol-contract.ts'
import { previewsContract } from './review/previews-contract.ts'
import { raisedContract } from './review/raised-contract.ts'
import { reviewContract } from './review/review-contract.ts'
import { countingContract } from './runs/counting-contract.ts'
import { datesContract } from './runs/dates-contract.ts'
import { importsContract } from './runs/imports-contract.ts'
import { runsContract } from './runs/runs-contract.ts'
import { sourcesContract } from './runs/sources-contract.ts'
import { twinsContract } from './runs/twins-contract.ts'
import { uploadsContract } from './runs/uploads-contract.ts'
import { selfReportContract } from './self-report/self-report-contract.ts'
import { serviceContract } from './service-contract.ts'
import { settingsContract } from './settings/settings-contract.ts'

export function httpContract(runtime: Runtime): void {
  serviceContract(runtime)
  protocolContract(runtime)
  clientsContract(runtime)
  zonesContract(runtime)
  plansContract(runtime)
  runsContract(runtime)
  uploadsContract(runtime)
  importsContract(runtime)
  sourcesContract(runtime)
  twinsContract(runtime)
  datesContract(runtime)
  countingContract(runtime)
  reviewContract(runtime)
  raisedContract(runtime)
  previewsContract(runtime)
  settingsContract(runtime)
  selfReportContract(runtime)
  rosterContract(runtime)
  groupRunsContract(runtime)
  groupRunFaultsContract(runtime)
  handOversContract(runtime)
}
