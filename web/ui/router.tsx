// Which screen the address names. Four screens need no library.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

export type Route =
  | { readonly screen: 'clients' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'client'; readonly clientId: string }
  | { readonly screen: 'run'; readonly runId: string }

/** The route of a path; an unknown one is the list of clients. */
export function routeOf(path: string): Route {
  const [, kind, id] = path.split('/')
  if (kind === 'clients' && id) return { screen: 'client', clientId: decodeURIComponent(id) }
  if (kind === 'runs' && id) return { screen: 'run', runId: decodeURIComponent(id) }
  if (kind === 'settings') return { screen: 'settings' }
  return { screen: 'clients' }
}

export const route = signal<Route>(routeOf(location.pathname))
addEventListener('popstate', () => {
  route.value = routeOf(location.pathname)
})

export function goTo(path: string): void {
  history.pushState(null, '', path)
  route.value = routeOf(path)
  scrollTo(0, 0)
  document.querySelector<HTMLElement>('main')?.focus()
}

/** A link within the page; with a modifier key the browser does what it always does. */
export function Link({ to, class: name, children }: { to: string; class?: string; children: ComponentChildren }) {
  return (
    <a
      href={to}
      class={name}
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
