import { onNode } from '../../support/node-runtime.ts'
import { reviewContract } from './review-contract.ts'

onNode(reviewContract)
