import { onNode } from '../../support/node-runtime.ts'
import { plansContract } from './plans-contract.ts'

onNode(plansContract)
