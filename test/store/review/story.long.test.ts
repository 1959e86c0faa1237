// The seeded stories over the store: who knows no stop raises the right flags in the right order, and calm clients none.
import { describe, expect, it } from 'vitest'
import { demoClients } from '../../../src/cli/demo/made-clients.ts'
import { summariseWeeks } from '../../../src/domain/patterns/weeks.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import type { Database } from '../../../src/store/database.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { findHistory } from '../../../src/store/review/history.ts'
import { listEvents, listFlagsOfClient } from '../../../src/store/review/flags.ts'
import { raiseFlags } from '../../../src/store/review/raise-flags.ts'
import { insertSettings } from '../../../src/store/settings/settings.ts'
import { bringIn, clientNamed } from '../../support/made-clinic.ts'

const NOW_MS = Date.UTC(2026, 10, 25, 12)
const DAY_MS = 86_400_000
/** Midnight UTC of the day on which the story turns: from then on a second run a day. */
const TURNED_MS = Math.floor(NOW_MS / DAY_MS) * DAY_MS - 10 * DAY_MS

async function openClinic(ruleSets: readonly 'early_signs'[] = ['early_signs']) {
  const store = await openStore(null)
  await insertGroup(store.db, 'g', 'Dinsdag', 1)
  const settings = { timeZone: 'Europe/Amsterdam', ruleSets, parameters: {}, retentionDays: 90 }
  await insertSettings(store.db, 0, settings, 'besluit', 1)
  let n = 0
  return { store, newId: () => `id ${n++}` }
}
const viewing = (clientId: string) => makeSystemAccess(clientId, 'flag.view')
/** Days since the story turned, rule and level of each flag, in the order in which they came. */
const raised = async (db: Database, clientId: string) =>
  (await listFlagsOfClient(db, viewing(clientId))).map(
    ({ kind, level, raisedAtMs }) => `day ${Math.floor((raisedAtMs - TURNED_MS) / DAY_MS)}: ${kind} ${level}`,
  )
/** What each row says that nobody saw as over, without what differs by how it came. */
const said = async (db: Database, clientId: string) =>
  (await listFlagsOfClient(db, viewing(clientId)))
    .filter(({ state }) => state === 'open')
    .map(({ kind, level, aboutMs, evidence }) => {
      const { runIds: _runIds, ...numbers } = evidence
      return { kind, level, aboutMs, numbers }
    })

