import { onNode } from '../../support/node-runtime.ts'
import { sourcesContract } from './sources-contract.ts'

onNode(sourcesContract)
