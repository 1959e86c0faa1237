import { onNode } from '../../support/node-runtime.ts'
import { runsContract } from './runs-contract.ts'

onNode(runsContract)
