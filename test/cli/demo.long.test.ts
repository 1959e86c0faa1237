// What the demo promises, asked of the clinic that it makes: people who differ, each as the service itself judges them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople, fillClinic } from '../../src/cli/demo/fill-clinic.ts'
import { demoClients } from '../../src/cli/demo/made-clients.ts'
import { runsOf } from '../../src/cli/demo/made-weeks.ts'
import type { Verdict } from '../../src/domain/assessment.ts'
import type { ZoneSource } from '../../src/domain/calm-zone.ts'
import { raisedLevels } from '../../src/domain/review/finding-occurrences.ts'
import type { UpkeepKind } from '../../src/domain/upkeep.ts'
import { zoneState } from '../../src/domain/zone/zone-state.ts'
import { openStore } from '../../src/node/open-store.ts'
import { serve } from '../../src/node/serve.ts'
import { signIn } from '../support/account.ts'
import { openBrowser } from '../support/browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-demo-test-'))
/** By the clock that the service goes by: what is told of is of the last 60 days. */
const NOW_MS = Date.now()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Zone {
  readonly source: ZoneSource
  readonly inputs: { readonly talkTestedAtMs: number | null }
}
interface Run {
  readonly id: string
  readonly startedAtMs: number
  readonly movingS: number
  readonly calmS: number
  readonly sport: string
  readonly sensor: string
  readonly verdict: Verdict
}
interface Client {
  readonly id: string
  readonly firstName: string
  readonly zone: Zone | null
  readonly openQuestions: number
}
interface Flag {
  readonly id: string
  readonly firstName: string
  readonly kind: string
  readonly level: string
  readonly state: string
}
interface Told {
  readonly agreed: boolean
  readonly items: readonly { readonly whatHelped: string | null; readonly energy: number | null }[]
}
interface Note {
  readonly kind: string
  readonly text: string
  readonly byName: string | null
}

