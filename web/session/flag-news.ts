// Asks again and again how many flags wait and which changed, while a reviewer looks at the page. These requests are
// quiet: an abandoned page does not keep a session alive. It does not ask while nobody touches the page.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ApiError, codeOf } from '../api/request.ts'
import { findNews, type FlagNews } from '../api/review.ts'
import { backOffMs } from '../outbox/send-plan.ts'

/** The newest; null before the first answer. `changed` holds what changed since the one before. */
export const flagNews = signal<FlagNews | null>(null)
/** Code of why they cannot be asked for; null where they can. Told after a few failures in a row: a dead minute is no news. */
export const flagNewsProblem = signal<string | null>(null)
/** product choice */
const TOLD_AFTER = 3
let failures = 0
let restsUntilMs = -Infinity

/** product choice */
const LEFT_ALONE_MS = 10 * 60_000
let touchedAtMs = Date.now()
for (const touch of ['pointerdown', 'keydown'])
  addEventListener(touch, () => void (touchedAtMs = Date.now()), { passive: true })

async function ask(): Promise<void> {
  if (document.hidden || Date.now() - touchedAtMs > LEFT_ALONE_MS || performance.now() < restsUntilMs) return
  try {
    flagNews.value = await findNews(flagNews.value?.seq ?? null)
    failures = 0
    flagNewsProblem.value = null
  } catch (error) {
    failures++
    const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0
    restsUntilMs = performance.now() + Math.max(askedMs, backOffMs(failures, Math.random()))
    if (failures >= TOLD_AFTER) flagNewsProblem.value = codeOf(error)
  }
}

/** Ask every so often while the caller is shown. */
export function useFlagNews(everyMs: number): void {
  useEffect(() => {
    void ask()
    const timer = setInterval(() => void ask(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
