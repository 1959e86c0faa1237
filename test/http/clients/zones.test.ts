import { onNode } from '../../support/node-runtime.ts'
import { zonesContract } from './zones-contract.ts'

onNode(zonesContract)
