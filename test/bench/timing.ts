// Times several ways of doing one thing, turn by turn, so that a busy moment of the machine meets all of them. Times are
// those of the processor, garbage collection included: waiting for others who use the machine is nobody's work.

export interface Timing {
  /** Milliseconds of processor time per call, one for each round. */
  readonly rounds: readonly number[]
  readonly medianMs: number
  /** Half the distance between the quartiles, as a share of the median. */
  readonly spread: number
}

/** What to time, by name. */
export type Subjects<Name extends string> = Readonly<Record<Name, () => void>>

/** Time every subject once a round, in an order that moves on each round.
 *  @param calls calls per round; a time is that of one call */
export class Stopwatch<Name extends string> {
  readonly #subjects: Subjects<Name>
  readonly #names: readonly Name[]
  readonly #calls: number
  readonly #rounds: Record<Name, number[]>

  constructor(subjects: Subjects<Name>, calls: number) {
    this.#subjects = subjects
    this.#names = Object.keys(subjects) as Name[]
    this.#calls = calls
    this.#rounds = Object.fromEntries(this.#names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  }

  warmUp(): void {
    for (const name of this.#names) this.#subjects[name]()
  }

  round(number: number): void {
    for (let k = 0; k < this.#names.length; k++) {
      const name = this.#names[(k + number) % this.#names.length]
      if (name === undefined) continue
      const work = this.#subjects[name]
      const from = process.cpuUsage()
      for (let call = 0; call < this.#calls; call++) work()
      const { user, system } = process.cpuUsage(from)
      this.#rounds[name].push((user + system) / 1000 / this.#calls)
    }
  }

  of(name: Name): Timing {
    return toTiming(this.#rounds[name])
  }
}

/** Several timings in sum: of their medians, for a median leaves out the moments in which something else ran, which a
 *  sum over a whole round never does; the spread is that of the rounds. */
export function sumOf(timings: readonly Timing[]): Timing {
  const rounds = (timings[0]?.rounds ?? []).map((_, i) => timings.reduce((sum, one) => sum + (one.rounds[i] ?? 0), 0))
  return { ...toTiming(rounds), medianMs: timings.reduce((sum, { medianMs }) => sum + medianMs, 0) }
}

function toTiming(rounds: readonly number[]): Timing {
  const medianMs = medianOf(rounds)
  return { rounds, medianMs, spread: (quantileOf(rounds, 0.75) - quantileOf(rounds, 0.25)) / 2 / medianMs }
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5)

export const quantileOf = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? Number.NaN
