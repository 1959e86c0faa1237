import { onNode } from '../../support/node-runtime.ts'
import { clientsContract } from './clients-contract.ts'

onNode(clientsContract)
