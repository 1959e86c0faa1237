// Emergencies of whoever is here that still hold, with the moment at which each ends by this device's clock. The server decides; the
// page only shows that it is so, and asks again when one should be over, when somebody comes back to the page, and now and then: it may
// have been ended elsewhere.
import { signal } from '@preact/signals'
import { endGlass, listMyOpenGlass } from '../api/people.ts'

export interface OpenGlass {
  readonly id: string
  readonly clientId: string
  readonly endsAtMs: number
}

export const openGlass = signal<readonly OpenGlass[]>([])
/** Rises when one ends: what a screen shows by it is asked for anew. */
export const glassRound = signal(0)

/** Never throws: without an answer what is known stays, until its time is over. */
export async function loadOpenGlass(): Promise<void> {
  const answer = await listMyOpenGlass().catch(() => null)
  const now = Date.now()
  const before = openGlass.value
  openGlass.value =
    answer === null
      ? before.filter(({ endsAtMs }) => endsAtMs > now)
      : answer.items.map(({ id, clientId, leftMs }) => ({ id, clientId, endsAtMs: now + leftMs }))
  const isOver = before.some(({ id }) => openGlass.value.every((one) => one.id !== id))
  if (isOver) glassRound.value++
}

/** @throws ApiError where it may still hold */
export async function endOpenGlass(glassId: string): Promise<void> {
  await endGlass(glassId)
  await loadOpenGlass()
}
