// Chooses the runner that every screen names during a run: the runner whose alarm sounds, else the first runner who
// needs action. Pure.
import { soundingTile, type Tile, type TileState } from './tile.ts'

export const isUrgent = (state: TileState): boolean => state === 'hard' || state === 'not_easing' || state === 'over'

/** @param tiles most urgent first */
export const mostUrgent = (tiles: readonly Tile[]): Tile | null =>
  soundingTile(tiles) ?? tiles.find(({ state }) => isUrgent(state)) ?? null
