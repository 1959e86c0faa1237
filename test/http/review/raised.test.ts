import { onNode } from '../../support/node-runtime.ts'
import { raisedContract } from './raised-contract.ts'

onNode(raisedContract)
