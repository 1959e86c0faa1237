import { onNode } from '../../support/node-runtime.ts'
import { previewsContract } from './previews-contract.ts'

onNode(previewsContract)
