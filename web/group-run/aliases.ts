// The name of each runner in a run: the first name if it is unique, else a name that tells them apart. Tiles, alarms
// and banners use it, so no two runners of a run have the same alias. A person may change it. Only ids identify a
// runner.
import type { Outbox } from '../outbox/outbox.ts'

interface NamedClient {
  readonly id: string
  readonly firstName: string
}
/** Client to the alias that a person gave them on this phone. */
export type KeptAliases = Readonly<Record<string, string>>

/** Two names that a listener or a hurried reader takes for one. What a copied name brings along and nobody sees (joiners, soft
 *  hyphens, marks of direction) makes no other name. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .toLocaleLowerCase('nl')

export const isTaken = (name: string, taken: readonly string[]): boolean =>
  taken.some((other) => folded(other) === folded(name))

/** The alias, with a number behind it where somebody else has it. */
export function uniqueAlias(wanted: string, taken: readonly string[]): string {
  const alias = wanted.trim().replaceAll(/\s+/g, ' ')
  for (let number = 2, tried = alias; ; number++) {
    if (!isTaken(tried, taken)) return tried
    tried = `${alias} ${number}`
  }
}

/** Whether another client of the group has this one's first name. */
export const sharesName = (clients: readonly NamedClient[], { id, firstName }: NamedClient): boolean =>
  clients.some((one) => one.id !== id && folded(one.firstName) === folded(firstName))

/** An alias for each client of a group. Those of one name are numbered by their ids, so that every phone gives the same
 *  numbers in the same group; an alias that a person gave goes before all. */
export function aliasesOf(clients: readonly NamedClient[], kept: KeptAliases): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  const taken = () => [...aliases.values()]
  const inOrder = clients.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  for (const { id } of inOrder) {
    const own = kept[id]
    if (own !== undefined && own.trim() !== '') aliases.set(id, uniqueAlias(own, taken()))
  }
  // Unique names first: nobody is numbered into the name of another.
  for (const client of inOrder)
    if (!aliases.has(client.id) && !sharesName(clients, client))
      aliases.set(client.id, uniqueAlias(client.firstName, taken()))
  for (const client of inOrder) {
    if (aliases.has(client.id)) continue
    const fellows = inOrder.filter(({ firstName }) => folded(firstName) === folded(client.firstName))
    aliases.set(client.id, uniqueAlias(`${client.firstName.trim()} ${fellows.indexOf(client) + 1}`, taken()))
  }
  return aliases
}

/** Gone when somebody signs out, as everything of the people on this phone. */
const KEY = 'roster:aliases'
export const readAliases = async (outbox: Pick<Outbox, 'kept'>): Promise<KeptAliases> =>
  (await outbox.kept<KeptAliases>(KEY)) ?? {}
export const keepAliases = (outbox: Pick<Outbox, 'keep'>, aliases: KeptAliases): Promise<void> =>
  outbox.keep(KEY, aliases)
