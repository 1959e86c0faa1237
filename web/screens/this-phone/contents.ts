// The group runs on this phone, as far as the reader may see them: read from the disk, shown by this-phone-screen.tsx.
import { holderByJoined } from '../../group-run/holder.ts'
import { readRosters } from '../../group-run/kept-rosters.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import { isHeldBy, isSendable, type StoredGroupRun, type StoredParticipation } from '../../outbox/stored.ts'
import { termOf, type Term } from '../../outbox/terms.ts'
import type { Here } from '../../session/here.ts'

export interface RunnerHere {
  readonly stored: StoredParticipation
  /** Null where whoever looks may not know it. */
  readonly name: string | null
  /** Batches that the server has not. */
  readonly unsent: number
  readonly isSent: boolean
  readonly term: Term | null
}

export interface RunHere {
  readonly run: StoredGroupRun
  readonly runners: readonly RunnerHere[]
  /** Whoever looks holds it: names and what becomes of it are theirs to see and to remove. */
  readonly isTheirs: boolean
  /** Whose it is; null where nobody knows. */
  readonly holderName: string | null
}

export interface Contents {
  /** Newest first. */
  readonly runs: readonly RunHere[]
  /** Groups of which names and limits are here, for a start without a network. */
  readonly rosters: number
}

type Disk = Pick<Outbox, 'listGroupRuns' | 'listParticipations' | 'listSizes' | 'readEntries' | 'kept' | 'keep'>

/** @param here who looks */
export async function findContents(outbox: Disk, here: Here, nowMs: number): Promise<Contents> {
  const sizes = await outbox.listSizes()
  const runs: RunHere[] = []
  for (const run of await outbox.listGroupRuns()) {
    const known = await outbox.listParticipations(run.id)
    // One that an older page kept says only in its streams whose it is.
    const holder = run.holder ?? holderByJoined(await Promise.all(known.map((one) => findJoined(outbox, one))), here)
    const isTheirs = holder !== null && isHeldBy({ ...run, holder }, here.personId)
    const runners = known.map((stored): RunnerHere => {
      const { unsent = 0 } = sizes.get(stored.id) ?? {}
      const name = isTheirs ? stored.alias : null
      return { stored, name, unsent, isSent: isSendable(run, stored), term: termOf(run, stored, unsent, nowMs) }
    })
    const sorted = runners.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))
    runs.push({ run, runners: sorted, isTheirs, holderName: holder?.name ?? null })
  }
  const rosters = await readRosters(outbox)
  return { runs: runs.toSorted((a, b) => b.run.madeAtMs - a.run.madeAtMs), rosters: rosters.length }
}

async function findJoined(outbox: Disk, { id }: StoredParticipation) {
  const { entries } = await outbox.readEntries(id)
  return entries.find((entry) => entry.kind === 'joined') ?? null
}

/** Runners with something that goes for good where it is removed now. */
export const listUntaken = ({ runners }: RunHere): RunnerHere[] =>
  runners.filter(
    ({ stored, unsent, isSent }) => isSent && (unsent > 0 || stored.refused !== null || stored.setAside > 0),
  )
