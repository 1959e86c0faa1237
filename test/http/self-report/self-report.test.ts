import { onNode } from '../../support/node-runtime.ts'
import { selfReportContract } from './self-report-contract.ts'

onNode(selfReportContract)
