// Messages between the tabs of this browser: somebody signed out, a session ended, or who is signed in. A tab that gets
// no messages (a browser without such channels, a stored page) finds out by asking the server (me.ts).

export type TabMessage =
  /** Somebody signed out: nothing of theirs is shown any more. */
  | { readonly what: 'left' }
  /** The server knows the session no more. */
  | { readonly what: 'over' }
  | { readonly what: 'here'; readonly personId: string }

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('calmpace.session') : null

export const tellTabs = (said: TabMessage): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel, not a window: this origin's alone
  channel?.postMessage(said)
}

/** Hear what the other tabs tell. */
export function onTabMessage(hear: (said: TabMessage) => void): void {
  // Another version of this page may say what this one does not know.
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const said = readTabMessage(data)
    if (said !== null) hear(said)
  })
}

function readTabMessage(data: unknown): TabMessage | null {
  if (typeof data !== 'object' || data === null) return null
  const { what, personId } = data as Partial<Record<'what' | 'personId', unknown>>
  if (what === 'left' || what === 'over') return { what }
  return what === 'here' && typeof personId === 'string' ? { what, personId } : null
}
