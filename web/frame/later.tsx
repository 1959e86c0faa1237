// Loads a screen's code when it is first shown. The code of all other screens follows when there is time. So a phone
// that was opened once has the whole page outdoors, also before its service worker is active.
import { signal } from '@preact/signals'
import type { ComponentType, FunctionComponent } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { readNoAnswer } from '../api/answer-meanings.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { Waiting } from '../ui/waiting.tsx'

type Came<P> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'there'; readonly Screen: ComponentType<P> }

const loads: (() => Promise<void>)[] = []

/** @param load asked once, and again where that failed and somebody tries again */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  const came = signal<Came<P>>({ state: 'loading' })
  let going: Promise<void> | null = null
  const begin = (): Promise<void> =>
    (going ??= load().then(
      (Screen) => void (came.value = { state: 'there', Screen }),
      () => {
        going = null
        came.value = { state: 'failed' }
      },
    ))
  const again = async (): Promise<void> => {
    came.value = { state: 'loading' }
    // A newer page has taken this one's place, in another tab: its parts are no longer there. Nobody is taken out of a run for it.
    const mayLeave = navigator.onLine && !(await thisOutbox.isRecording().catch(() => true))
    if (mayLeave) location.reload()
    else await begin()
  }
  loads.push(begin)
  return function Later(props: P) {
    // Not after the next picture: there is none in a page that nobody looks at.
    useLayoutEffect(() => void begin(), [])
    const now = came.value
    if (now.state === 'there') return <now.Screen {...props} />
    const loaded =
      now.state === 'failed'
        ? { state: now.state, code: readNoAnswer('', navigator.onLine).code, requestId: null }
        : now
    return <Waiting loaded={loaded} again={() => void again()} />
  }
}

/** product choice: a page that never comes to rest has all of it within a minute or two all the same. */
const REST_WITHIN_MS = 2000

/** All that has not come yet, one after another, each while the page has nothing else to do: what somebody waits for comes first. */
export async function loadTheRest(): Promise<void> {
  for (const load of loads) {
    await whenIdle()
    await load()
  }
}

const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari knows no idle page.
    if (typeof requestIdleCallback === 'undefined') setTimeout(resolve)
    else requestIdleCallback(() => resolve(), { timeout: REST_WITHIN_MS })
  })
