import { onNode } from '../../support/node-runtime.ts'
import { uploadsContract } from './uploads-contract.ts'

onNode(uploadsContract)
