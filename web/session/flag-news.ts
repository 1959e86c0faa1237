// How many flags wait and which changed, asked again and again while somebody who reviews looks at the page. Not while nobody
// touches it: a page that is left alone must not keep a session alive.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { findNews, type FlagNews } from '../api/review.ts'

/** The newest; null before the first answer. `changed` holds what changed since the one before. */
export const flagNews = signal<FlagNews | null>(null)

/** product choice */
const LEFT_ALONE_MS = 10 * 60_000
let touchedAtMs = Date.now()
for (const touch of ['pointerdown', 'keydown'])
  addEventListener(touch, () => void (touchedAtMs = Date.now()), { passive: true })

async function ask(): Promise<void> {
  if (document.hidden || Date.now() - touchedAtMs > LEFT_ALONE_MS) return
  // What fails now is asked again soon.
  flagNews.value = await findNews(flagNews.value?.seq ?? null).catch(() => flagNews.value)
}

/** Ask every so often while the caller is shown. */
export function useFlagNews(everyMs: number): void {
  useEffect(() => {
    void ask()
    const timer = setInterval(() => void ask(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
