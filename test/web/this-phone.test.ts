// What whoever looks at a phone may read of what is on it.
import { expect, it } from 'vitest'
import type { StoredGroupRun, StoredParticipation } from '../../web/outbox/stored.ts'
import { KEPT_MS, UNSENT_KEPT_MS } from '../../web/outbox/terms.ts'
import { findContents, listUntaken } from '../../web/screens/this-phone/contents.ts'
import { madeParticipation, madeRun } from '../support/group-run.ts'
import { madeStream } from '../support/stream.ts'

const endedAtMs = Date.UTC(2026, 10, 24, 10)
const nowMs = endedAtMs + 60_000
const here = (personId: string) => ({ personId, name: personId, mayRecord: true })

/** @param unsent batches of each runner */
function diskOf(
  run: StoredGroupRun,
  runners: readonly StoredParticipation[],
  unsent = 0,
  joinedBy: string | null = null,
) {
  const stream = joinedBy === null ? [] : madeStream(5, () => 120)
  const entries = stream.map((entry) =>
    entry.kind === 'joined' && joinedBy !== null ? { ...entry, by: joinedBy } : entry,
  )
  return {
    listGroupRuns: async () => [run],
    listParticipations: async () => [...runners],
    listSizes: async () => new Map(runners.map(({ id }) => [id, { bytes: 700, unsent }])),
    readEntries: async () => ({ entries, damaged: [] }),
    kept: async () => null,
    keep: async () => undefined,
  }
}
const namesFor = async (disk: ReturnType<typeof diskOf>, personId: string) => {
  const { runs } = await findContents(disk, here(personId), nowMs)
  return runs.map(({ isTheirs, holderName, runners }) => [isTheirs, holderName, ...runners.map(({ name }) => name)])
}

it('names runners to whoever holds the run, and to nobody else', async () => {
  const disk = diskOf(madeRun({ holder: { personId: 'thea', name: 'Thea' } }), [madeParticipation()])
  expect(await namesFor(disk, 'thea')).toEqual([[true, 'Thea', 'Noor']])
  expect(await namesFor(disk, 'cor')).toEqual([[false, 'Thea', null]])
})

it('goes by the streams where an older page kept no holder: theirs who let the first join, else nobody’s', async () => {
  const told = diskOf(madeRun(), [madeParticipation()], 0, 'thea')
  expect(await namesFor(told, 'thea')).toEqual([[true, 'thea', 'Noor']])
  expect(await namesFor(told, 'cor')).toEqual([[false, null, null]])
  const untold = diskOf(madeRun(), [madeParticipation()])
  expect(await namesFor(untold, 'thea')).toEqual([[false, null, null]])
  expect(await namesFor(untold, '')).toEqual([[false, null, null]])
})

it('says until when each runner is here, and what removing it now would lose', async () => {
  const run = madeRun({ holder: { personId: 'thea', name: 'Thea' }, endedAtMs })
  const guest = madeParticipation({ id: 'guest', clientId: null })
  const refused = madeParticipation({ id: 'refused', refused: 'NOT_FOUND', refusedAtMs: endedAtMs })
  const look = async (unsent: number) => {
    const { runs } = await findContents(diskOf(run, [madeParticipation(), guest, refused], unsent), here('thea'), nowMs)
    const [found] = runs
    if (found === undefined) throw new Error('no run')
    const terms = found.runners.map(({ stored, term }) => [stored.id, term === null ? null : term.atMs - endedAtMs])
    return {
      terms: Object.fromEntries(terms) as Record<string, number | null>,
      lost: listUntaken(found).map(({ stored }) => stored.id),
    }
  }
  const waits = await look(2)
  expect([waits.terms['noor'], waits.terms['guest']]).toEqual([UNSENT_KEPT_MS, KEPT_MS])
  expect(waits.lost).toEqual(['noor', 'refused'])
  const sent = await look(0)
  expect(sent.terms['noor']).toBe(KEPT_MS)
  expect(sent.lost).toEqual(['refused'])
})
