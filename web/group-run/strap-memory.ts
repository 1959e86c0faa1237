// Which straps were here, and to whom each was given last. Kept on this phone alone: a browser's id of a strap means nothing
// elsewhere. The straps stay when somebody signs out; whom they were given to does not.
import type { Outbox } from '../outbox/outbox.ts'
import type { WantedStrap } from '../straps/straps.ts'

export interface Wearer {
  /** Null is a guest. */
  readonly clientId: string | null
  readonly alias: string
}
export interface StrapMemory {
  readonly straps: readonly WantedStrap[]
  readonly wearers: Readonly<Record<string, Wearer>>
}
export const noStraps: StrapMemory = { straps: [], wearers: {} }

const WEARERS = 'roster:wearers'

export const readStrapMemory = async (outbox: Outbox): Promise<StrapMemory> => ({
  straps: (await outbox.kept<StrapMemory['straps']>('straps')) ?? [],
  wearers: (await outbox.kept<StrapMemory['wearers']>(WEARERS)) ?? {},
})

export async function keepStrapMemory(outbox: Outbox, { straps, wearers }: StrapMemory): Promise<void> {
  await outbox.keep('straps', straps)
  await outbox.keep(WEARERS, wearers)
}

/** A strap was given to somebody. */
export const wearStrap = (
  { straps, wearers }: StrapMemory,
  { id, name }: WantedStrap,
  { clientId, alias }: Wearer,
): StrapMemory => ({
  straps: [...straps.filter((one) => one.id !== id), { id, name }],
  wearers: { ...wearers, [id]: { clientId, alias } },
})

/** Straps for somebody: the one that they wore last first, then those that nobody wore before, then the others.
 *  @param isWorn whether somebody else wears it now */
export function strapsFor<Strap extends WantedStrap>(
  straps: readonly Strap[],
  { wearers }: StrapMemory,
  wearer: Wearer,
  isWorn: (id: string) => boolean,
): Strap[] {
  const isTheirs = ({ clientId, alias }: Wearer) =>
    wearer.clientId === null ? clientId === null && alias === wearer.alias : clientId === wearer.clientId
  const order = ({ id }: Strap) => {
    const last = wearers[id]
    return isWorn(id) ? 3 : last === undefined ? 1 : isTheirs(last) ? 0 : 2
  }
  return straps.toSorted((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
}
