import { onNode } from '../../support/node-runtime.ts'
import { handOversContract } from './hand-overs-contract.ts'

onNode(handOversContract)
