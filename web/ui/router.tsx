// The screen for an address. A dozen screens need no library.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { addPlace, whenBack } from './back.ts'

/** Screens whose address is their name. */
const plainScreens = [
  'join',
  'reset',
  'second-factor',
  'mine',
  'account',
  'people',
  'groups',
  'log',
  'break-glass',
  'erase',
  'settings',
  'group-run',
  'this-phone',
] as const
type PlainRoute = {
  readonly [S in (typeof plainScreens)[number]]: { readonly screen: S }
}[(typeof plainScreens)[number]]
export type Route =
  | { readonly screen: 'home' }
  | PlainRoute
  | { readonly screen: 'client'; readonly clientId: string }
  | { readonly screen: 'run'; readonly runId: string }
  | { readonly screen: 'report'; readonly of: 'run' | 'weeks' | 'flag'; readonly id: string }
  | { readonly screen: 'group-weeks'; readonly groupId: string }
  | { readonly screen: 'review'; readonly flagId: string | null }

/** Under which paths a report stands. */
const reports = [
  ['runs', 'run'],
  ['clients', 'weeks'],
  ['review', 'flag'],
] as const

/** The route of a path; an unknown one is where everybody begins. */
export function routeOf(path: string): Route {
  const [, kind, id, part] = path.split('/')
  const reported = reports.find(([under]) => under === kind)?.[1]
  if (part === 'report' && id && reported !== undefined)
    return { screen: 'report', of: reported, id: decodeURIComponent(id) }
  if (kind === 'clients' && id) return { screen: 'client', clientId: decodeURIComponent(id) }
  if (kind === 'runs' && id) return { screen: 'run', runId: decodeURIComponent(id) }
  if (kind === 'groups' && id) return { screen: 'group-weeks', groupId: decodeURIComponent(id) }
  if (kind === 'review') return { screen: 'review', flagId: id ? decodeURIComponent(id) : null }
  const plain = plainScreens.find((screen) => screen === kind)
  return plain === undefined ? { screen: 'home' } : { screen: plain }
}

export const route = signal<Route>(routeOf(location.pathname))
whenBack(() => (route.value = routeOf(location.pathname)))

let before = '/'
/** The path of the screen before this one; where everybody begins, if there was none. */
export const cameFrom = (): string => before

export function goTo(path: string): void {
  before = location.pathname
  addPlace(path)
  route.value = routeOf(path)
  scrollTo(0, 0)
  document.querySelector<HTMLElement>('main')?.focus()
}

/** A link within the page; with a modifier key the browser does what it always does. */
export function Link({
  to,
  class: name,
  current = false,
  children,
}: {
  to: string
  class?: string
  /** Whether this is where the reader is. */
  current?: boolean
  children: ComponentChildren
}) {
  return (
    <a
      href={to}
      class={name}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        goTo(to)
      }}
    >
      {children}
    </a>
  )
}
