import { newLiveRunner } from '../../../web/group-run/live-runner.ts'
import { tileOf } from '../../../web/group-run/tile.ts'

/** The tile of a runner without a limit, from whom nothing has come. */
export const plainTile = tileOf(
  newLiveRunner({
    id: 'noor',
    alias: 'Noor',
    zone: { ceilingBpm: null, hardBpm: null },
    extraWatch: false,
    parameters: {},
  }),
  0,
)
