/** The scenario whose name holds this. @throws where none does */
export function named<T extends { readonly name: string }>(all: readonly T[], part: string): T {
  const found = all.find(({ name }) => name.includes(part))
  if (found === undefined) throw new Error(`no scenario named "${part}"`)
  return found
}
