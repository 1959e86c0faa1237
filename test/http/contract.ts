// The HTTP contract, from one source for both runtimes: Node with a SQLite file, workerd with a Durable Object.
import { clientsContract } from './contract/clients.ts'
import { zonesContract } from './contract/zones.ts'
import { countingContract } from './contract/counting.ts'
import { datesContract } from './contract/dates.ts'
import { groupRunFaultsContract } from './contract/group-run-faults.ts'
import { groupRunsContract } from './contract/group-runs.ts'
import { handOversContract } from './contract/hand-overs.ts'
import { mirrorContract } from './contract/self-report.ts'
import { protocolContract } from './contract/protocol.ts'
import { plansContract } from './contract/plans.ts'
import { previewsContract } from './contract/previews.ts'
import { raisedContract } from './contract/raised.ts'
import { reviewContract } from './contract/review.ts'
import { rosterContract } from './contract/roster.ts'
import { runsContract } from './contract/runs.ts'
import { serviceContract } from './contract/service.ts'
import { settingsContract } from './contract/settings.ts'
import { sourcesContract } from './contract/sources.ts'
import { twinsContract } from './contract/twins.ts'
import { uploadsContract } from './contract/uploads.ts'
import type { Runtime } from './contract/asking.ts'

export function httpContract(runtime: Runtime): void {
  serviceContract(runtime)
  protocolContract(runtime)
  clientsContract(runtime)
  zonesContract(runtime)
  runsContract(runtime)
  uploadsContract(runtime)
  sourcesContract(runtime)
  twinsContract(runtime)
  settingsContract(runtime)
  reviewContract(runtime)
  raisedContract(runtime)
  countingContract(runtime)
  datesContract(runtime)
  plansContract(runtime)
  previewsContract(runtime)
  mirrorContract(runtime)
  rosterContract(runtime)
  groupRunsContract(runtime)
  groupRunFaultsContract(runtime)
  handOversContract(runtime)
}
