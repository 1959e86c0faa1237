// The HTTP contract of group runs where something goes wrong outdoors: batches that never come, stops that were a mistake.
// For both runtimes.
import { describe, expect, it } from 'vitest'
import type { ParticipationStatus } from '../../../src/live/protocol.ts'
import { cutIntoBatches, finishPath, sendBatches } from '../../support/phone.ts'
import { madeStream } from '../../support/stream.ts'
import { openAs, read, type Runtime } from './asking.ts'
import { openRunner } from './runner.ts'

interface RunJson {
  readonly startedAtMs: number
  readonly elapsedS: number
  readonly sensor: string
  readonly samples: number
  readonly verdict: string
  readonly warnings: readonly string[]
  readonly flags: readonly { readonly kind: string; readonly level: string }[]
}

export function groupRunFaultsContract(runtime: Runtime): void {
  const open = openAs(runtime)

  describe('a group run of which the first batch never comes', () => {
    it('is a run of what is there, judged, and its flags are before a person', async () => {
      const { ask, clientId, part } = await openRunner(open)
      const batches = cutIntoBatches(
        part,
        madeStream(1800, () => 175),
        100,
      )
      await sendBatches(ask, part, batches.slice(1))
      const status = await read<ParticipationStatus>(ask(finishPath(part), { method: 'POST' }))
      expect(status).toMatchObject({ state: 'composed_incomplete', runId: expect.any(String), missing: [1] })
      const run = await read<RunJson>(ask(`/api/runs/${status.runId}`))
      expect(run).toMatchObject({ samples: 1703, sensor: 'unknown', verdict: 'too_hard' })
      expect(run.warnings).toEqual(['BATCHES_MISSING', 'START_MISSING', 'STRAP_MISSING'])
      const attention = run.flags.filter(({ level }) => level === 'attention').map(({ kind }) => kind)
      expect(attention).toContain('F9.hard')
      const { items } = await read<{ items: { clientId: string; kind: string }[] }>(ask('/api/flags'))
      const raised = items.filter((flag) => flag.clientId === clientId).map(({ kind }) => kind)
      expect(raised).toEqual(expect.arrayContaining(attention))
    })
  })
}
