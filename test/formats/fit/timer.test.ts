// Rule T3: presses of the timer as a device wrote them down.
import { describe, expect, it } from 'vitest'
import { stoppedSpans } from '../../../src/formats/fit/timer.ts'

const [START, STOP, STOP_ALL, LAP] = [0, 1, 4, 6]
const spansOf = (...presses: readonly (readonly [atTime: number, eventType: number])[]) =>
  stoppedSpans(
    presses.map(([atTime, eventType]) => ({ atTime, eventType, behind: 0 })),
    ({ atTime }) => atTime,
  )

describe('pauses by the timer', () => {
  it.each([
    ['from a stop to the next start', spansOf([0, START], [50, STOP_ALL], [80, START]), [[50, 80]]],
    ['from the first of several stops', spansOf([50, STOP], [60, STOP_ALL], [80, START]), [[50, 80]]],
    ['whatever else is pressed', spansOf([50, STOP], [60, LAP], [80, START]), [[50, 80]]],
    ['to the end where nobody starts again', spansOf([0, START], [50, STOP]), [[50, Infinity]]],
    ['in the order of the times', spansOf([80, START], [50, STOP_ALL], [0, START]), [[50, 80]]],
    [
      'none of no length',
      spansOf([50, STOP], [50, START], [90, STOP]),
      [
        [50, 50],
        [90, Infinity],
      ],
    ],
    ['none that a start of its own second leaves open', spansOf([50, START], [50, STOP]), []],
    ['from the first second on', spansOf([0, START], [0, STOP_ALL], [172, START]), [[0, 172]]],
  ])('%s', (_, spans, wanted) => expect(spans).toEqual(wanted))
})
