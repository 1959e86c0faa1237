import { describe, expect, it } from 'vitest'
import { elapsedOf, newTimer, pauseTimer, startTimer } from '../../../web/group-run/plan-timer.ts'

describe('the plan timer', () => {
  it('stands still in a pause and goes on behind it', () => {
    const started = startTimer(newTimer, 1000)
    const paused = pauseTimer(started, 11_000)
    expect(elapsedOf(paused, 60_000)).toBe(10)
    const resumed = startTimer(paused, 61_000)
    expect(elapsedOf(resumed, 66_000)).toBe(15)
  })

  it('does not begin again, nor pause twice', () => {
    const started = startTimer(newTimer, 1000)
    expect(startTimer(started, 5000)).toBe(started)
    const paused = pauseTimer(started, 2000)
    expect(pauseTimer(paused, 9000)).toBe(paused)
    expect(pauseTimer(newTimer, 9000)).toBe(newTimer)
  })
})
