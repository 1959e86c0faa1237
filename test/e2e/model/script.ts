// What may happen in a made group run, drawn by chance from a seed: what the wood, the phone, the network and the server do
// to it, and what a hand does. Purely; `real.ts` does it.
import { seeded } from '../../../fixtures/fit/made-runs.ts'

export const RUNNERS = 3

const runnerKinds = ['strap_drops', 'strap_leaves', 'strap_returns', 'hand_over', 'pause', 'resume', 'stop'] as const
export type RunnerStep = { readonly kind: (typeof runnerKinds)[number]; readonly runner: number }

export type Step =
  | RunnerStep
  /** `hidden`: somebody looks at another tab for a while. */
  | { readonly kind: 'wait' | 'hidden'; readonly ms: number }
  | { readonly kind: 'network_goes' | 'network_returns' }
  /** The server takes what is sent, and its answer does not arrive; until it does again. */
  | { readonly kind: 'answers_lost' | 'answers_arrive' }
  | { readonly kind: 'server_killed' | 'server_returns' }
  | { readonly kind: 'reload' | 'browser_killed' }

export interface Script {
  readonly seed: number
  readonly steps: readonly Step[]
  /** How long after the stop the server is killed each time: while it is given what it does not have yet. */
  readonly serverKilledAfterStopMs: readonly number[]
  readonly browserKilledAfterStopMs: number | null
  /** So many of the answers that come after the stop do not arrive. */
  readonly answersLostAfterStop: number
}

/** How often each kind comes beside the others. */
const weights: readonly (readonly [Step['kind'], number])[] = [
  ['wait', 10],
  ['strap_drops', 2],
  ['strap_leaves', 1],
  ['strap_returns', 2],
  ['hand_over', 1],
  ['pause', 1],
  ['resume', 1],
  ['stop', 0.5],
  ['hidden', 1],
  ['network_goes', 1.5],
  ['network_returns', 1.5],
  ['answers_lost', 1],
  ['answers_arrive', 1],
  ['server_killed', 1.5],
  ['server_returns', 1.5],
  ['reload', 2],
  ['browser_killed', 1.5],
]

export function makeScript(seed: number, count: number): Script {
  const random = seeded(seed)
  const upTo = (most: number) => Math.floor(random() * most)
  const chooseKind = (): Step['kind'] => {
    let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0)
    return weights.find(([, weight]) => (left -= weight) < 0)?.[0] ?? 'wait'
  }
  const steps = Array.from({ length: count }, (): Step => {
    const kind = chooseKind()
    if (kind === 'wait') return { kind, ms: 100 + upTo(2400) }
    if (kind === 'hidden') return { kind, ms: 500 + upTo(4000) }
    return isOfRunner(kind) ? { kind, runner: upTo(RUNNERS) } : { kind }
  })
  return {
    seed,
    steps,
    serverKilledAfterStopMs: Array.from({ length: upTo(3) }, () => upTo(400)),
    browserKilledAfterStopMs: random() < 0.4 ? upTo(400) : null,
    answersLostAfterStop: upTo(3),
  }
}

const isOfRunner = (kind: Step['kind']): kind is RunnerStep['kind'] => runnerKinds.some((one) => one === kind)

export const nameOfStep = (step: Step): string =>
  [step.kind, 'runner' in step ? String(step.runner) : '', 'ms' in step ? `${step.ms} ms` : '']
    .filter(Boolean)
    .join(' ')
