// The straps of this page: which exist, what each one does, and every notification as it came. Screens and the outbox
// call it. It judges no heart rate, stores nothing, and names no runner.
import { computed, signal, type ReadonlySignal } from '@preact/signals'
import { createConnectTurns } from './connection-queue.ts'
import type { OtherTab } from './other-tab.ts'
import { namesakesOf } from './namesakes.ts'
import { isPractice, type PracticeRadio } from './practice-radio.ts'
import type { Radio, RadioDevice } from './radio.ts'
import { Strap, type StrapIdentity, type StrapView } from './strap.ts'
import type { StrapState } from './strap-machine.ts'
import type { StrapParameters } from './strap-parameters.ts'
import type { StrapProblem } from './strap-problem.ts'
import { rethrowAsync } from './rethrow-async.ts'
import type { Timers } from './timers.ts'

/** What a page remembers of a strap over a reload. */
export interface WantedStrap {
  readonly id: string
  readonly name: string
  /** The browser's last id of it; `id` where it had no other. */
  readonly deviceId?: string
  readonly identity?: StrapIdentity
}
/** `again`: that place in the list was there already, and its strap still has one listener. */
export type ChooseResult =
  | { readonly ok: true; readonly id: string; readonly again: boolean }
  | { readonly ok: false; readonly code: StrapProblem | 'cancelled' }

type PlaceOf = (awayIds: readonly string[]) => string | null
const ownPlace: PlaceOf = () => null

