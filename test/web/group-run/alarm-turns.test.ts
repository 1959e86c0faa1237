import { describe, expect, it } from 'vitest'
import { nextAlarm, type AlarmTurn } from '../../../web/group-run/alarm-turns.ts'
import type { Tile } from '../../../web/group-run/tile.ts'
import { plainTile } from './plain-tile.ts'

const tile = (change: Partial<Tile>): Tile => ({ ...plainTile, ...change })

describe('the alarm', () => {
  it('sounds at once, then again and again while it holds, and at once when it gets worse', () => {
    const over = tile({ state: 'over', sound: 'medium' })
    const hard = tile({ state: 'hard', sound: 'high' })
    let turn: AlarmTurn | null = null
    const heard = [over, over, over, hard, hard, hard].map((sounding, i) => {
      const next = nextAlarm(turn, sounding, i * 7000)
      ;({ turn } = next)
      return next.sound
    })
    expect(heard).toEqual(['medium', null, null, 'high', null, 'high'])
  })

  it('is silent where nothing sounds, and begins anew afterwards', () => {
    const over = tile({ state: 'over', sound: 'medium' })
    const first = nextAlarm(null, over, 0)
    const muted = nextAlarm(first.turn, tile({ state: 'over', sound: null }), 1000)
    expect(muted).toEqual({ sound: null, turn: null })
    expect(nextAlarm(muted.turn, over, 2000).sound).toBe('medium')
  })
})
