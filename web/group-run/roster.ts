// The groups with their runners and limits, as this phone knows them. Each group is requested separately when there is
// a network, and stored with the time of the request. The controller requests; screens read `known` and show its age.
import { signal, type ReadonlySignal } from '@preact/signals'
import { allowOnClient } from '../../src/domain/access.ts'
import type { Roster } from '../../src/live/protocol.ts'
import { findRoster, listMyGroups } from '../api/group-runs.ts'
import { codeOf } from '../api/request.ts'
import { learnFromPast } from '../api/server-clock.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { keepRoster, readRosters, removeRoster } from './kept-rosters.ts'

export interface KnownRoster {
  readonly groupId: string
  readonly name: string
  /** Null where this phone never had it. */
  readonly roster: Roster | null
  /** Why it is not as of now; null where it is. */
  readonly problem: string | null
}

export interface RosterSource {
  readonly listMyGroups: typeof listMyGroups
  readonly findRoster: typeof findRoster
}

export interface Rosters {
  /** By name. Null until the copies are read. */
  readonly known: ReadonlySignal<readonly KnownRoster[] | null>
  /** Names of groups that were here and may not be read any more. */
  readonly gone: ReadonlySignal<readonly string[]>
  /** Asks again; if it asked a moment ago, it waits a moment. Never throws: `known` has the failure. */
  readonly refresh: () => Promise<void>
}

/** Each asking is a line in the log for each client, and a network that comes and goes must not fill it: product choice. */
const FRESH_MS = 5000
/** The server's word that a group is not mine to guide (any more). Anything else says nothing about that. */
const REFUSED = 'NOT_FOUND'

/** @param personId the person who holds this phone */
export function openRosters(
  outbox: Pick<Outbox, 'kept' | 'keep'>,
  personId: () => string,
  nowMs: () => number,
  source: RosterSource = { listMyGroups, findRoster },
): Rosters {
  const known = signal<readonly KnownRoster[] | null>(null)
  const gone = signal<readonly string[]>([])
  let asking: Promise<void> | null = null
  let askedAtMs = Number.NEGATIVE_INFINITY
  let later: ReturnType<typeof setTimeout> | undefined
  let holder = ''

  const show = (rosters: readonly KnownRoster[]) => {
    known.value = rosters.toSorted((a, b) => a.name.localeCompare(b.name) || a.groupId.localeCompare(b.groupId))
  }
  const put = (one: KnownRoster) => show([...(known.value ?? []).filter(({ groupId }) => groupId !== one.groupId), one])
  const remove = async ({ groupId, name }: KnownRoster) => {
    show((known.value ?? []).filter((one) => one.groupId !== groupId))
    gone.value = [...gone.value.filter((other) => other !== name), name]
    await removeRoster(outbox, groupId)
  }
  const copyOf = (groupId: string) => known.value?.find((one) => one.groupId === groupId) ?? null

  const askOne = async (groupId: string, name: string) => {
    const copy = copyOf(groupId)
    try {
      const roster = await source.findRoster(groupId)
      put({ groupId, name: roster.name, roster, problem: null })
      await keepRoster(outbox, roster)
    } catch (error) {
      const code = codeOf(error)
      if (code !== REFUSED) put({ groupId, name, roster: copy?.roster ?? null, problem: code })
      else if (copy !== null) await remove(copy)
    }
  }
  const ask = async () => {
    // Somebody else holds this phone: what the one before could read is not theirs to see.
    if (holder !== personId()) {
      // Copies are read once, for the person who opened the page; later copies belong to later people.
      known.value = holder === '' ? null : []
      holder = personId()
      gone.value = []
    }
    if (known.value === null) {
      const copies = await readRosters(outbox)
      // The server's own word of when it was: a phone whose clock shows less is behind, network or not.
      for (const { fetchedAtMs } of copies) learnFromPast(fetchedAtMs)
      show(copies.map(asCopy))
    }
    try {
      const mine = (await source.listMyGroups()).filter((group) => mayGuide(group, personId()))
      const isMine = (groupId: string) => mine.some(({ id }) => id === groupId)
      for (const one of known.value ?? []) if (!isMine(one.groupId)) await remove(one)
      for (const { id, name } of mine) await askOne(id, name)
      askedAtMs = (known.value ?? []).every(({ problem }) => problem === null) ? nowMs() : askedAtMs
    } catch (error) {
      const problem = codeOf(error)
      show((known.value ?? []).map((one) => ({ ...one, problem })))
    }
  }
  const askNow = () => (asking ??= ask().finally(() => (asking = null)))
  return {
    known,
    gone,
    refresh: () => {
      const sinceMs = nowMs() - askedAtMs
      const waitMs = sinceMs >= 0 && holder === personId() ? FRESH_MS - sinceMs : 0
      clearTimeout(later)
      if (waitMs <= 0) return askNow()
      later = setTimeout(() => void askNow(), waitMs)
      return Promise.resolve()
    },
  }
}

/** Not asked for yet: a copy until it is. */
const asCopy = (roster: Roster): KnownRoster => ({
  groupId: roster.groupId,
  name: roster.name,
  roster,
  problem: 'not_asked',
})

type ListedGroup = Awaited<ReturnType<typeof listMyGroups>>[number]
/** The same policy as the server's: asking for what is refused would be a line of refusal in the log. */
const mayGuide = ({ staff }: ListedGroup, personId: string): boolean =>
  staff.some((one) => one.personId === personId && allowOnClient([one.role], [`${one.role}_of`], 'run.record') !== null)
