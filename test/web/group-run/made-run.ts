// A group run of a test's own making: an outbox that has its disk in two maps, a clock that rises, runners.
import { vi } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { encodeHeartRateMeasurement } from '../../../src/formats/strap/write-heart-rate-measurement.ts'
import type { GroupRunFacts } from '../../../web/group-run/group-run-facts.ts'
import { GroupRun } from '../../../web/group-run/group-run.ts'
import type { NewRunner } from '../../../web/group-run/group-run-parts.ts'
import { newTimer } from '../../../web/group-run/plan-timer.ts'
import type { Outbox } from '../../../web/outbox/outbox.ts'
import { newReport } from '../../../web/outbox/outbox-report.ts'
import { notSent, type StoredParticipation } from '../../../web/outbox/stored.ts'

/** An outbox that has its disk in two maps and can be full: then what is put waits, in memory. */
export function madeOutbox() {
  const disk = { participations: new Map<string, StoredParticipation>(), entries: new Map<string, StreamEntry[]>() }
  const kept = new Map<string, unknown>()
  const appended: { id: string; entry: StreamEntry }[] = []
  let isFull = false
  const write = (work: () => void): Promise<void> => {
    if (isFull) return new Promise(() => {})
    work()
    return Promise.resolve()
  }
  const outbox: Partial<Outbox> = {
    putGroupRun: () => write(() => undefined),
    putParticipation: (one) => write(() => void disk.participations.set(one.id, { ...one, ...notSent })),
    listParticipations: async () => [...disk.participations.values()],
    readEntries: async (id) => ({ entries: disk.entries.get(id) ?? [], damaged: [] }),
    append: (id, entry) => {
      appended.push({ id, entry })
      void write(() => void disk.entries.set(id, [...(disk.entries.get(id) ?? []), entry]))
    },
    flush: () => Promise.resolve(),
    state: newReport(() => 0).state,
    keep: (key, value) => write(() => void kept.set(key, value)),
    kept: async <T>(key: string) => (kept.get(key) ?? null) as T | null,
  }
  return {
    outbox: outbox as Outbox,
    appended,
    fill: () => (isFull = true),
    room: () => (isFull = false),
  }
}

const facts: GroupRunFacts = {
  id: 'run',
  groupId: null,
  name: 'Dinsdag',
  madeAtMs: 0,
  practice: false,
  plan: { minutes: 30, runS: null, walkS: null } as unknown as GroupRunFacts['plan'],
  timer: newTimer,
  settings: { parameters: {} },
  endedAtMs: null,
}
export const runner = (alias: string): NewRunner => ({
  clientId: alias,
  alias,
  watchLevel: 'standard',
  zone: { id: 'v', source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 165 },
  limitsAsOfMs: 1000,
  parameters: {},
})
export const strap = (id: string) => ({ id, sensor: 'chest' as const, device: null })
export const bytes = (heartRateBpm: number) => Uint8Array.from(encodeHeartRateMeasurement({ heartRateBpm }))

/** @param laterMs than the page before
 *  @param doubt whether nobody can say now how long ago anything was */
export async function openRun(outbox: Outbox, laterMs = 0, doubt: { isUnsure: boolean } = { isUnsure: false }) {
  let nowMs = 1_800_000_000_000 + laterMs
  let made = 0
  const run = new GroupRun(
    {
      outbox,
      clock: {
        nowMs: () => nowMs,
        stamp: (_id, atMs) => Math.max(++nowMs, atMs ?? 0),
        heard: () => nowMs,
        atSteady: (steadyMs) => steadyMs,
        isUnsure: () => doubt.isUnsure,
        settle: () => (doubt.isUnsure = false),
      },
      newId: () => `p${++made}`,
      personId: () => 'thea',
      localOffsetS: () => 3600,
    },
    facts,
  )
  await run.load()
  return run
}

/** What a browser keeps beside its database. */
export function stubLocalStorage(): void {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
}
