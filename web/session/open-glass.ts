// The active emergency access of the signed-in person, and its end by this device's clock. The server decides; the page
// only shows it. It asks again when one should be over, when somebody returns to the page, and from time to time,
// because it may have been ended elsewhere.
import { computed, signal } from '@preact/signals'
import { endGlass, listMyOpenGlass } from '../api/people.ts'
import { route, type Route } from '../ui/router.tsx'

export interface OpenGlass {
  readonly id: string
  readonly clientId: string
  /** When it was opened: tells two of them apart and names nobody. */
  readonly openedAtMs: number
  readonly endsAtMs: number
}

export const openGlass = signal<readonly OpenGlass[]>([])
/** Rises when one ends: what a screen shows by it is asked for anew. */
export const glassRound = signal(0)

/** Of whom one ended while this page was open, and what was on the screen at that moment. */
const ended = signal<readonly { readonly clientId: string; readonly shown: string }[]>([])
/** Where somebody pressed to end one, to say so there. */
const stoppedOn = signal<string | null>(null)

const nameOf = (shown: Route): string => JSON.stringify(shown)

/** Whether what the address names was seen in an emergency that is over. */
export const isGlassOverHere = computed(() =>
  ended.value.some(({ clientId, shown }) =>
    route.value.screen === 'client'
      ? route.value.clientId === clientId
      : showsOneClient(route.value) && shown === nameOf(route.value),
  ),
)
/** Whether it is said here that one was ended by a press. */
export const isStoppedHere = computed(() => stoppedOn.value === nameOf(route.value))

/** Whether a screen shows what an emergency opens. */
export const showsOneClient = ({ screen }: Route): boolean =>
  screen === 'client' || screen === 'run' || screen === 'report'

/** Never throws: without an answer what is known stays, until its time is over. */
export async function loadOpenGlass(): Promise<void> {
  const answer = await listMyOpenGlass().catch(() => null)
  const now = Date.now()
  const before = openGlass.value
  openGlass.value =
    answer === null
      ? before.filter(({ endsAtMs }) => endsAtMs > now)
      : answer.items.map(({ id, clientId, atMs, leftMs }) => ({
          id,
          clientId,
          openedAtMs: atMs,
          endsAtMs: now + leftMs,
        }))
  const isOpen = ({ clientId }: { readonly clientId: string }) =>
    openGlass.value.some((one) => one.clientId === clientId)
  const over = before.filter((one) => !isOpen(one))
  const shown = nameOf(route.peek())
  ended.value = [...ended.value.filter((one) => !isOpen(one)), ...over.map(({ clientId }) => ({ clientId, shown }))]
  if (over.length > 0) glassRound.value++
}

/** @param goOn to where its end is told. @throws ApiError where it may still hold */
export async function endOpenGlass(glassId: string, goOn: () => void): Promise<void> {
  stoppedOn.value = null
  await endGlass(glassId)
  await loadOpenGlass()
  goOn()
  stoppedOn.value = nameOf(route.peek())
}

/** Whoever signs in next has none of these. */
export function forgetGlass(): void {
  openGlass.value = []
  ended.value = []
  stoppedOn.value = null
}
