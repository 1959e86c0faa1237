// Who is told of by name on every screen while a run goes: whom the sound is about, else who stands first with something to
// do. Pure.
import { soundingTile, type Tile, type TileState } from './tile.ts'

export const isUrgent = (state: TileState): boolean => state === 'hard' || state === 'not_easing' || state === 'over'

/** @param tiles most urgent first */
export const mostUrgent = (tiles: readonly Tile[]): Tile | null =>
  soundingTile(tiles) ?? tiles.find(({ state }) => isUrgent(state)) ?? null
