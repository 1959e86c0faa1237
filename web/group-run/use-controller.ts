// Opens this phone's controller once, when a group run is first shown, or at once if this browser records one. It stays
// as long as the page.
import { signal, type ReadonlySignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { tellHandOver } from '../api/group-runs.ts'
import { t } from '../messages/translate.ts'
import type { OutboxProblem } from '../outbox/outbox.ts'
import { openRecorderClock } from '../outbox/recorder-clock.ts'
import { thisHandOvers, thisOutbox, thisSync } from '../outbox/instances.ts'
import { here } from '../session/here.ts'
import { openStraps } from '../straps/page-straps.ts'
import { GroupRunController } from './controller.ts'
import { isRunHere } from './run-here.ts'

export type OpenedController =
  /** `problem`: why it has not opened yet. */
  | { readonly state: 'opening'; readonly problem: OutboxProblem | null }
  | { readonly state: 'there'; readonly controller: GroupRunController }

const controller = signal<GroupRunController | null>(null)
/** Null until a group run was looked at, or found to be recorded. */
export const thisController: ReadonlySignal<GroupRunController | null> = controller
let isOpening = false

export function useController(): OpenedController {
  useLayoutEffect(begin, [])
  const { problem } = thisOutbox.state.value
  // Another tab that records may end: this page then opens by itself.
  return controller.value === null ? { state: 'opening', problem } : { state: 'there', controller: controller.value }
}

function begin(): void {
  if (isOpening) return
  isOpening = true
  isRunHere.value = true
  void openController()
}

async function openController(): Promise<void> {
  await thisOutbox.ready
  await isRecorder()
  const clock = openRecorderClock({
    lastAtMs: thisOutbox.lastAtMs,
    onFound: (event) => controller.value?.found(event),
    isAwake: () => controller.value?.isAwake.value === true,
    isHidden: () => document.hidden,
  })
  const opened = new GroupRunController({
    outbox: thisOutbox,
    straps: openStraps((number) => t('strap.practiceName', { number })),
    clock,
    sync: thisSync.sync,
    newId: () => crypto.randomUUID(),
    here,
    handOvers: thisHandOvers,
    tellHandOver,
  })
  await opened.open()
  controller.value = opened
}

/** Once no other tab records. */
function isRecorder(): Promise<void> {
  return new Promise((resolve) => {
    const stop = thisOutbox.state.subscribe(({ problem }) => {
      if (problem === 'other_tab') return
      resolve()
      queueMicrotask(() => stop())
    })
  })
}