describe('the story of who knows no stop', () => {
  it('raises the right flags in the right order, each on its day', async () => {
    const { store, newId } = await openClinic()
    const id = await bringIn(store, clientNamed('Hilde'), NOW_MS, newId)
    const flags = await raised(store.db, id)
    const onDay = (day: number) => flags.filter((flag) => flag.startsWith(`day ${day}:`)).toSorted()
    // More minutes than agreed at once; two runs on a second day; then nights, and no day without a run.
    expect(onDay(0)).toEqual(['day 0: G8.week_minutes attention'])
    expect(onDay(1)).toEqual(['day 1: G6.two_a_day attention'])
    expect([...onDay(2), ...onDay(3), ...onDay(5)]).toEqual([])
    // Much, without rest and at night: three sides at once ask for a look, whether or not anything is told.
    expect(onDay(4)).toEqual([
      'day 4: G16.several_at_once look',
      'day 4: G7.no_rest_day attention',
      'day 4: G9.night attention',
    ])
    // The second short night with high mood.
    expect(onDay(6)).toEqual(['day 6: G13.early_signs today'])
    // Cues that nothing is done with, in both runs of the day. What was raised a week ago and nobody looked at is one row.
    expect(onDay(7)).toEqual(
      // One event, one row: F2 is told by F9 hard of the same run, F5 by G8 and G10 by F1.
      ['F1.above', 'F9.hard', 'F9.not_easing', 'G11.not_easing'].map((kind) => `day 7: ${kind} attention`),
    )
    expect(flags.toSorted()).toEqual([0, 1, 4, 6, 7].flatMap(onDay).toSorted())
  })

  it('keeps its health statements to itself while the clinic has not switched them on', async () => {
    const { store, newId } = await openClinic([])
    const id = await bringIn(store, clientNamed('Hilde'), NOW_MS, newId)
    expect((await raised(store.db, id)).filter((flag) => flag.includes('G13'))).toEqual([])
  })

  it('says the same where all files come at once, newest first', async () => {
    const asItHappened = await openClinic()
    const late = await openClinic()
    const hilde = clientNamed('Hilde')
    const id = await bringIn(asItHappened.store, hilde, NOW_MS, asItHappened.newId)
    await bringIn(late.store, hilde, NOW_MS, late.newId, 'newest_first_all_at_once')
    expect(await said(late.store.db, id)).toEqual(await said(asItHappened.store.db, id))
  })

  it('tells beside a flag that its rule held again, and looking twice adds nothing', async () => {
    const { store, newId } = await openClinic()
    const id = await bringIn(store, clientNamed('Hilde'), NOW_MS, newId)
    const hard = (await listFlagsOfClient(store.db, viewing(id))).find(({ kind }) => kind === 'F9.hard')
    const story = await listEvents(store.db, viewing(id), hard?.id ?? '')
    expect(story[0]).toMatchObject({ act: 'raised', personId: null, state: 'open' })
    // The row says what was seen last.
    expect(story.at(-1)?.runId).toBe(hard?.runId)
    expect(story.slice(1).map(({ act }) => act)).toEqual(story.slice(1).map(() => 'seen_again'))
    expect(new Set(story.map(({ runId }) => runId)).size).toBe(story.length)
    const count = async () => (await store.db.selectFrom('flag_event').select('seq').execute()).length
    const before = await count()
    await store.atomically((db) => raiseFlags(db, makeSystemAccess(id, 'run.add'), TURNED_MS, { nowMs: NOW_MS, newId }))
    expect(await count()).toBe(before)
  })
})

describe('calm clients', () => {
  it.each(demoClients.filter(({ story }) => story === 'calm').map(({ firstName }) => firstName))(
    '%s raises nothing in eight weeks',
    async (firstName) => {
      const { store, newId } = await openClinic()
      expect(await raised(store.db, await bringIn(store, clientNamed(firstName), NOW_MS, newId))).toEqual([])
    },
  )
})

describe('eight weeks over the stories', () => {
  const weeksOf = async (firstName: string) => {
    const { store, newId } = await openClinic()
    const id = await bringIn(store, clientNamed(firstName), NOW_MS, newId)
    return summariseWeeks(await findHistory(store.db, makeSystemAccess(id, 'patterns.view'), NOW_MS), NOW_MS)
  }
  const nightsOf = ({ starts }: { readonly starts: readonly { readonly isNight: boolean }[] }) =>
    starts.filter(({ isNight }) => isNight).length

  it('show more minutes, fewer rest days and starts at night in the last two weeks of who knows no stop', async () => {
    const { weeks, change } = await weeksOf('Hilde')
    const [calm, turned] = [weeks.slice(0, 5), weeks.slice(6)]
    // Nothing is known of the Monday before the first run.
    expect(calm.map(({ restDays }) => restDays)).toEqual([3, 4, 4, 4, 4])
    for (const { calmShare } of calm) expect(calmShare).toBeGreaterThan(0.9)
    expect(calm.map(nightsOf)).toEqual([0, 0, 0, 0, 0])
    // The last week is half over and holds more than any calm one.
    const most = Math.max(...calm.map(({ minutes }) => minutes))
    for (const { minutes, restDays } of turned) {
      expect(minutes).toBeGreaterThan(1.5 * most)
      expect(restDays).toBe(0)
    }
    expect(turned.map(nightsOf)).toEqual([5, 2])
    expect(change.at(-1)?.ratio).toBeGreaterThan(1.5)
  })

  it('stay near what is usual for who runs calmly', async () => {
    const { weeks, change } = await weeksOf('Anna')
    const ratios = change.map(({ ratio }) => ratio).filter((ratio) => ratio !== null)
    expect(ratios.length).toBeGreaterThan(21)
    expect(Math.max(...ratios)).toBeLessThan(1.5)
    expect(weeks.map(nightsOf)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})
