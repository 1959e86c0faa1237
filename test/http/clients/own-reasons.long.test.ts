// A therapist's own reasons for a limit, its withdrawal and an agreement: whatever the client asks for, they are in none of it. What
// was written for the client is.
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { codeOf, read } from '../../support/clinic-work.ts'
import { send, type Ask } from '../../support/sign-in.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'
import { accessTable } from '../access/access-table.ts'

const OWN = ['wil te graag, rem haar af', 'ik vergiste me in Noor', 'eerst rust in het hoofd']
const HERS = ['onder deze grens praat je makkelijk', 'zo houden we het licht']

let world: World
let asked: (standing: 'self' | 'therapist' | 'supervisor') => Ask
beforeAll(async () => {
  const { ask, firstToken } = await openClinic()
  world = await makeWorld({ ask, firstToken })
  asked = (standing) => askAs(ask, world, standing)
  const therapist = asked('therapist')
  const { noor } = world
  const [why, mistake, agreed] = OWN
  const limit = { reason: why, reasonForClient: HERS[0], confirmed: ['CEILING_RISES', 'HARD_RISES'] }
  const set = (manualCeilingBpm: number) =>
    therapist(`/api/clients/${noor}/zones`, send('POST', { ...limit, inputs: { manualCeilingBpm } }))
  const { id } = await read<{ id: string }>(set(131), 201)
  await read(set(129), 201)
  const withdrawal = { reason: mistake, confirmed: ['CEILING_RISES', 'HARD_RISES'] }
  await read(therapist(`/api/clients/${noor}/zones/${id}/withdrawal`, send('POST', withdrawal)))
  const plan = { weekdays: [2], runMin: 30, intervals: null, reason: agreed, reasonForClient: HERS[1] }
  await read(therapist(`/api/clients/${noor}/plans`, send('POST', plan)), 201)
})
afterAll(closeClinics)

/** The answer as text; a zip as what is in it. */
async function textOf(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (response.headers.get('content-type') !== 'application/zip') return strFromU8(bytes)
  return Object.entries(unzipSync(bytes))
    .map(([path, member]) => `${path}\n${strFromU8(member, true)}`)
    .join('\n')
}

describe("a therapist's own reasons", () => {
  it('are in no answer to the client, whichever route they ask: page, zip, CSV, FHIR', async () => {
    const routes = Object.entries(accessTable).filter(([route]) => route.startsWith('GET '))
    let answered = 0
    for (const [route, { ask }] of routes) {
      const response = await asked('self')(...ask(world))
      if (response.ok) answered++
      const text = await textOf(response)
      for (const own of OWN) expect([route, own, text.includes(own)]).toEqual([route, own, false])
    }
    expect(answered).toBeGreaterThan(10)
  })

  it('are read by who guides; what is for the client is read by the client', async () => {
    const paths = [`/api/clients/${world.noor}/zones`, `/api/clients/${world.noor}/plans`]
    const all = async (standing: 'self' | 'therapist' | 'supervisor') =>
      (await Promise.all(paths.map((path) => asked(standing)(path).then(textOf)))).join('\n')
    for (const standing of ['therapist', 'supervisor'] as const)
      for (const words of [...OWN, ...HERS])
        expect([standing, (await all(standing)).includes(words)]).toEqual([standing, true])
    for (const words of HERS) expect(await all('self')).toContain(words)
    expect(await asked('self')(`/api/clients/${world.noor}`).then(textOf)).toContain(HERS[0])
  })

  it("are in the zip of staff, and not in the client's own; a clinic that takes either in keeps what is in it", async () => {
    const zipOf = async (standing: 'self' | 'therapist') =>
      new Uint8Array(await (await asked(standing)(`/api/clients/${world.noor}/data.zip`)).arrayBuffer())
    const staffs = await textOf(new Response(Uint8Array.from(await zipOf('therapist')), zipped))
    for (const words of [...OWN, ...HERS]) expect(staffs).toContain(words)
    const therapist = asked('therapist')
    const add = send('POST', { firstName: 'Noor elders', birthYear: 1986, groupId: world.groupId })
    const { id } = await read<{ id: string }>(therapist('/api/clients', add), 201)
    const versions = async () =>
      (
        await read<{ items: { reason: string | null; reasonForClient: string | null }[] }>(
          therapist(`/api/clients/${id}/zones`),
        )
      ).items
    const takeIn = async (zip: Uint8Array) => {
      const form = new FormData()
      form.append('files', new File([Uint8Array.from(zip)], 'data.zip'))
      await read(therapist(`/api/clients/${id}/import`, { method: 'POST', body: form }))
    }
    await takeIn(await zipOf('self'))
    const taken = await versions()
    expect(taken[0]).toMatchObject({ reason: null, reasonForClient: HERS[0] })
    // The same versions, whoever brings them.
    await takeIn(await zipOf('therapist'))
    expect(await versions()).toEqual(taken)
  })

  it('are enough for a limit that a person sets, as what the client reads is; neither is refused', async () => {
    const set = (more: object) =>
      asked('therapist')(
        `/api/clients/${world.noor}/zones`,
        send('POST', { inputs: { manualCeilingBpm: 128 }, ...more }),
      )
    expect(await codeOf(set({}), 422)).toBe('REASON_REQUIRED')
    expect(await read(set({ reasonForClient: 'samen gemeten' }), 201)).toMatchObject({ reason: null })
    expect(await read(set({ reason: 'gemeten' }), 201)).toMatchObject({ reasonForClient: null })
  })
})

const zipped = { headers: { 'content-type': 'application/zip' } }
