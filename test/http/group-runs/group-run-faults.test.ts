import { onNode } from '../../support/node-runtime.ts'
import { groupRunFaultsContract } from './group-run-faults-contract.ts'

onNode(groupRunFaultsContract)
