import { onNode } from '../support/node-runtime.ts'
import { protocolContract } from './protocol-contract.ts'

onNode(protocolContract)
