// What a phone takes along to a group run.
import { describe, expect, it } from 'vitest'
import { ruleVersion } from '../../../src/domain/rule-version.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { Roster } from '../../../src/live/protocol.ts'
import { batchOf, sendBatches } from '../../support/phone.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, openAs, read, setZone, type Runtime } from '../../support/asking.ts'
import { checkedIn, openRunner } from './runner.ts'

export function rosterContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const openWith = () => openRunner(open)

  describe('GET /api/groups?mine=true', () => {
    it('gives an administrator who guides one group that group, whatever others there are', async () => {
      const ask = await open()
      const other = await read<{ id: string }>(ask('/api/groups', send('POST', { name: 'Groep van Bas' })), 201)
      const idsOf = async (path: string) =>
        (await read<{ items: { id: string }[] }>(ask(path))).items.map(({ id }) => id)
      const all = await idsOf('/api/groups')
      expect(all).toContain(other.id)
      expect(await idsOf('/api/groups?mine=false')).toEqual(all)
      const mine = await idsOf('/api/groups?mine=true')
      expect(mine).toEqual(all.filter((id) => id !== other.id))
      // Each of them can be guided: none is refused.
      for (const id of mine) await read<Roster>(ask(`/api/groups/${id}/roster`))
      expect((await ask(`/api/groups/${other.id}/roster`)).status).toBe(404)
    })

    it('takes nothing but a yes or a no', async () => {
      const ask = await open()
      expect((await ask('/api/groups?mine=1')).status).toBe(400)
    })
  })

  describe('GET /api/groups/{groupId}/roster', () => {
    it('gives a phone what it needs without a network, and nothing more', async () => {
      const { ask, clientId } = await openWith()
      const without = await addClient(ask, 'Aya')
      const { items } = await read<{ items: { id: string; name: string }[] }>(ask('/api/groups'))
      const [group] = items
      const roster = await read<Roster>(ask(`/api/groups/${group?.id}/roster`))
      const { items: zones } = await read<{ items: { id: string; validFromMs: number }[] }>(
        ask(`/api/clients/${clientId}/zones`),
      )
      const [zone] = zones
      expect(roster).toEqual({
        groupId: group?.id,
        name: group?.name,
        fetchedAtMs: expect.any(Number),
        ruleVersion,
        parameters: {},
        clients: [
          { id: without, firstName: 'Aya', watchLevel: 'standard', zone: null, zoneNeedsReview: false },
          {
            id: clientId,
            firstName: 'Noor',
            watchLevel: 'standard',
            zone: {
              id: zone?.id,
              validFromMs: zone?.validFromMs,
              source: 'manual',
              ceilingBpm: 140,
              floorBpm: null,
              hardBpm: 162,
            },
            zoneNeedsReview: false,
          },
        ],
      })
    })

    it('says that a zone is to be looked at again, from a check-in that said so until there is a new zone', async () => {
      const { ask, clientId, part } = await openWith()
      const { items } = await read<{ items: { id: string }[] }>(ask('/api/groups'))
      const needsReview = async () =>
        (await read<Roster>(ask(`/api/groups/${items[0]?.id}/roster`))).clients[0]?.zoneNeedsReview
      const entry = { ...checkedIn(true), atMs: Date.now() + 1000 }
      await sendBatches(ask, part, [batchOf(part, 1, encodeBatch([entry]))])
      expect(await needsReview()).toBe(true)
      await new Promise((resolve) => setTimeout(resolve, 1100))
      await setZone(ask, clientId, { manualCeilingBpm: 135 }, 'looked at again')
      expect(await needsReview()).toBe(false)
    })
  })
}
