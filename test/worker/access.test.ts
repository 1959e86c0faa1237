import { beforeAll, describe, expect, it } from 'vitest'
import { accessTable } from '../http/access/access-table.ts'
import { cellsOf, expectCell, isAllowed, rowOf } from '../http/access/access-contract.ts'
import type { NewClinic } from '../support/sign-in.ts'
import { expectJson } from '../support/expect-json.ts'
import { askAs, makeWorld, standings, type World } from '../support/world.ts'
import { openNew } from './open-clinic.ts'

describe('the access table in workerd, as far as nothing changes', () => {
  let clinic: NewClinic
  let world: World
  beforeAll(async () => {
    clinic = await openNew()
    world = await makeWorld(clinic)
  })

  // workerd complains in its own log of a body that nobody expectJson, as a refused upload is.
  const routes = Object.keys(accessTable).filter((route) => route !== 'POST /api/clients/{clientId}/runs')

  it.each(routes)('%s', async (route) => {
    const cells = cellsOf(rowOf(route))
    for (const standing of standings)
      if (route.startsWith('GET ') || !isAllowed(cells.get(standing) ?? 0))
        await expectCell(clinic.ask, world, route, standing)
    expect(cells.size).toBe(standings.length)
  })

  it('keeps the log whole where twenty look at once', async () => {
    const therapist = askAs(clinic.ask, world, 'therapist')
    const looks = await Promise.all(Array.from({ length: 20 }, () => therapist(`/api/clients/${world.noor}`)))
    expect(looks.map(({ status }) => status)).toEqual(Array<number>(20).fill(200))
    expect(await expectJson(askAs(clinic.ask, world, 'administrator')('/api/audit/check'))).toMatchObject({ ok: true })
  })

  it("shows nothing of one clinic to the other's sessions", async () => {
    const other = await openNew()
    await makeWorld(other)
    const asking = askAs(other.ask, world, 'administrator')
    expect((await asking('/api/people')).status).toBe(401)
  })
})
