// When the files of a large store are rewritten without what was deleted: at night, for whoever asks meanwhile waits. Pure.
import { zoneOffsetS } from './patterns/local-day.ts'

/** product choice: nobody runs then. Local hours, the second one excluded. */
const NIGHT = { fromH: 2, toH: 5 } as const
/** product choice: no night came; a machine that sleeps at night is rewritten by day. */
const NO_NIGHT_MS = 2 * 86_400_000
/** product choice: bits of raw samples beside rows that moved are not worth four gigabytes of writing each night. */
export const REWRITE_AFTER_RETENTION_MS = 7 * 86_400_000

/** @param dueMs from when on it is to be done */
export function mayRewrite(dueMs: number, nowMs: number, timeZone: string): boolean {
  if (nowMs < dueMs) return false
  if (nowMs >= dueMs + NO_NIGHT_MS) return true
  const hour = Math.floor(((((nowMs / 1000 + zoneOffsetS(nowMs, timeZone)) % 86_400) + 86_400) % 86_400) / 3600)
  return hour >= NIGHT.fromH && hour < NIGHT.toH
}
