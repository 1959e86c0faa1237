// Takes the secret of a link out of the address at once. The browser still remembers the address (history, open tabs,
// other devices). So the page makes its own secret, which is never in an address, and the server accepts it instead of
// the link: the remembered address opens nothing. The new secret belongs to this tab. It survives a reload, and no
// more.
import { signal, type ReadonlySignal } from '@preact/signals'
import { keepWord, recallWord } from '../ui/small-memory.ts'

export interface LinkSecrets {
  /** Out of the address; null where this tab has read the link before. */
  readonly link: string | null
  /** This tab's own. */
  readonly own: string
}
export interface LinkSecret {
  /** Null where the page was opened without one. */
  readonly secrets: ReadonlySignal<LinkSecrets | null>
  /** Called at the start of the page, and by itself when the address gets another end. */
  readonly take: () => void
  /** The link was used. */
  readonly forget: () => void
}

/** @param path of the page that links of this kind open
 *  @param keptAs in this tab's own memory */
export function makeLinkSecret(path: string, keptAs: string): LinkSecret {
  const kept = recallWord('sessionStorage', keptAs)
  const secrets = signal<LinkSecrets | null>(kept === null ? null : { link: null, own: kept })
  const take = (): void => {
    if (location.pathname !== path || location.hash.length < 2) return
    const link = location.hash.slice(1)
    history.replaceState(null, '', path)
    const own = newSecret()
    // Kept before it is sent: where the answer gets lost, the server may have taken it.
    keepWord('sessionStorage', keptAs, own)
    secrets.value = { link, own }
  }
  addEventListener('hashchange', take)
  const forget = (): void => {
    keepWord('sessionStorage', keptAs, null)
    secrets.value = null
  }
  return { secrets, take, forget }
}

/** 192 bits in base64url. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
