// What a phone knows of its groups: each by itself, asked for where there is a network, said to be old where there is none.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Roster as GroupRoster } from '../../../src/live/protocol.ts'
import type * as Request from '../../../web/api/request.ts'
import type * as Roster from '../../../web/group-run/roster.ts'
import type { RosterSource, Rosters } from '../../../web/group-run/roster.ts'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst, send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'

// The page's own modules want a location before they are read.
let openRosters: typeof Roster.openRosters
let ApiError: typeof Request.ApiError
beforeAll(async () => {
  vi.stubGlobal('location', { origin: 'http://localhost' })
  ;({ openRosters } = await import('../../../web/group-run/roster.ts'))
  ;({ ApiError } = await import('../../../web/api/request.ts'))
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await closeClinics()
})

function madeDisk(kept: Record<string, unknown> = {}) {
  const disk = new Map(Object.entries(kept))
  return {
    disk,
    kept: async <T>(key: string) => (disk.get(key) ?? null) as T | null,
    keep: async (key: string, value: unknown) => void (value === null ? disk.delete(key) : disk.set(key, value)),
  }
}

const rosterOf = (groupId: string, fetchedAtMs = 1000, ceilingBpm = 138): GroupRoster => ({
  groupId,
  name: groupId.toUpperCase(),
  fetchedAtMs,
  ruleVersion: '4',
  parameters: {},
  clients: [
    {
      id: 'noor',
      firstName: 'Noor',
      watchLevel: 'standard',
      zone: { id: 'v', validFromMs: 1, source: 'manual', ceilingBpm, floorBpm: null, hardBpm: null },
      zoneNeedsReview: false,
    },
  ],
})
const group = (id: string, role: 'therapist' | 'supervisor' = 'therapist') => ({
  id,
  name: id.toUpperCase(),
  staff: [{ personId: 'thea', name: 'Thea', role }],
  clients: 1,
  clientIds: ['noor'],
})
/** A server of a test's own making: what is a string fails with that code. */
function madeSource(
  groups: string | readonly ReturnType<typeof group>[],
  rosters: Record<string, GroupRoster | string>,
) {
  const asked: string[] = []
  const source = { groups, rosters }
  return {
    asked,
    source,
    ask: {
      listMyGroups: async () => {
        if (typeof source.groups === 'string') throw new ApiError(source.groups)
        return [...source.groups]
      },
      findRoster: async (groupId: string) => {
        asked.push(groupId)
        const found = source.rosters[groupId] ?? 'NOT_FOUND'
        if (typeof found === 'string') throw new ApiError(found)
        return found
      },
    } satisfies RosterSource,
  }
}
const shown = (rosters: Rosters) =>
  rosters.known.value?.map(({ groupId, roster, problem }) => [
    groupId,
    roster?.fetchedAtMs ?? null,
    roster?.clients[0]?.zone?.ceilingBpm ?? null,
    problem,
  ])
/** Each asking is far enough from the one before. */
function openWith(outbox: ReturnType<typeof madeDisk>, ask: RosterSource) {
  let nowMs = 0
  return openRosters(
    outbox,
    () => 'thea',
    () => (nowMs += 60_000),
    ask,
  )
}

