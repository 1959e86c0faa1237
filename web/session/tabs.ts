// What the tabs of this browser tell each other: that somebody signed out, that a session is over, or who is here. A tab that
// hears nothing (a browser without such channels, a page that was put away) finds out by asking the server (watch.ts).

export type Told =
  /** Somebody signed out: nothing of theirs is shown any more. */
  | { readonly what: 'left' }
  /** The server knows the session no more. */
  | { readonly what: 'over' }
  | { readonly what: 'here'; readonly personId: string }

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('calmpace.session') : null

export const tellTabs = (told: Told): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel, not a window: this origin's alone
  channel?.postMessage(told)
}

/** Hear what the other tabs tell. */
export function onTold(hear: (told: Told) => void): void {
  // Another version of this page may say what this one does not know.
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const told = toTold(data)
    if (told !== null) hear(told)
  })
}

function toTold(data: unknown): Told | null {
  if (typeof data !== 'object' || data === null) return null
  const { what, personId } = data as Partial<Record<'what' | 'personId', unknown>>
  if (what === 'left' || what === 'over') return { what }
  return what === 'here' && typeof personId === 'string' ? { what, personId } : null
}
