// Which runner wears which strap: a strap has at most one wearer, and a wearer at most one strap. It uses ids only,
// because names of straps and runners are not unique. Pure; called by `participants.ts`.

/** Participation to strap. */
export type Wearing = ReadonlyMap<string, string>

export interface WearingChange {
  readonly wearing: Wearing
  /** Participations whose strap is another now: who loses theirs first, who gets it last. */
  readonly changed: readonly string[]
}

/** From now on somebody wears this strap, or none; nobody else does. */
export function wear(before: Wearing, participationId: string, strapId: string | null): WearingChange {
  const changed: string[] = []
  const wearing = new Map(before)
  for (const [id, worn] of before)
    if (worn === strapId && id !== participationId) {
      wearing.delete(id)
      changed.push(id)
    }
  if ((before.get(participationId) ?? null) !== strapId) changed.push(participationId)
  if (strapId === null) wearing.delete(participationId)
  else wearing.set(participationId, strapId)
  return { wearing, changed }
}

export function wearerIn(wearing: Wearing, strapId: string): string | null {
  for (const [id, worn] of wearing) if (worn === strapId) return id
  return null
}