describe('rosters', () => {
  it('leave the others as they are where one may not be read, or fails', async () => {
    const disk = madeDisk()
    const { source, ask } = madeSource([group('a'), group('b'), group('c')], {
      a: rosterOf('a'),
      b: rosterOf('b'),
      c: rosterOf('c'),
    })
    const rosters = openWith(disk, ask)
    await rosters.refresh()
    source.rosters = { a: rosterOf('a', 2000, 105), b: 'NOT_FOUND', c: 'INTERNAL' }
    await rosters.refresh()
    expect(shown(rosters)).toEqual([
      ['a', 2000, 105, null],
      ['c', 1000, 138, 'INTERNAL'],
    ])
    expect(rosters.gone.value).toEqual(['B'])
    // The same on the disk: a page that is opened without a network knows them.
    const later = openWith(disk, madeSource('offline', {}).ask)
    await later.refresh()
    expect(shown(later)).toEqual([
      ['a', 2000, 105, 'offline'],
      ['c', 1000, 138, 'offline'],
    ])
    expect([...disk.disk.keys()].toSorted()).toEqual(['roster:a', 'roster:c', 'roster:groups'])
  })

  it('say why they are a copy, and are fresh again once they can be asked for', async () => {
    const { source, ask } = madeSource([group('a')], { a: rosterOf('a') })
    const rosters = openWith(madeDisk(), ask)
    await rosters.refresh()
    for (const code of ['offline', 'INTERNAL', 'SIGNED_OUT']) {
      source.groups = code
      await rosters.refresh()
      expect(shown(rosters)).toEqual([['a', 1000, 138, code]])
    }
    source.groups = [group('a')]
    await rosters.refresh()
    expect(shown(rosters)).toEqual([['a', 1000, 138, null]])
  })

  it('name a group that this phone has never had and cannot get now', async () => {
    const rosters = openWith(madeDisk(), madeSource([group('a')], { a: 'INTERNAL' }).ask)
    await rosters.refresh()
    expect(shown(rosters)).toEqual([['a', null, null, 'INTERNAL']])
  })

  it('are not asked for where somebody only supervises: each refusal would be a line in the log', async () => {
    const { ask, asked } = madeSource([group('a', 'supervisor'), group('b')], { b: rosterOf('b') })
    const rosters = openWith(madeDisk(), ask)
    await rosters.refresh()
    expect([asked, shown(rosters)?.length]).toEqual([['b'], 1])
  })

  it('of a group that is not mine any more go, with a word, from the disk too', async () => {
    const disk = madeDisk({ 'roster:groups': ['a', 'b'], 'roster:a': rosterOf('a'), 'roster:b': rosterOf('b') })
    const rosters = openWith(disk, madeSource([group('b')], { b: rosterOf('b') }).ask)
    await rosters.refresh()
    expect([shown(rosters)?.map(([id]) => id), rosters.gone.value]).toEqual([['b'], ['A']])
    expect(disk.disk.has('roster:a')).toBe(false)
  })

  it('of older pages, all in one, are taken over one by one', async () => {
    const disk = madeDisk({ 'roster:all': [rosterOf('a'), rosterOf('b')] })
    const rosters = openWith(disk, madeSource('offline', {}).ask)
    await rosters.refresh()
    expect(shown(rosters)?.map(([id, , , why]) => [id, why])).toEqual([
      ['a', 'offline'],
      ['b', 'offline'],
    ])
    expect([...disk.disk.keys()].toSorted()).toEqual(['roster:a', 'roster:b', 'roster:groups'])
  })

  it('are known though the disk is full or cannot be read', async () => {
    const full = {
      kept: () => Promise.reject(new Error('no disk')),
      keep: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    }
    const rosters = openRosters(
      full,
      () => 'thea',
      () => 0,
      madeSource([group('a')], { a: rosterOf('a') }).ask,
    )
    await rosters.refresh()
    expect(shown(rosters)).toEqual([['a', 1000, 138, null]])
  })

  it('are asked for once at a time, and not again before a moment is over', async () => {
    vi.useFakeTimers()
    try {
      const { ask, asked } = madeSource([group('a')], { a: rosterOf('a') })
      const rosters = openRosters(
        madeDisk(),
        () => 'thea',
        () => Date.now(),
        ask,
      )
      await Promise.all([rosters.refresh(), rosters.refresh()])
      expect(asked).toEqual(['a'])
      await rosters.refresh()
      expect(asked).toEqual(['a'])
      await vi.advanceTimersByTimeAsync(6000)
      expect(asked).toEqual(['a', 'a'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('of whoever held this phone before are not shown to somebody else', async () => {
    let holder = 'thea'
    let nowMs = 0
    const { source, ask } = madeSource([group('a')], { a: rosterOf('a') })
    const disk = madeDisk()
    const rosters = openRosters(
      disk,
      () => holder,
      () => (nowMs += 60_000),
      ask,
    )
    await rosters.refresh()
    // Signing out has wiped them from the disk.
    disk.disk.clear()
    holder = 'bas'
    source.groups = 'offline'
    await rosters.refresh()
    expect([shown(rosters), rosters.gone.value]).toEqual([[], []])
  })
})

describe('rosters of a first administrator who guides one group, at a real server', () => {
  it('hold the lower limit, whatever other groups there are, and a new phone knows them', async () => {
    const clinic = await openClinic()
    const thea = openBrowser(clinic.ask)
    await joinFirst({ ...clinic, ask: thea.ask })
    const make = (path: string, body: object) => expectJson<{ id: string }>(thea.ask(path, send('POST', body)), 201)
    const { id: noor } = await make('/api/clients', { firstName: 'Noor', birthYear: 1986 })
    const setLimit = (manualCeilingBpm: number) =>
      make(`/api/clients/${noor}/zones`, { inputs: { manualCeilingBpm }, reason: 'praattest' })
    await setLimit(138)
    vi.stubGlobal('fetch', (url: string | URL, init?: RequestInit) =>
      thea.ask(String(url).replace('http://localhost', ''), init),
    )
    const { personId } = await expectJson<{ personId: string }>(thea.ask('/api/me'))
    let nowMs = 0
    const openPhone = (disk = madeDisk()) =>
      openRosters(
        disk,
        () => personId,
        () => (nowMs += 60_000),
      )
    const phone = openPhone()
    await phone.refresh()
    await make('/api/groups', { name: 'Groep van Bas' })
    await setLimit(105)
    const fresh = openPhone()
    for (const rosters of [phone, fresh]) {
      await rosters.refresh()
      expect(shown(rosters)?.map(([, , ceilingBpm, problem]) => [ceilingBpm, problem])).toEqual([[105, null]])
      expect(rosters.gone.value).toEqual([])
    }
  })
})
