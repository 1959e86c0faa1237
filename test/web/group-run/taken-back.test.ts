import { describe, expect, it } from 'vitest'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { newLiveRunner, applyLiveEntry } from '../../../web/group-run/live-runner.ts'
import type { Participant } from '../../../web/group-run/participants.ts'
import { isWithin, listTakenBack, stoppedAtMs, UNDO_MS } from '../../../web/group-run/taken-back.ts'
import { notSent } from '../../../web/outbox/stored.ts'

const FROM_MS = Date.UTC(2026, 10, 27, 9)
const at = (second: number, kind: 'start' | 'stop' | 'continued'): StreamEntry => ({
  kind,
  atMs: FROM_MS + second * 1000,
})

function participant(alias: string, entries: readonly StreamEntry[], clientId: string | null = alias): Participant {
  const live = newLiveRunner({
    id: alias,
    alias,
    zone: { ceilingBpm: null, hardBpm: null },
    extraWatch: false,
    parameters: {},
  })
  for (const entry of entries) applyLiveEntry(live, entry)
  const stored = {
    id: alias,
    groupRunId: 'run',
    clientId,
    alias,
    watchLevel: 'standard' as const,
    zone: null,
    limitsAsOfMs: null,
    strapId: null,
    ...notSent,
  }
  return { stored, live }
}
const linesAt = (people: readonly Participant[], second: number) =>
  listTakenBack(people, FROM_MS + second * 1000).map(({ aliases, isLeave }) => [aliases.join(' '), isLeave])

describe('a stop', () => {
  const bram = participant('Bram', [at(0, 'start'), at(100, 'stop')])

  it('can be taken back for a minute', () => {
    expect(linesAt([bram], 159)).toEqual([['Bram', false]])
    expect(linesAt([bram], 160)).toEqual([])
    expect(isWithin(stoppedAtMs(bram), UNDO_MS, FROM_MS + 159_000)).toBe(true)
  })

  it('of several at once is one line, and stops apart are one each, newest first', () => {
    const anna = participant('Anna', [at(0, 'start'), at(100.2, 'stop')])
    const cem = participant('Cem', [at(0, 'start'), at(110, 'stop')])
    expect(linesAt([anna, bram, cem], 120)).toEqual([
      ['Cem', false],
      ['Anna Bram', false],
    ])
  })

  it('before the start is "does not run after all"', () => {
    expect(linesAt([participant('Dina', [at(100, 'stop')])], 101)).toEqual([['Dina', true]])
  })

  it('that was taken back is none, and the next one is', () => {
    const entries = [at(0, 'start'), at(100, 'stop'), at(110, 'continued')]
    expect(linesAt([participant('Bram', entries)], 120)).toEqual([])
    expect(linesAt([participant('Bram', [...entries, at(130, 'stop')])], 180)).toEqual([['Bram', false]])
  })

  it('of somebody who joined anew meanwhile cannot be taken back: nobody runs twice', () => {
    const again = participant('Bram again', [], 'Bram')
    expect(linesAt([bram, again], 120)).toEqual([])
    const guests = [participant('Gast', [at(100, 'stop')], null), participant('Gast twee', [], null)]
    expect(linesAt(guests, 120)).toEqual([['Gast', true]])
  })
})
