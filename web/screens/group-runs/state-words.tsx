// A runner's state as shape and words, the same on tile, sheet and list (rule E0).
import { clock } from '../../charts/chart-data.ts'
import type { Tile } from '../../group-run/tile.ts'
import { t } from '../../messages/translate.ts'
import { StateIcon } from './state-icon.tsx'
import { useFade } from './use-fade.ts'

export function StateWords({ tile }: { tile: Tile }) {
  const { state, beatAtMs, freshMs } = tile
  const fade = useFade(beatAtMs, freshMs)
  // What an alarm says holds until the monitor takes it back; what only the last beat says goes with it.
  const fades = state === 'calm' || state === 'above' || state === 'no_limit'
  return (
    <span class={`state-words ${fades ? fade.class : ''}`} style={fade.style}>
      <StateIcon state={state} /> {stateText(tile)}
    </span>
  )
}

export const stateText = ({ state, overS }: Tile): string =>
  state === 'above' && overS !== null ? t('tile.above.for', { time: clock(overS) }) : t(`tile.${state}`)
