// The secret of an invitation's link: taken out of the address at once. A browser keeps the addresses that it came by all the same
// (history, open tabs, other devices), so the page makes a secret of its own, which no address ever holds, and the server takes it
// in the link's place: what the browser kept opens nothing. The new one is this tab's: it lives through a reload and no longer.
import { signal } from '@preact/signals'
import { findInvited, openInvited, type Invited } from '../../api/people.ts'
import { keepWord, recallWord } from '../../ui/small-memory.ts'

const KEPT_AS = 'calmpace.invitation'

interface Secrets {
  /** Out of the address; null where this tab has read the link before. */
  readonly link: string | null
  /** This tab's own. */
  readonly own: string
}

/** Null where the page was opened without one. */
export const invitationSecrets = signal<Secrets | null>(findKept())

/** Called at the start of the page, and when the address gets another end. */
export function takeInvitationToken(): void {
  if (location.pathname !== '/join' || location.hash.length < 2) return
  const link = location.hash.slice(1)
  history.replaceState(null, '', '/join')
  const own = newSecret()
  // Kept before it is sent: where the answer gets lost, the server may have taken it.
  keepWord('sessionStorage', KEPT_AS, own)
  invitationSecrets.value = { link, own }
}
addEventListener('hashchange', takeInvitationToken)

/** What the invitation is for; from then on only this tab can use it. */
export const openLink = ({ link, own }: Secrets): Promise<Invited> =>
  link === null ? findInvited(own) : openInvited(link, own)

/** Somebody joined by it. */
export function forgetInvitation(): void {
  keepWord('sessionStorage', KEPT_AS, null)
  invitationSecrets.value = null
}

function findKept(): Secrets | null {
  const own = recallWord('sessionStorage', KEPT_AS)
  return own === null ? null : { link: null, own }
}

/** 192 bits in base64url. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
