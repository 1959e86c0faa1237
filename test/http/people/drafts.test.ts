import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'

interface Drafts {
  readonly draftKey: string
  readonly clientIds: readonly string[]
}
let clinic: NodeClinic
let world: World
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
})
afterAll(closeClinics)

const draftsOf = (standing: Parameters<typeof askAs>[2]) =>
  expectJson<Drafts>(askAs(clinic.ask, world, standing)('/api/me/drafts'))

describe('the key of what somebody was writing', () => {
  it('is the same each time, of 32 bytes, and nobody else has it', async () => {
    const all = [await draftsOf('therapist'), await draftsOf('supervisor'), await draftsOf('self')]
    expect((await draftsOf('therapist')).draftKey).toBe(all[0]?.draftKey)
    expect(new Set(all.map(({ draftKey }) => draftKey)).size).toBe(3)
    for (const { draftKey } of all) expect(atob(draftKey)).toHaveLength(32)
  })

  it('comes with those of whom they may go on writing, until they may not', async () => {
    const before = (await draftsOf('therapist')).clientIds
    expect(before).toContain(world.noor)
    expect((await draftsOf('self')).clientIds).toEqual([world.noor])
    const erased = await askAs(
      clinic.ask,
      world,
      'administrator',
    )(`/api/clients/${world.noor}`, send('DELETE', { confirmation: 'Noor' }))
    expect(erased.status).toBe(204)
    expect((await draftsOf('therapist')).clientIds).toEqual(before.filter((id) => id !== world.noor))
  })
})
