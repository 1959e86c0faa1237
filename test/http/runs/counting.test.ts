import { onNode } from '../../support/node-runtime.ts'
import { countingContract } from './counting-contract.ts'

onNode(countingContract)
