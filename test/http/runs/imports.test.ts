import { onNode } from '../../support/node-runtime.ts'
import { importsContract } from './imports-contract.ts'

onNode(importsContract)
