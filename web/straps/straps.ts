// The straps of this page: which there are, what each is doing, and every notification as it came. Screens and the outbox
// call it; it judges no heart rate, keeps nothing, and names no runner.
import { computed, signal, type ReadonlySignal } from '@preact/signals'
import { createConnectTurns } from './connect-turns.ts'
import type { OtherTab } from './other-tab.ts'
import { isPractice, type PracticeRadio } from './practice-radio.ts'
import type { Radio, RadioDevice } from './radio.ts'
import { Strap, type StrapView } from './strap.ts'
import type { StrapState } from './strap-machine.ts'
import type { StrapParameters } from './strap-parameters.ts'
import type { StrapProblem } from './strap-problem.ts'
import { throwLater } from './throw-later.ts'
import type { Timers } from './timers.ts'

/** What a page remembers of a strap over a reload. */
export interface WantedStrap {
  readonly id: string
  readonly name: string
}
/** `again`: that strap was there already, and still has one listener. */
export type ChooseResult =
  | { readonly ok: true; readonly id: string; readonly again: boolean }
  | { readonly ok: false; readonly code: StrapProblem | 'cancelled' }

export interface Straps {
  /** In the order in which they came. Follows states, not beats: those are in each view's `pulse`. */
  readonly list: ReadonlySignal<readonly StrapView[]>
  /** `off` once a connect failed for it; browsers do not say it by themselves. */
  readonly radio: ReadonlySignal<'ready' | 'off' | 'unsupported'>
  /** Another tab of this browser uses straps too. */
  readonly otherTab: ReadonlySignal<boolean>
  /** Let a person choose a strap. In their gesture, before anything is awaited. */
  readonly choose: () => Promise<ChooseResult>
  /** A person's tap: try now. Opens the browser's list where nothing less helps, so it too belongs in a gesture.
   *  @returns what came of the list; its id is another than the tapped one where the person chose another strap */
  readonly tap: (id: string) => Promise<ChooseResult>
  /** After a reload: connect again to these, where the browser remembers them; the others need one tap each. */
  readonly known: (wanted: readonly WantedStrap[]) => Promise<void>
  /** End its link and take it out of the list. */
  readonly forget: (id: string) => void
  /** Add made runners beside whatever is there. */
  readonly addPractice: (count: number) => void
  /** Every notification (0x2A37) in order, the doubled and the malformed too; rule I is the hearer's business.
   *  @returns ends it */
  readonly onNotification: (hear: (strapId: string, atMs: number, bytes: Uint8Array<ArrayBuffer>) => void) => () => void
  /** Every change of a strap's state. @returns ends it */
  readonly onLink: (hear: (strapId: string, state: StrapState, atMs: number) => void) => () => void
}

export interface StrapsParts {
  /** Null where the browser has none. */
  readonly radio: Radio | null
  readonly practice: PracticeRadio
  readonly otherTab: OtherTab
  readonly timers: Timers
  readonly parameters: StrapParameters
}

