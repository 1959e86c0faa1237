import { onNode } from '../../support/node-runtime.ts'
import { datesContract } from './dates-contract.ts'

onNode(datesContract)
