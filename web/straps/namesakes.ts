// Straps with the same name: which ones, and labels with which a person can tell them apart in a list. A name that is
// not unique says nothing about the wearer.
import { isPractice } from './practice-radio.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Where `namesakes` looks: made straps have names of their own. */
export const namesakesOf = <Strap extends Named>(straps: readonly Strap[], { id, name }: Named): Strap[] =>
  isPractice(id) ? [] : straps.filter((one) => one.id !== id && one.name === name && !isPractice(one.id))

/** A name for each: its own where it is the only one, else with a number, in the order of the list. */
export function labelsOf(straps: readonly Named[]): ReadonlyMap<string, string> {
  const places = new Map<string, number>()
  return new Map(
    straps.map((strap) => {
      const place = (places.get(strap.name) ?? 0) + 1
      places.set(strap.name, place)
      const isOnly = strap.name !== '' && namesakesOf(straps, strap).length === 0
      return [strap.id, isOnly ? strap.name : `${strap.name} (${place})`.trim()]
    }),
  )
}
