// Numbers of pairing: how long to wait for a strap, when to try again, what counts as silent. All are our own choice;
// tests shorten them.
import { valuesOf, type ParameterTable, type ValuesOf } from '../../src/domain/parameters/parameter.ts'

const choice = 'product choice'

export const strapParameterTable = {
  connectTimeoutMs: {
    value: 12_000,
    unit: 'ms',
    source: 'product choice; a browser may leave connect() pending for ever',
  },
  /** After the first failure; doubles with each further one. */
  retryFirstMs: { value: 1000, unit: 'ms', source: choice },
  retryMaxMs: { value: 30_000, unit: 'ms', source: choice },
  /** Trying costs nothing while Bluetooth is off, and no browser says reliably when it is on again. */
  retryOffMs: { value: 3000, unit: 'ms', source: choice },
  closeGraceMs: { value: 1500, unit: 'ms', source: 'product choice; a link that never opened says no goodbye' },
  closeSettleMs: {
    value: 250,
    unit: 'ms',
    source: 'product choice; right after its end a connect lands on the dying link',
  },
  silentAfterMs: { value: 5000, unit: 'ms', source: choice },
  silentCycleMs: { value: 30_000, unit: 'ms', source: choice },
  /** How long one connect keeps the others waiting; a strap that is away must not hold up nine that are there. */
  connectTurnMs: { value: 3000, unit: 'ms', source: choice },
  fullAtLinks: { value: 7, unit: 'links', source: 'product choice; the default of Android' },
} as const satisfies ParameterTable
export type StrapParameters = ValuesOf<typeof strapParameterTable>
export const strapDefaults: StrapParameters = valuesOf(strapParameterTable)