export interface Straps {
  /** The driver's clock: that of `pulse`. */
  readonly nowMs: () => number
  /** In the order in which they came. Follows states, not beats: those are in each view's `pulse`. */
  readonly list: ReadonlySignal<readonly StrapView[]>
  /** `off` once a connect failed for it; browsers do not say it by themselves. */
  readonly radio: ReadonlySignal<'ready' | 'off' | 'unsupported'>
  /** Another tab of this browser uses straps too. */
  readonly otherTab: ReadonlySignal<boolean>
  /** Let a person choose a strap. In their gesture, before anything is awaited.
   *  @param placeOf says which of these places in the list, all of the strap's name and without a strap, it is to have; null
   *                 gives it one of its own. A name that others have leaves the strap `unsure` */
  readonly choose: (placeOf?: PlaceOf) => Promise<ChooseResult>
  /** A person's tap: try now. Opens the browser's list where nothing less helps, so it too belongs in a gesture. The tapped
   *  place gets the chosen strap, unless that is one that is known to be another.
   *  @returns what came of the list; its id is another than the tapped one where the person chose another strap */
  readonly tap: (id: string) => Promise<ChooseResult>
  /** After a reload: connect again to these, where the browser remembers them; the others need one tap each. */
  readonly known: (wanted: readonly WantedStrap[]) => Promise<void>
  /** A person has said which strap this is, or doubts it. */
  readonly identify: (id: string, identity: StrapIdentity) => void
  /** End its link and take it out of the list. */
  readonly forget: (id: string) => void
  /** Add made runners beside whatever is there. */
  readonly addPractice: (count: number) => void
  /** Every notification (0x2A37) in order, the doubled and the malformed too; rule I is the hearer's business.
   *  Nothing comes of a strap that is `unsure`. @returns ends it */
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
    if (state === 'off') offAtMs = timers.nowMs()
    if (before === 'off' && state === 'ready') for (const strap of straps.value) strap.tell({ kind: 'radio_ready' })
  }

  /** A phone that already held more links at once is not full; what held seven and takes no eighth probably is. */
  function explain(problem: StrapProblem, sinceMs: number): StrapProblem {
    if (problem === 'bluetooth_off') setRadio('off')
    // What was under way when it was switched off fails otherwise, and no answer in time is no answer of the radio's.
    else if (problem !== 'timed_out' && sinceMs > offAtMs) setRadio('ready')
    const mayBeFull = problem === 'attempt_failed' || problem === 'timed_out'
    return mayBeFull && openCount() >= Math.max(mostOpen, parameters.fullAtLinks) ? 'phone_full' : problem
  }

  function add({ id, name, deviceId = id, identity = 'plain' }: WantedStrap): Strap {
    const isMade = isPractice(id)
    const strap = new Strap({
      id,
      name,
      deviceId,
      identity,
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

  const namesakes = ({ view }: Strap) => namesakesOf(viewsOf(straps.value), view.value)

  /** Known by the browser's id alone: no name proves which strap it is. */
  const findByDevice = (device: RadioDevice) =>
    straps.value.find((strap) => strap.device === device) ??
    straps.value.find(({ view }) => view.value.deviceId === device.id)

  function comeAgain(strap: Strap, device: RadioDevice): ChooseResult {
    if (strap.device === null) strap.attach(device)
    else strap.tell({ kind: 'tap' })
    return { ok: true, id: strap.view.value.id, again: true }
  }

  /** Somebody's word for it, and no proof: where others have the name it must be looked at first. */
  function attachTo(strap: Strap, device: RadioDevice, again: boolean): ChooseResult {
    const wasNameless = again && strap.view.value.name === ''
    strap.attach(device)
    strap.identify(wasNameless || namesakes(strap).length > 0 ? 'unsure' : 'plain')
    return { ok: true, id: strap.view.value.id, again }
  }

  function addNew(device: RadioDevice): ChooseResult {
    const { id, name } = device
    const isTaken = find(id) !== undefined
    return attachTo(add({ id: isTaken ? `${id} ${straps.value.length}` : id, name, deviceId: id }), device, false)
  }

  function attachChosen(device: RadioDevice, placeOf: PlaceOf): ChooseResult {
    const known = findByDevice(device)
    if (known !== undefined) return comeAgain(known, device)
    const away = straps.value.filter((strap) => strap.device === null && strap.view.value.name === device.name)
    const placeId = device.name === '' ? null : placeOf(away.map(({ view }) => view.value.id))
    const place = away.find(({ view }) => view.value.id === placeId)
    return place === undefined ? addNew(device) : attachTo(place, device, true)
  }

  function attachTapped(strap: Strap, device: RadioDevice): ChooseResult {
    const known = findByDevice(device)
    if (known !== undefined) return comeAgain(known, device)
    const { name } = strap.view.value
    const isOther = strap.device !== null || (name !== '' && device.name !== '' && device.name !== name)
    return isOther ? addNew(device) : attachTo(strap, device, true)
  }

  async function chooseFor(strap: Strap): Promise<ChooseResult> {
    const { name } = strap.view.value
    strap.tell({ kind: 'choosing' })
    const chosen =
      (await radio?.choose(name === '' ? undefined : name)) ?? ({ ok: false, code: 'unsupported' } as const)
    const result = chosen.ok ? attachTapped(strap, chosen.device) : chosen
    strap.tell({ kind: 'not_chosen' })
    return result
  }

  radio?.onAvailable((available) => setRadio(available ? 'ready' : 'off'))

  return {
    nowMs: timers.nowMs,
    list: computed(() => viewsOf(straps.value)),
    radio: radioState,
    otherTab: otherTab.otherTab,
    choose: async (placeOf = ownPlace) => {
      const chosen = (await radio?.choose()) ?? ({ ok: false, code: 'unsupported' } as const)
      if (chosen.ok) return attachChosen(chosen.device, placeOf)
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
      const fresh = wanted.filter(({ id }) => find(id) === undefined).map(add)
      const remembered = (await radio?.remembered()) ?? []
      for (const strap of fresh) {
        const { id, deviceId } = strap.view.value
        const isFree = (device: RadioDevice) => !straps.value.some((other) => other.device === device)
        const device =
          practice.find(id) ?? remembered.find((candidate) => candidate.id === deviceId && isFree(candidate))
        if (device === undefined) strap.tell({ kind: 'out_of_reach' })
        else strap.attach(device)
      }
    },
    identify: (id, identity) => find(id)?.identify(identity),
    forget: (id) => {
      find(id)?.tell({ kind: 'taken_away' })
      straps.value = straps.value.filter((strap) => strap.view.value.id !== id)
    },
    addPractice: (count) => {
      for (let added = 0; added < count;) {
        const device = practice.strap(++practiceCount)
        if (find(device.id) !== undefined) continue
        add(device).attach(device)
        added++
      }
    },
    onNotification: (hear) => listen(notificationHearers, hear),
    onLink: (hear) => listen(linkHearers, hear),
  }
}

const viewsOf = (straps: readonly Strap[]): StrapView[] => straps.map(({ view }) => view.value)

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
      rethrowAsync(error)
    }
}
