// Rule T3: a pause is believed unless heart rates lie in it and the device's own way or timer says that it went on.
import { describe, expect, it } from 'vitest'
import { believePauses, type TimerEvidence } from '../../src/domain/believed-pauses.ts'
import type { SpanS } from '../../src/domain/recording.ts'

interface Told {
  readonly seconds?: number
  readonly hasRate?: (s: number) => boolean
  readonly isWritten?: (s: number) => boolean
  readonly distanceM?: (s: number) => number
  readonly speedMPerS?: (s: number) => number
  readonly cadencePerMin?: (s: number) => number
  readonly timerS?: number | null
}
function told({
  seconds = 1800,
  isWritten = () => true,
  hasRate = isWritten,
  distanceM,
  speedMPerS,
  cadencePerMin,
  timerS = null,
}: Told): TimerEvidence {
  const all = Array.from({ length: seconds }, (_, s) => s).filter(isWritten)
  const rated = all.filter(hasRate)
  const column = (of: ((s: number) => number) | undefined) => Float32Array.from(all, of ?? (() => Number.NaN))
  return {
    elapsedS: seconds - 1,
    heartRate: { elapsedS: Float64Array.from(rated), bpm: Float32Array.from(rated, () => 150) },
    motion: {
      elapsedS: Float64Array.from(all),
      distanceM: column(distanceM),
      speedMPerS: column(speedMPerS),
      cadencePerMin: column(cadencePerMin),
    },
    summary: { timerS },
  }
}
const stop: SpanS = [300, 1799]
const quiet = (s: number) => s <= 300

describe('pauses of a device (rule T3)', () => {
  it.each<[string, Told, readonly SpanS[], readonly SpanS[]]>([
    ['the way goes on', { distanceM: (s) => 2 * s }, [stop], []],
    ['the speed goes on', { speedMPerS: () => 2 }, [stop], []],
    ['the timer ran on', { timerS: 1800 }, [stop], []],
    ['the timer ran on from the first second', { timerS: 1800 }, [[0, 1799]], []],
    ['nothing was measured meanwhile', { hasRate: quiet, distanceM: (s) => 2 * s, timerS: 1800 }, [stop], [stop]],
    [
      'somebody stood still',
      { distanceM: (s) => 2 * Math.min(s, 300), speedMPerS: (s) => (s > 300 ? 0 : 2) },
      [stop],
      [stop],
    ],
    ['nobody says more than heart rates, and nothing ends it', {}, [stop], []],
    ['nobody says more than heart rates', {}, [[300, 900]], [[300, 900]]],
    ['a total of 0 is none', { timerS: 0 }, [stop], []],
    // A treadmill makes no way: its 0 speaks of no stop.
    ['speed is 0 all along, and nothing ends it', { speedMPerS: () => 0 }, [stop], []],
    ['the way is the same all along, and nothing ends it', { distanceM: () => 12 }, [stop], []],
    ['speed is 0 all along', { speedMPerS: () => 0 }, [[300, 900]], [[300, 900]]],
    ['steps go on where no way is told', { speedMPerS: () => 0, cadencePerMin: () => 164 }, [[300, 900]], []],
    ['steps stop where no way is told', { cadencePerMin: (s) => (s > 300 ? 0 : 164) }, [stop], [stop]],
    [
      'steps go on where somebody makes no way',
      { speedMPerS: (s) => (s > 300 ? 0 : 2), cadencePerMin: () => 164 },
      [stop],
      [stop],
    ],
    ['the timer differs by a minute', { timerS: 361 - 1 }, [stop], [stop]],
    // The press at 1700 explains nothing that the long one does not.
    [
      'one of two explains the timer',
      { timerS: 1750 },
      [
        [300, 1650],
        [1700, 1745],
      ],
      [[1700, 1745]],
    ],
    // A red light: the row before it holds for some seconds, and the runner rolls out.
    ['it was short', { hasRate: (s) => s <= 300 || s >= 312, distanceM: (s) => 2 * s }, [[300, 312]], [[300, 312]]],
  ])('%s', (_, evidence, pauses, believed) => {
    expect(believePauses(pauses, told(evidence)).pauses).toEqual(believed)
  })

  it('counts half of it as enough, or as much as can be judged, and less as too little', () => {
    const short: SpanS = [300, 800]
    const share = (of: number) => ({
      distanceM: (s: number) => 2 * s,
      hasRate: (s: number) => s <= 300 || s < 300 + of * 500,
    })
    expect(believePauses([short], told(share(0.52)))).toEqual({ pauses: [], warnings: ['TIMER_CONTRADICTED'] })
    expect(believePauses([short], told(share(0.47)))).toEqual({ pauses: [short], warnings: ['MEASURED_IN_PAUSE'] })
    const sparse = { distanceM: (s: number) => 2 * s, hasRate: (s: number) => s <= 300 || s % 100 < 40 }
    expect(believePauses([stop], told(sparse))).toEqual({ pauses: [], warnings: ['TIMER_CONTRADICTED'] })
  })

  it.each([1200, 1750, 1900, 18_000])('ends a stop whose start was lost where rows go on, %i s later', (holeS) => {
    const seconds = 600 + holeS + 1800
    const isWritten = (s: number) => s <= 600 || s >= 600 + holeS
    const lost = (more: Told) => told({ seconds, isWritten, ...more })
    const pause: SpanS = [600, seconds - 1]
    const rest = { pauses: [[600, 600 + holeS]], warnings: ['TIMER_CONTRADICTED'] }
    expect(believePauses([pause], lost({ timerS: 2400 }))).toEqual(rest)
    const distanceM = (s: number) =>
      isWritten(s) ? 2 * Math.min(s, 600) + 2 * Math.max(0, s - 600 - holeS) : Number.NaN
    expect(believePauses([pause], lost({ distanceM }))).toEqual(rest)
  })

  it('says what was measured in pauses that are believed, for a minute of all of them', () => {
    const still = { distanceM: (s: number) => 2 * Math.min(s, 300) }
    const pauses = (lastsS: number): SpanS[] => [0, 1, 2].map((k) => [400 + 100 * k, 400 + 100 * k + lastsS])
    expect(believePauses(pauses(21), told(still)).warnings).toEqual(['MEASURED_IN_PAUSE'])
    expect(believePauses(pauses(20), told(still)).warnings).toEqual([])
  })
})
