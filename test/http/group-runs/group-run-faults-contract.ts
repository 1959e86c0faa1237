// The HTTP contract of group runs where something goes wrong outdoors: batches that never come, stops that were a mistake.
// For both runtimes.
import { describe, expect, it } from 'vitest'
import { readStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import type { ParticipationStatus } from '../../../src/live/protocol.ts'
import { cutIntoBatches, finishPath, postBatches, requestOf, sendBatches, sendStream } from '../../support/phone.ts'
import { send } from '../../support/sign-in.ts'
import { guided, madeStream, STREAM_START_MS } from '../../support/stream.ts'
import { openAs, read, type Runtime } from '../../support/asking.ts'
import { openRunner } from './runner.ts'

interface GuidedJson {
  readonly verdict: string
  readonly flags: readonly { readonly kind: string; readonly level: string }[]
  readonly guided: { readonly differs: readonly string[] } | null
  readonly assessment: { readonly cues: readonly { readonly elapsedS: number; readonly kind: string }[] }
}
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

  describe('a group run of a phone whose clock is weeks off', () => {
    it('stands on the day on which it was run, also where its file is read again, and says so', async () => {
      const { ask, part } = await openRunner(open)
      const entries = madeStream(600, () => 124)
      const endMs = entries.at(-1)?.atMs ?? 0
      const batches = cutIntoBatches(part, entries, 100)
      const sentAtMs = endMs + 1000
      const { participations } = await read<{ participations: ParticipationStatus[] }>(
        postBatches(ask, part.groupRunId, { ...requestOf(part, batches), sentAtMs }),
      )
      const runId = participations[0]?.runId
      const look = () => read<RunJson>(ask(`/api/runs/${runId}`))
      const run = await look()
      expect(run.warnings).toContain('CLOCK_CORRECTED')
      const byTheServer = Date.now() - (sentAtMs - STREAM_START_MS)
      expect(Math.abs(run.startedAtMs - byTheServer)).toBeLessThan(60_000)
      expect(run.elapsedS).toBeCloseTo((endMs - STREAM_START_MS) / 1000, 0)
      await read(ask(`/api/runs/${runId}/assessments`, { method: 'POST' }), 201)
      expect((await look()).startedAtMs).toBe(run.startedAtMs)
      const bytes = new Uint8Array(await (await ask(`/api/runs/${runId}/file`)).arrayBuffer())
      const reading = readStreamFile(bytes)
      expect(reading.ok && reading.recordings[0]?.startedAtMs).toBe(run.startedAtMs)
    })
  })

  describe('a hard group run of a phone whose clock is forty days back', () => {
    it('is judged on the day on which it was run, and its flags wait', async () => {
      const { ask, part } = await openRunner(open)
      const back = 40 * 86_400_000 + (STREAM_START_MS - Date.now())
      const entries = madeStream(900, () => 188).map((entry) => ({ ...entry, atMs: entry.atMs - back }))
      const endMs = entries.at(-1)?.atMs ?? 0
      const request = { ...requestOf(part, cutIntoBatches(part, entries, 100)), sentAtMs: endMs + 1000 }
      const { participations } = await read<{ participations: ParticipationStatus[] }>(
        postBatches(ask, part.groupRunId, request),
      )
      const run = await read<RunJson>(ask(`/api/runs/${participations[0]?.runId}`))
      expect(Date.now() - run.startedAtMs).toBeLessThan(3_600_000)
      const { items } = await read<{ items: { kind: string; runId: string }[] }>(ask('/api/flags'))
      expect(items.map(({ kind }) => kind)).toContain('F9.hard')
    })
  })

  describe('a run that was guided by other limits than hold now', () => {
    it('has the cues that were heard, also judged again, says what differs, and previews what is tried', async () => {
      const { ask, clientId, part } = await openRunner(open)
      const zones = await read<{ items: { id: string; hardBpm: number }[] }>(ask(`/api/clients/${clientId}/zones`))
      const [zone] = zones.items
      if (zone === undefined) throw new Error('no zone')
      const { id: zoneVersionId, hardBpm } = zone
      const facts = { zoneVersionId, watchLevel: 'extra', ceilingBpm: 140, hardBpm } as const
      const made = madeStream(600, () => 148, [guided(STREAM_START_MS - 1000, facts)])
      const { runId } = await sendStream(ask, part, made)
      const look = () => read<GuidedJson>(ask(`/api/runs/${runId}`))
      const kinds = ({ assessment }: GuidedJson) =>
        assessment.cues.map(({ elapsedS, kind }) => [Math.round(elapsedS), kind])
      const before = await look()
      const { zoneVersionId: _id, ...limits } = facts
      expect(before.guided).toMatchObject({ ...limits, differs: ['watch_level'] })
      // Watched more closely: cued after 20 s, and not easing 45 s later.
      expect(kinds(before)).toEqual([
        [21, 'OVER'],
        [66, 'NOT_EASING'],
      ])
      const raised = { manualCeilingBpm: 155, manualHardBpm: 175, overrideAgeEstimate: true }
      const preview = await read<{ kinds: object[] }>(
        ask(`/api/clients/${clientId}/zones/preview`, send('POST', { inputs: raised, reason: 'talk test' })),
      )
      expect(preview.kinds).toEqual(expect.arrayContaining([{ kind: 'F9.not_easing', now: 1, would: 0 }]))
      const saved = { inputs: raised, reason: 'talk test', validFromMs: STREAM_START_MS - 1 }
      const confirmed = ['CEILING_RISES', 'HARD_RISES']
      await read(ask(`/api/clients/${clientId}/zones`, send('POST', { ...saved, confirmed })), 201)
      const withdraw = send('POST', { reason: 'a mistake' })
      await read(ask(`/api/clients/${clientId}/zones/${zoneVersionId}/withdrawal`, withdraw))
      await read(ask(`/api/runs/${runId}/assessments`, { method: 'POST' }), 201)
      const after = await look()
      expect(kinds(after)).toEqual(kinds(before))
      expect([before.verdict, after.verdict]).toEqual(['too_hard', 'calm'])
      expect(after.guided?.differs).toEqual(['ceiling', 'hard', 'watch_level'])
      expect(after.flags).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'F9.not_easing' })]))
    })
  })
}
