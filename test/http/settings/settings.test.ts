import { onNode } from '../../support/node-runtime.ts'
import { settingsContract } from './settings-contract.ts'

onNode(settingsContract)
