// The straps that this phone knows, and the runner who got each one last. This stays on this phone, because a browser's
// id of a strap means nothing elsewhere. When somebody signs out, the straps stay and the runners are forgotten. Straps
// and people are known by ids, never by names.
import type { Outbox } from '../outbox/outbox.ts'
import type { StoredParticipation } from '../outbox/stored.ts'
import type { WantedStrap } from '../straps/straps.ts'

export interface Wearer {
  /** The client, or the participation of a guest. A guest of another day is another person, even with the same name. */
  readonly id: string
  /** Their name at that time. */
  readonly alias: string
}
export interface StrapMemory {
  readonly straps: readonly WantedStrap[]
  readonly wearers: Readonly<Record<string, Wearer>>
}
export const noStraps: StrapMemory = { straps: [], wearers: {} }

export const toWearer = ({ id, clientId, alias }: Pick<StoredParticipation, 'id' | 'clientId' | 'alias'>): Wearer => ({
  id: clientId ?? id,
  alias,
})

const WEARERS = 'roster:wearers'
/** As older pages kept them: guests by their name. */
interface OldWearer {
  readonly clientId: string | null
  readonly alias: string
}

export async function readStrapMemory(outbox: Pick<Outbox, 'kept'>): Promise<StrapMemory> {
  const kept = (await outbox.kept<Readonly<Record<string, Wearer | OldWearer>>>(WEARERS)) ?? {}
  const wearers = Object.entries(kept).flatMap(([strapId, one]): [string, Wearer][] => {
    if ('id' in one) return [[strapId, one]]
    return one.clientId === null ? [] : [[strapId, { id: one.clientId, alias: one.alias }]]
  })
  return {
    straps: (await outbox.kept<StrapMemory['straps']>('straps')) ?? [],
    wearers: Object.fromEntries(wearers),
  }
}

export async function keepStrapMemory(outbox: Pick<Outbox, 'keep'>, { straps, wearers }: StrapMemory): Promise<void> {
  await outbox.keep('straps', straps)
  await outbox.keep(WEARERS, wearers)
}

/** A strap was given to somebody. It keeps its place, so that numbers behind equal names stay. */
export function wearStrap({ straps, wearers }: StrapMemory, strap: WantedStrap, { id, alias }: Wearer): StrapMemory {
  const known = straps.some((one) => one.id === strap.id)
  return {
    straps: known ? straps : [...straps, factsOf(strap)],
    wearers: { ...wearers, [strap.id]: { id, alias } },
  }
}

/** The updated memory of these straps; the same object if nothing is new. */
export function noteStraps(memory: StrapMemory, now: readonly WantedStrap[]): StrapMemory {
  const straps = memory.straps.map((before) => {
    const found = now.find(({ id }) => id === before.id)
    if (found === undefined) return before
    const { name, deviceId, identity } = found
    const isSame = name === before.name && deviceId === before.deviceId && identity === before.identity
    return isSame ? before : factsOf(found)
  })
  return straps.every((one, i) => one === memory.straps[i]) ? memory : { ...memory, straps }
}

export function forgetStrap({ straps, wearers }: StrapMemory, strapId: string): StrapMemory {
  const { [strapId]: _gone, ...others } = wearers
  return { straps: straps.filter(({ id }) => id !== strapId), wearers: others }
}

const factsOf = ({ id, name, deviceId, identity }: WantedStrap): WantedStrap => ({
  id,
  name,
  ...(deviceId === undefined ? {} : { deviceId }),
  ...(identity === undefined ? {} : { identity }),
})

/** Straps for somebody: the one that they wore last first, then those that nobody wore before, then the others.
 *  @param isWorn whether somebody else wears it now */
export function strapsFor<Strap extends WantedStrap>(
  straps: readonly Strap[],
  { wearers }: StrapMemory,
  wearer: Wearer,
  isWorn: (id: string) => boolean,
): Strap[] {
  const order = ({ id }: Strap) => {
    const last = wearers[id]
    return isWorn(id) ? 3 : last === undefined ? 1 : last.id === wearer.id ? 0 : 2
  }
  return straps.toSorted((a, b) => order(a) - order(b) || a.name.localeCompare(b.name))
}
