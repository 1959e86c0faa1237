// The page of the straps-driver suite: web/straps and nothing else of calmpace. A button chooses a strap, one button for
// each strap taps it; the suite reads what came from `rig`. Wanted straps outlive a reload, as the real page keeps them.
import { effect } from '@preact/signals'
import { openStraps } from '../../../../web/straps/page-straps.ts'
import { strapDefaults } from '../../../../web/straps/strap-parameters.ts'
import type { StrapPulse, StrapView } from '../../../../web/straps/strap.ts'
import type { ChooseResult, Straps, WantedStrap } from '../../../../web/straps/straps.ts'

/** What the suite reads; plain data. */
export interface ShownStrap extends Omit<StrapView, 'pulse'> {
  readonly pulse: StrapPulse
}
export interface Rig {
  readonly straps: Straps
  readonly shown: () => ShownStrap[]
  readonly heard: { readonly id: string; readonly atMs: number; readonly bytes: number[] }[]
  readonly links: { readonly id: string; readonly atMs: number; readonly state: string }[]
  readonly results: ChooseResult[]
  /** How often `list` changed. */
  listChanges: number
  /** Main-thread time of each value that a strap sent, with everything that follows from it. */
  readonly costsMs: number[]
  readonly longTasksMs: number[]
}
declare global {
  interface Window {
    rig: Rig
  }
  /** Chromium has the class; the types have the interface only. */
  const BluetoothRemoteGATTCharacteristic: { readonly prototype: BluetoothRemoteGATTCharacteristic }
}

const changed: unknown = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}')
const straps = openStraps((number) => `Practice ${number}`, {
  parameters: { ...strapDefaults, ...(changed as Partial<typeof strapDefaults>) },
})
const rig: Rig = {
  straps,
  shown: () => straps.list.peek().map((view) => ({ ...view, pulse: view.pulse.peek() })),
  heard: [],
  links: [],
  results: [],
  listChanges: 0,
  costsMs: [],
  longTasksMs: [],
}
window.rig = rig
straps.onNotification((id, atMs, bytes) => rig.heard.push({ id, atMs, bytes: [...bytes] }))
straps.onLink((id, state, atMs) => rig.links.push({ id, state, atMs }))

new PerformanceObserver((tasks) => rig.longTasksMs.push(...tasks.getEntries().map(({ duration }) => duration))).observe(
  {
    type: 'longtask',
  },
)
// Times what listens to characteristics, from outside.
const prototype = BluetoothRemoteGATTCharacteristic.prototype
prototype.addEventListener = function (
  type: string,
  listener: EventListenerOrEventListenerObject,
  options?: AddEventListenerOptions | boolean,
) {
  const timed = (event: Event) => {
    const startMs = performance.now()
    if (typeof listener === 'function') listener.call(this, event)
    rig.costsMs.push(performance.now() - startMs)
  }
  EventTarget.prototype.addEventListener.call(this, type, timed, options)
}

const button = (id: string, work: () => Promise<ChooseResult>) => {
  const element =
    document.getElementById(id) ?? Object.assign(document.createElement('button'), { id, textContent: id })
  element.addEventListener('click', () => void work().then((result) => rig.results.push(result)))
  return element
}
button('choose', straps.choose)
effect(() => {
  rig.listChanges++
  const wanted: WantedStrap[] = straps.list.value.map(({ id, name }) => ({ id, name }))
  if (wanted.length > 0) sessionStorage.setItem('wanted', JSON.stringify(wanted))
  for (const { id, name } of wanted)
    if (document.getElementById(`tap ${name}`) === null)
      document.getElementById('straps')?.append(button(`tap ${name}`, () => straps.tap(id)))
})
void straps.known(JSON.parse(sessionStorage.getItem('wanted') ?? '[]') as WantedStrap[])
