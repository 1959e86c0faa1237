import { describe, expect, it } from 'vitest'
import type { RaisedFlag } from '../../web/api/review.ts'
import { listedInShort, listedOfRun, listedOfWeeks } from '../../web/flags/listed.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 10, 28)
const run = { id: 'run', endedAtMs: NOW_MS - 2 * DAY_MS, judgedAtMs: NOW_MS }
const old = { ...run, endedAtMs: NOW_MS - 29 * DAY_MS }
const hard = { kind: 'F9.hard', level: 'attention' } as const
const row = (more: Partial<RaisedFlag> = {}) =>
  ({ id: 'f', kind: 'F9.hard', state: 'open', runIds: ['run'], aboutMs: run.endedAtMs, ...more }) as RaisedFlag

describe('what became of a flag', () => {
  it('says of a run how its row stands, the waiting one first, and leads to it', () => {
    const rows = [row({ id: 'newer', state: 'resolved' }), row({ state: 'in_conversation' })]
    expect(listedOfRun(hard, run, rows)).toEqual({ key: 'flags.state.in_conversation', flagId: 'f' })
    expect(listedOfRun(hard, run, [row({ runIds: ['other'] })])).toEqual({ key: 'flags.notListed', flagId: null })
  })

  it('says that a run was more than 28 days old when it came in, and so is in no list', () => {
    expect(listedOfRun(hard, old, [])).toEqual({ key: 'flags.tooOld', flagId: null })
    expect(listedInShort([hard], old, [])).toBe('flags.tooOld')
  })

  it('says nothing of a note: that is in no list', () => {
    expect(listedOfRun({ kind: 'F1.above', level: 'note' }, old, [])).toBeNull()
    expect(listedInShort([], old, [])).toBeNull()
  })

  it('says in a word what waits before what is closed', () => {
    const above = { kind: 'F1.above', level: 'attention' } as const
    const closed = row({ id: 'g', kind: 'F1.above', state: 'false_alarm' })
    expect(listedInShort([hard, above], run, [row(), closed])).toBe('flags.waitsInList')
    expect(listedInShort([above], run, [closed])).toBe('flags.allClosed')
  })

  it('says of weeks how the newest row of the kind stands, and nothing of one of long ago', () => {
    const week = { kind: 'G7.no_rest_day', level: 'attention' } as const
    const raised = row({ kind: 'G7.no_rest_day', state: 'acknowledged' })
    expect(listedOfWeeks(week, [raised], NOW_MS)).toEqual({ key: 'flags.state.acknowledged', flagId: 'f' })
    expect(listedOfWeeks(week, [{ ...raised, aboutMs: old.endedAtMs }], NOW_MS)).toBeNull()
  })
})