describe('the demo clinic', () => {
  let people: readonly string[] = []
  let groups: readonly { readonly name: string }[] = []
  let clients: readonly Client[] = []
  let flags: readonly Flag[] = []
  let upkeep: readonly { readonly firstName: string; readonly kinds: readonly UpkeepKind[] }[] = []
  let closed: {
    readonly events: readonly { readonly act: string; readonly reason: string | null; readonly note: string | null }[]
  }
  let recordings: readonly string[] = []
  let combined = 0
  const runs = new Map<string, readonly Run[]>()
  const told = new Map<string, Told>()
  const notes = new Map<string, readonly Note[]>()
  const runsNamed = (name: string) => runs.get(name) ?? []
  const verdictsOf = (name: string) => new Set(runsNamed(name).map(({ verdict }) => verdict))
  const minutesOf = ({ movingS }: Run) => Math.floor(movingS / 60)

  beforeAll(async () => {
    const where = { dataFolder: folder, origin: null, secret: null, listen: '127.0.0.1', trustProxy: false }
    const served = await serve({ port: 0, ...where }, undefined, { isDemo: true })
    try {
      await fillClinic(served, NOW_MS)
      const { ask } = openBrowser((path, init) => fetch(`${served.url}${path}`, init), served.url)
      const read = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T
      const items = async <T>(path: string) => (await read<{ readonly items: readonly T[] }>(path)).items
      await signIn(ask, demoPeople[0].email, demoPeople[0].password)
      people = (await items<{ readonly email: string }>('/api/people')).map(({ email }) => email)
      groups = await items('/api/groups')
      clients = await items('/api/clients?limit=100')
      flags = await items('/api/flags?state=all&limit=200')
      upkeep = await items('/api/flags/upkeep')
      closed = await read(`/api/flags/${flags.find(({ state }) => state === 'resolved')?.id}`)
      for (const { id, firstName } of clients) {
        runs.set(firstName, await items(`/api/clients/${id}/runs?limit=200`))
        told.set(firstName, await read(`/api/clients/${id}/after-runs`))
        notes.set(firstName, await items(`/api/clients/${id}/notes`))
      }
    } finally {
      await served.close()
    }
    const store = await openStore(folder)
    const named = store.db.selectFrom('run').innerJoin('client', 'client.id', 'run.client_id')
    recordings = (await named.select('client.first_name').execute()).map((row) => row.first_name)
    combined = (await store.db.selectFrom('combination').selectAll().execute()).length
    await store.close()
  })

  it('lets everybody in who is named, and has no group without clients', () => {
    expect([...people].sort()).toEqual(demoPeople.map(({ email }) => email).sort())
    expect(groups).toMatchObject([{ name: 'Dinsdagochtend' }])
  })

  it('holds every recording of every client', () => {
    for (const client of demoClients)
      expect(recordings.filter((name) => name === client.firstName)).toHaveLength(runsOf(client, NOW_MS).length)
    expect(recordings).toHaveLength(demoClients.reduce((sum, client) => sum + runsOf(client, NOW_MS).length, 0))
  })

  it('is calm but for those whose story it is', () => {
    expect(verdictsOf('Anna')).toEqual(new Set(['calm']))
    expect(verdictsOf('Hilde')).toEqual(new Set(['calm', 'too_hard']))
    expect(verdictsOf('Cem')).toContain('mostly_calm')
    expect(verdictsOf('Gijs')).toEqual(new Set(['calm', 'cannot_tell:signal']))
    const calm = demoClients.filter(({ story }) => story === 'calm').map(({ firstName }) => firstName)
    expect(flags.filter(({ firstName }) => calm.includes(firstName))).toEqual([])
  })

  it('has runs of many lengths and of as many shares of calm', () => {
    const all = [...runs.values()].flat()
    const lengths = all.map(minutesOf)
    expect(new Set(lengths).size).toBeGreaterThan(25)
    expect(Math.min(...lengths)).toBeLessThan(13)
    expect(Math.max(...lengths)).toBeGreaterThan(47)
    const said = all.map((run) => `${Math.floor(run.calmS / 60)} of ${minutesOf(run)}`)
    for (const one of said) expect(said.filter((other) => other === one).length).toBeLessThan(0.12 * all.length)
    // Nobody's runs are all alike.
    for (const [name, own] of runs)
      if (own.length > 5)
        expect([name, new Set(own.map(minutesOf)).size]).toEqual([name, expect.toSatisfy((n) => n > 3)])
  })

  it('has somebody who walks, somebody who was away, and a run that nothing measured', () => {
    expect(new Set(runsNamed('Els').map(({ sport }) => sport))).toEqual(new Set(['walking']))
    const starts = runsNamed('Dina').map(({ startedAtMs }) => startedAtMs)
    const apart = starts.slice(1).map((startedAtMs, i) => ((starts[i] ?? 0) - startedAtMs) / 86_400_000)
    expect(Math.max(...apart)).toBeGreaterThan(14)
    expect(runsNamed('Imre').filter(({ verdict }) => verdict === 'cannot_tell:signal')).toHaveLength(1)
    expect(verdictsOf('Toby')).toEqual(new Set(['cannot_tell:no_zone']))
  })

  it('has a run that strap and watch show as one, and a possible duplicate that waits for a person', () => {
    expect(combined).toBe(1)
    expect(upkeep.filter(({ kinds }) => kinds.includes('twice')).map(({ firstName }) => firstName)).toEqual(['Maeve'])
  })

  it('has limits from everywhere, one talk test that counts no more, and somebody without one', () => {
    const sources = clients.map(({ zone }) => zone?.source ?? 'none')
    expect(new Set(sources)).toEqual(new Set(['talktest', 'hrr_age', 'manual', 'none']))
    // It counts until everybody is in.
    const SOON_MS = NOW_MS + 60_000
    const expired = clients.filter(
      ({ zone }) => zone !== null && zoneState(zone.source, zone.inputs.talkTestedAtMs, SOON_MS) === 'expired',
    )
    expect(expired.map(({ firstName }) => firstName)).toEqual(['Els'])
    const toby = upkeep.find(({ firstName }) => firstName === 'Toby')
    expect(toby?.kinds).toEqual(['no_limit', 'no_plan'])
    expect(upkeep.find(({ firstName }) => firstName === 'Gijs')?.kinds).toContain('signal')
  })

  it('has a flag of each level that waits, one that was talked over and closed with a reason, and one begun with', () => {
    const waiting = flags.filter(({ state }) => state === 'open')
    expect(new Set(waiting.map(({ level }) => level))).toEqual(new Set(raisedLevels))
    expect(flags.filter(({ level }) => level === 'today').map(({ firstName }) => firstName)).toEqual(['Hilde'])
    expect(flags.map(({ state }) => state)).toEqual(expect.arrayContaining(['resolved', 'in_conversation']))
    expect(closed.events.find(({ act }) => act === 'resolve')).toMatchObject({
      reason: 'talked',
      note: expect.any(String) as string,
    })
  })

  it('has questions that wait and one that was answered, in Dutch and in English', () => {
    const open = clients.filter(({ openQuestions }) => openQuestions > 0).map(({ firstName }) => firstName)
    expect(open).toEqual(['Imre', 'Maeve'])
    expect(
      notes
        .get('Anna')
        ?.map(({ kind }) => kind)
        .sort(),
    ).toEqual(['answer', 'question'])
    expect(notes.get('Maeve')?.[0]).toMatchObject({ kind: 'question', byName: 'Maeve' })
    expect(notes.get('Dina')?.[0]).toMatchObject({ kind: 'shared', byName: 'Thea' })
  })

  it('has people who tell how it went, and one who shares nothing', () => {
    for (const name of ['Anna', 'Maeve']) {
      const items = told.get(name)?.items ?? []
      expect(items.filter(({ whatHelped }) => whatHelped !== null).length).toBeGreaterThan(2)
      expect(new Set(items.map(({ energy }) => energy)).size).toBeGreaterThan(2)
    }
    expect(told.get('Imre')).toMatchObject({ agreed: false, items: [] })
  })

  it('names no diagnosis, no medicine and no place', () => {
    const words = [...notes.values()].flat().map(({ text }) => text)
    words.push(...[...told.values()].flatMap(({ items }) => items.map(({ whatHelped }) => whatHelped ?? '')))
    for (const text of words)
      expect(text).not.toMatch(
        /depress|angst|anxi|psycho|verslav|addict|bipola|mani|medic|pil\b|diagnos|stoornis|disorder/i,
      )
  })
})
