import { onNode } from '../../support/node-runtime.ts'
import { rosterContract } from './roster-contract.ts'

onNode(rosterContract)