/** The driver of all straps. Nothing happens until it is asked for one. */
export function createStraps({ radio, practice, otherTab, timers, parameters }: StrapsParts): Straps {
  const straps = signal<readonly Strap[]>([])
  const radioState = signal<'ready' | 'off' | 'unsupported'>(radio === null ? 'unsupported' : 'ready')
  const notificationHearers = new Set<Parameters<Straps['onNotification']>[0]>()
  const linkHearers = new Set<Parameters<Straps['onLink']>[0]>()
  const turns = createConnectTurns(timers, parameters.connectTurnMs)
  let mostOpen = 0
  let offAtMs = Number.NEGATIVE_INFINITY
  let practiceCount = 0

  const find = (id: string) => straps.value.find((strap) => strap.view.value.id === id)
  const openCount = () => straps.value.filter((strap) => strap.isOpen && !strap.view.value.practice).length

  function setRadio(state: 'ready' | 'off'): void {
    const before = radioState.value
    radioState.value = state
    if (before === 'off' && state === 'ready') for (const strap of straps.value) strap.tell({ kind: 'radio_ready' })
  }

  /** A phone that already held more links at once is not full; what held seven and takes no eighth probably is. */
  function explain(problem: StrapProblem, sinceMs: number): StrapProblem {
    if (problem === 'bluetooth_off') {
      setRadio('off')
      offAtMs = timers.nowMs()
      // What was under way when it was switched off fails otherwise.
    } else if (sinceMs > offAtMs) setRadio('ready')
    const mayBeFull = problem === 'attempt_failed' || problem === 'timed_out'
    return mayBeFull && openCount() >= Math.max(mostOpen, parameters.fullAtLinks) ? 'phone_full' : problem
  }

  function add(id: string, name: string): Strap {
    const isMade = isPractice(id)
    const strap = new Strap({
      id,
      name,
      practice: isMade,
      timers,
      parameters,
      turns: isMade ? null : turns,
      notified: (bytes, atMs) => tellAll(notificationHearers, (hear) => hear(id, atMs, bytes)),
      changed: (state, atMs) => tellAll(linkHearers, (hear) => hear(id, state, atMs)),
      explain: isMade ? (problem) => problem : explain,
      connected: () => {
        if (isMade) return
        mostOpen = Math.max(mostOpen, openCount())
        setRadio('ready')
      },
    })
    straps.value = [...straps.value, strap]
    if (!isMade) otherTab.use()
    return strap
  }

  function attachNew(device: RadioDevice): ChooseResult {
    const { id, name } = device
    // A browser that remembers nothing names the same strap anew: then its name tells.
    const isIt = (strap: Strap) =>
      strap.device === device ||
      (strap.device === null && (strap.view.value.id === id || (name !== '' && strap.view.value.name === name)))
    const there = straps.value.find(isIt)
    if (there === undefined) add(id, name).attach(device)
    else if (there.device === null) there.attach(device)
    else there.tell({ kind: 'tap' })
    return { ok: true, id: there?.view.value.id ?? id, again: there !== undefined }
  }

  async function chooseFor(strap: Strap): Promise<ChooseResult> {
    const { name } = strap.view.value
    strap.tell({ kind: 'choosing' })
    const chosen =
      (await radio?.choose(name === '' ? undefined : name)) ?? ({ ok: false, code: 'unsupported' } as const)
    const result = chosen.ok ? attachNew(chosen.device) : chosen
    strap.tell({ kind: 'not_chosen' })
    return result
  }

  radio?.onAvailable((available) => setRadio(available ? 'ready' : 'off'))

  return {
    list: computed(() => straps.value.map((strap) => strap.view.value)),
    radio: radioState,
    otherTab: otherTab.otherTab,
    choose: async () => {
      const chosen = (await radio?.choose()) ?? ({ ok: false, code: 'unsupported' } as const)
      if (chosen.ok) return attachNew(chosen.device)
      if (chosen.code === 'bluetooth_off') setRadio('off')
      return chosen
    },
    tap: async (id) => {
      const strap = find(id)
      if (strap === undefined) return { ok: false, code: 'cancelled' }
      if (strap.mustBeChosen) return chooseFor(strap)
      strap.tell({ kind: 'tap' })
      return { ok: true, id, again: true }
    },
    known: async (wanted) => {
      const fresh = wanted.filter(({ id }) => find(id) === undefined).map(({ id, name }) => add(id, name))
      const remembered = (await radio?.remembered()) ?? []
      for (const strap of fresh) {
        const { id } = strap.view.value
        const device = practice.find(id) ?? remembered.find((candidate) => candidate.id === id)
        if (device === undefined) strap.tell({ kind: 'out_of_reach' })
        else strap.attach(device)
      }
    },
    forget: (id) => {
      find(id)?.tell({ kind: 'taken_away' })
      straps.value = straps.value.filter((strap) => strap.view.value.id !== id)
    },
    addPractice: (count) => {
      for (let added = 0; added < count;) {
        const device = practice.strap(++practiceCount)
        if (find(device.id) !== undefined) continue
        add(device.id, device.name).attach(device)
        added++
      }
    },
    onNotification: (hear) => listen(notificationHearers, hear),
    onLink: (hear) => listen(linkHearers, hear),
  }
}

function listen<T>(hearers: Set<T>, hear: T): () => void {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}

/** One that throws keeps nothing from the others; what it threw is reported as if nobody had caught it. */
function tellAll<T>(hearers: ReadonlySet<T>, tell: (hear: T) => void): void {
  for (const hear of hearers)
    try {
      tell(hear)
    } catch (error) {
      throwLater(error)
    }
}
