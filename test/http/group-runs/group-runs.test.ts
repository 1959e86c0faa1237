import { onNode } from '../../support/node-runtime.ts'
import { groupRunsContract } from './group-runs-contract.ts'

onNode(groupRunsContract)
