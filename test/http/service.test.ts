import { onNode } from '../support/node-runtime.ts'
import { serviceContract } from './service-contract.ts'

onNode(serviceContract)
