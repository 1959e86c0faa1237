import { onNode } from '../../support/node-runtime.ts'
import { twinsContract } from './twins-contract.ts'

onNode(twinsContract)
