// One runner's tile: alias, heart rate beside its limit, state in words and as a shape, time over the limit, trend, age
// of the signal.
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { isUrgent } from '../../group-run/most-urgent.ts'
import type { Tile } from '../../group-run/tile.ts'
import { clock } from '../../charts/chart-data.ts'
import { t } from '../../messages/translate.ts'
import { useFade } from './use-fade.ts'
import { ageWords } from './age-words.ts'
import { StateWords, stateText } from './state-words.tsx'

const trendSigns = { up: '↗', down: '↘', level: '→' } as const

const doubtState = { contact: 'no_contact', value: 'unsure' } as const

/** So many letters stand on one line of a narrow tile. */
const SHORT_STATE = 12
/** An alarm is never in smaller letters than what matters less. */
const isLong = (tile: Tile) => !isUrgent(tile.state) && stateText(tile).length > SHORT_STATE

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly tile: Tile
  readonly open: () => void
}

export function LiveTile({ controller, run, tile, open }: Props) {
  const { alias, state, heartRateBpm, ceilingBpm, isOld, ageS, trend, overS } = tile
  const fade = useFade(tile.beatAtMs, tile.freshMs)
  return (
    <li>
      <button type="button" class={`tile state-${state}`} data-press={tile.id} onClick={open}>
        <span class="alias">{alias}</span>
        <span class={`bpm ${isOld ? 'old' : fade.class}`} style={fade.style}>
          {heartRateBpm ?? '–'}
          {ceilingBpm !== null && (
            <span class="limit">
              <span aria-hidden="true"> / {ceilingBpm}</span>
              <span class="for-reader"> {t('tile.limit', { bpm: ceilingBpm })}</span>
            </span>
          )}
          {trend !== null && (
            <span class="trend">
              <span aria-hidden="true">{trendSigns[trend]}</span>
              <span class="for-reader">{t(`tile.trend.${trend}`)}</span>
            </span>
          )}
        </span>
        <span class={`state ${isLong(tile) ? 'long' : ''}`}>
          <StateWords tile={tile} />
        </span>
        <span class="facts">
          {overS !== null && state !== 'above' && <span>{t('tile.over.for', { time: clock(overS) })}</span>}
          {ageS !== null && isOld && state !== 'stopped' && <span>{ageWords(ageS)}</span>}
          <Why controller={controller} run={run} tile={tile} />
        </span>
      </button>
    </li>
  )
}

/** Why there is no good number, where the state does not say it itself, and what was done. */
function Why({ controller, run, tile }: Omit<Props, 'open'>) {
  const { state, doubt, phase, latchedAtS, mutedLeftS, snoozedLeftS, toldAtS } = tile
  const strapId = run.participants.value.find(({ stored }) => stored.id === tile.id)?.stored.strapId ?? null
  const strap = controller.straps.list.value.find(({ id }) => id === strapId)
  const isLinkLost = strap !== undefined && strap.state !== 'live' && phase === 'running'
  return (
    <>
      {phase === 'running' && strapId === null && state !== 'no_strap' && <span>{t('tile.noStrap')}</span>}
      {strap?.identity === 'unsure' && <span>{t('strap.unsure')}</span>}
      {isLinkLost && <span>{t(`strap.state.${strap.state}`)}</span>}
      {!isLinkLost && doubt !== null && state !== doubtState[doubt] && <span>{t(`tile.doubt.${doubt}`)}</span>}
      {latchedAtS !== null && <span>{t('tile.latched', { time: clock(latchedAtS) })}</span>}
      {toldAtS !== null && <span>{t('live.wasTold')}</span>}
      {(mutedLeftS !== null || snoozedLeftS !== null) && (
        <span>{t('tile.muted', { seconds: Math.max(mutedLeftS ?? 0, snoozedLeftS ?? 0) })}</span>
      )}
    </>
  )
}
